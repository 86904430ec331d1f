import { fuzz } from './fuzz';

test('a thousand mutated inputs are answered, or refused in one clear line', () => {
  const { runs, answered, refused, failures } = fuzz(1_000, 1);
  expect(failures).toEqual([]);
  expect(answered + refused).toBe(runs);
  // Both happen often: else the mutations are too wild or too tame to say anything.
  expect(answered).toBeGreaterThan(runs / 10);
  expect(refused).toBeGreaterThan(runs / 10);
}, 120_000);

test('the same seed gives the same inputs', () => {
  const { slowestMillis: _, ...first } = fuzz(20, 7);
  expect(fuzz(20, 7)).toMatchObject(first);
});
