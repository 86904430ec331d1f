import { compileRegex } from '../../../lib/traffic/matching/regex';

test.each([
  ['a+', 'xaax', true, false],
  ['a+', 'aa', true, true],
  ['^a', 'ab', true, false],
  ['a|ab', 'ab', true, true],
  ['b', 'a', false, false],
])('%s in %s: found %s, whole %s', (source, text, found, whole) => {
  const regex = compileRegex(source)!;
  expect(regex.finds(text)).toBe(found);
  expect(regex.matchesWhole(text)).toBe(whole);
});

test.each(['(?=a)', '(a)\\1', '(?>a)', 'a++', '('])('%s is not taken', (source) => {
  expect(compileRegex(source)).toBeUndefined();
});

test('case is ignored where it is asked for', () => {
  expect(compileRegex('ab', { ignoreCase: true })!.matchesWhole('AB')).toBe(true);
  expect(compileRegex('ab')!.matchesWhole('AB')).toBe(false);
});

test('the first match is replaced, with groups', () => {
  expect(compileRegex('/(a)(b)?')!.replaceFirst('/a/a', '[$1$2$3]')).toBe('[a]/a');
  expect(compileRegex('x')!.replaceFirst('/a', '')).toBeUndefined();
});

test('an expression that would explode elsewhere takes time by the length of the text', () => {
  expect(compileRegex('^(a+)+$')!.finds(`${'a'.repeat(5_000)}b`)).toBe(false);
});
