import { fuzz } from './fuzz';

test('a thousand mutated templates are answered, or refused in one clear line', () => {
  const { runs, answered, refused } = fuzz(1_000, 1);
  expect(answered + refused).toBe(runs);
  // Both happen often: else the mutations are too wild or too tame to say anything.
  expect(answered).toBeGreaterThan(runs / 10);
  expect(refused).toBeGreaterThan(runs / 10);
}, 60_000);
