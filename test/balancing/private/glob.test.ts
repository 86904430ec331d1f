import * as fc from 'fast-check';
import { globIntersection } from '../../../lib/balancing/private/glob';

const asRegex = (glob: string) =>
  new RegExp(`^${glob.replace(/[.*?]/g, (character) => ({ '*': '[^]*', '?': '[^]', '.': '\\.' })[character]!)}$`);
const matches = (glob: string, text: string) => asRegex(glob).test(text);

/** All texts over `x` and `y` up to a length that no shortest common match of two such short patterns exceeds. */
const TEXTS = Array.from({ length: 9 }, (_, length) => length).flatMap((length) =>
  Array.from({ length: 2 ** length }, (_, bits) =>
    Array.from({ length }, (_, place) => ((bits >> place) & 1 ? 'y' : 'x')).join(''),
  ),
);
const pattern = (maxLength: number) =>
  fc.array(fc.constantFrom('x', 'y', '*', '?'), { maxLength }).map((characters) => characters.join(''));

test.each([
  ['/api/*', '/api/users', '/api/users'],
  ['/api/*', '/api', undefined],
  ['/a/*', '/*/b', '/a/b'],
  ['*.jpg', '/img/*', '/img/.jpg'],
  ['/v?/x', '/v1/*', '/v1/x'],
  ['/v?', '/v10', undefined],
  ['*.example.com', 'example.com', undefined],
  ['*.example.com', 'shop.*', 'shop.example.com'],
  ['*', '', ''],
  ['?', '', undefined],
  ['a*b', 'a*c', undefined],
])('compare %s with %s', (a, b, text) => {
  expect(globIntersection(a, b)).toBe(text);
});

test('agrees with trying all short texts', () => {
  fc.assert(
    fc.property(pattern(4), pattern(4), (a, b) => {
      const common = TEXTS.filter((text) => matches(a, text) && matches(b, text));
      const found = globIntersection(a, b);
      expect(found !== undefined).toBe(common.length > 0);
      // The texts are in the order of their lengths.
      if (found !== undefined) expect(found.length).toBe(common[0]!.length);
    }),
    { numRuns: 1_000 },
  );
});

test('gives a text that both patterns match, in either order', () => {
  fc.assert(
    fc.property(pattern(20), pattern(20), (a, b) => {
      const found = globIntersection(a, b);
      expect(globIntersection(b, a)?.length).toBe(found?.length);
      if (found !== undefined) expect([matches(a, found), matches(b, found)]).toEqual([true, true]);
    }),
  );
});

test('finds a common text of two patterns that were made from one', () => {
  const blurred = (text: string) =>
    fc
      .array(fc.constantFrom('keep', '?', '*'), { minLength: text.length, maxLength: text.length })
      .map((choices) => [...text].map((character, i) => (choices[i] === 'keep' ? character : choices[i])).join(''));
  const pairs = fc.stringMatching(/^[a-c/.]{0,30}$/).chain((text) => fc.tuple(blurred(text), blurred(text)));
  fc.assert(fc.property(pairs, ([a, b]) => expect(globIntersection(a, b)).toBeDefined()));
});

test('is quick on patterns that make a naive search explode', () => {
  const started = performance.now();
  expect(globIntersection('*a'.repeat(64), `${'*a'.repeat(63)}*b`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1_000);
});
