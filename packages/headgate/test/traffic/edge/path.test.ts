import { compilePathPattern, normalizePath } from '../../../lib/traffic/edge/path';

test.each([
  ['/', '/'],
  ['/a/b', '/a/b'],
  ['/a/b/..', '/a/'],
  ['/a/./b', '/a/b'],
  ['/a//b///c', '/a/b/c'],
  ['/a/b//', '/a/b/'],
  ['/../..', '/'],
  ['//', '/'],
  ['/.well-known/x', '/.well-known/x'],
  ['/%61%2fb', '/a%2Fb'],
  ['/a/%2e%2E/b', '/b'],
  ['/100%', '/100%'],
])('%s is compared as %s', (path, normalized) => {
  expect(normalizePath(path)).toBe(normalized);
});

test.each([
  ['images/*', '/images/a.png', true],
  ['/images/*', '/images/a.png', true],
  ['*.jpg', '/a/b.jpg', true],
  ['*', '/', true],
  ['/a?c', '/abc', true],
  ['/a?c', '/ac', false],
  ['/A', '/a', false],
])('the pattern %s and the path %s: %s', (pattern, path, matches) => {
  expect(compilePathPattern(pattern).matches(path)).toBe(matches);
});
