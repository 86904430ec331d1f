import { distance, placeOfRegion, regionDistance } from '../../lib/traffic/regions';

test.each([
  ['us-east-1', 'eu-west-1', 5400, 5600],
  ['eu-central-1', 'eu-west-1', 1000, 1200],
  ['ap-southeast-2', 'ap-northeast-1', 7700, 7900],
  ['us-west-2', 'us-west-2', 0, 0],
])('from %s to %s it is between %d and %d km', (from, to, least, most) => {
  const kilometres = distance(placeOfRegion(from)!, placeOfRegion(to)!);
  expect(kilometres).toBeGreaterThanOrEqual(least);
  expect(kilometres).toBeLessThanOrEqual(most);
});

test('a Region that nobody knows has no place', () => {
  expect(placeOfRegion('mars-1')).toBeUndefined();
  expect(placeOfRegion('constructor')).toBeUndefined();
});

test('a Region is at no distance from itself, and infinitely far from one whose place is not known', () => {
  expect(regionDistance('xx-new-1', 'xx-new-1')).toBe(0);
  expect(regionDistance('constructor', 'us-east-1')).toBe(Number.POSITIVE_INFINITY);
  expect(regionDistance('eu-west-1', 'us-east-1')).toBeGreaterThan(5300);
  expect(regionDistance('us-east-1', 'eu-west-1')).toBeLessThan(5700);
});
