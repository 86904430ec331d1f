import { type LinearRegex, Regexes } from '../../../lib/traffic/matching/regex';

function compileRegex(source: string, options: { readonly ignoreCase?: boolean } = {}): LinearRegex | undefined {
  return new Regexes().compile(source, 'Rule', options);
}

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

test('an expression that is longer than any service takes is not taken', () => {
  expect(compileRegex('a'.repeat(1024))).toBeDefined();
  expect(compileRegex('a'.repeat(1025))).toBeUndefined();
});

test('expressions that multiply take too much together, however short each is', () => {
  const regexes = new Regexes();
  const compileMany = () => {
    for (let n = 0; n < 1_000; n++) regexes.compile(`((a{0,50}){0,9}b?){0,2}c${n}`, `Rule${n}`);
  };
  expect(compileMany).toThrow(/^Rule\d+: the regular expressions up to here are too large together\.$/);
});
