import { compileGlob, compileGlobAround } from '../../../lib/traffic/matching/glob';

test.each([
  ['/svc/*', '/svc/', true],
  ['/svc/*', '/svc', false],
  ['/svc/*', '/svc/a/b', true],
  ['/a?c', '/abc', true],
  ['/a?c', '/ac', false],
  ['*.png', '/x.png.png', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b', 'xxaxxbxx', false],
  ['a*ab', 'aab', true],
  ['', '', true],
  ['*', '', true],
])('%s matches %s: %s', (pattern, text, expected) => {
  expect(compileGlob(pattern).matches(text)).toBe(expected);
});

test('an escaped wildcard is literal where escapes are read', () => {
  expect(compileGlob('a\\*', { escapes: true }).matches('a*')).toBe(true);
  expect(compileGlob('a\\*', { escapes: true }).matches('ab')).toBe(false);
});

test('many wildcards over a long text take no longer than their product', () => {
  expect(compileGlob(`${'*a'.repeat(60)}b`).matches('a'.repeat(20_000))).toBe(false);
});

test.each([
  ['*', '', '', true],
  ['*cloudfront*', '', '.cloudfront.net', true],
  ['*.CloudFront.net', '', '.cloudfront.net', true],
  ['1.1 *.net', '', '.cloudfront.net', false],
  ['192.0.2.1,*', '192.0.2.1,', '', true],
  ['?', '', '', false],
  ['?*', '', '', false],
  ['', '', '', false],
  ['*ab*', 'a', 'b', false],
  ['a*?b', 'a', 'cb', true],
])('%s matches whatever stands between %j and %j: %s', (pattern, before, after, expected) => {
  expect(compileGlobAround(pattern, { ignoreCase: true })(before, after)).toBe(expected);
});
