import { percent } from '../lib/percent';

test.each([
  [0, '0 %'],
  [1, '100 %'],
  [0.9, '90 %'],
  [1 / 3, '33.33 %'],
  [0.1 + 0.2, '30 %'],
  [0.000001, '<0.01 %'],
  [0.99999, '>99.99 %'],
  [0.9999, '99.99 %'],
  [1 - 1e-13, '100 %'],
])('%d reads as %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
