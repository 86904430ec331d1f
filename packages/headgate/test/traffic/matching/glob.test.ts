import { compileGlob } from '../../../lib/traffic/matching/glob';

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
