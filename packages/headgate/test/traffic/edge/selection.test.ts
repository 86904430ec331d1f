import { Selection } from '../../../lib/traffic/edge/selection';

const only = (...names: string[]) => new Selection(false, names);
const except = (...names: string[]) => new Selection(true, names);
const NAMES = ['a', 'b', 'c'];

test.each([
  [only('a'), only('b'), 'ab'],
  [only('a'), except('a', 'b'), 'ac'],
  [except('a', 'b'), only('b'), 'bc'],
  [except('a', 'b'), except('b', 'c'), 'ac'],
  [Selection.ALL, only('a'), 'abc'],
  [Selection.NONE, Selection.NONE, ''],
])('together two selections take what either takes', (one, other, taken) => {
  expect(NAMES.filter((name) => one.or(other).takes(name)).join('')).toBe(taken);
});

test('a selection is described by what it takes', () => {
  expect(Selection.NONE.describe('headers')).toBeUndefined();
  expect(Selection.ALL.describe('headers')).toBe('all headers');
  expect(only('a', 'b').describe('headers')).toBe('headers a, b');
  expect(except('host').describe('headers')).toBe('headers except host');
});
