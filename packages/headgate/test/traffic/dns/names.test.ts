import { ancestors, nameKey, regionInName } from '../../../lib/traffic/dns/names';

test.each([
  ['Shop.Example.com.', 'shop.example.com'],
  ['\\052.example.com', '*.example.com'],
  ['a\\100b.example.com', 'a@b.example.com'],
])('%s is the name %s', (written, key) => {
  expect(nameKey(written)).toBe(key);
});

test('the names above a name end at the top', () => {
  expect(ancestors('a.b.c')).toEqual(['b.c', 'c']);
  expect(ancestors('c')).toEqual([]);
});

test.each([
  ['web-1.us-east-1.elb.amazonaws.com', 'us-east-1'],
  ['web-1.elb.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['s3-website-us-east-1.amazonaws.com', 'us-east-1'],
  ['abc123.lambda-url.eu-west-1.on.aws', 'eu-west-1'],
  ['us-east-1.origin.example.com', undefined],
  ['d111111abcdef8.cloudfront.net', undefined],
])('%s is in %s', (name, region) => {
  expect(regionInName(name)).toBe(region);
});
