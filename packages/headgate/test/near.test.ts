import { didYouMean, near } from '../lib/near';

const NAMES = ['explain', 'check', 'us-east-1', 'us-west-1', 'us-west-2', 'Blue', 'Blues', 'Lb'];

test.each([
  ['explane', ['explain']],
  ['Explain', ['explain']],
  ['us-esat-1', ['us-east-1']],
  ['us-west-3', ['us-west-1', 'us-west-2']],
  ['Bleu', ['Blue']],
  ['Bluess', ['Blues']],
  ['lb', ['Lb']],
  ['lint', []],
  ['Xb', []],
  ['', []],
  ['x'.repeat(1_000_000), []],
])('what %.20j may have been meant to be', (text, names) => {
  expect(near(text, NAMES)).toEqual(names);
});

test('a message ends in what is near, or as it would', () => {
  expect(didYouMean('us-west-3', NAMES)).toBe('; did you mean us-west-1 or us-west-2?');
  expect(didYouMean('Red', NAMES)).toBe('');
});
