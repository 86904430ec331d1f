import fc from 'fast-check';
import { compileGlob } from '../../../lib/traffic/matching/glob';
import { PrefixIndex, SuffixIndex } from '../../../lib/traffic/matching/prefix-index';

const SEED = { seed: 20_260_101, numRuns: 2_000 };
const text = fc.string({ unit: fc.constantFrom('/', 'a', 'b', 'ab/'), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom('/', 'a', 'b', '*', '?'), maxLength: 6 });

test('candidates come in order, each once, with those that any text may match', () => {
  const items = [{ prefixes: ['/b', '/a'] }, { prefixes: undefined }, { prefixes: ['/a', '/ab'] }, { prefixes: [''] }];
  const index = new PrefixIndex(items);
  expect(index.candidates('/abc').map((item) => items.indexOf(item))).toEqual([0, 1, 2, 3]);
  expect(index.candidates('/b').map((item) => items.indexOf(item))).toEqual([0, 1, 3]);
  expect(index.candidates('/').map((item) => items.indexOf(item))).toEqual([1, 3]);
  expect(index.candidates('').map((item) => items.indexOf(item))).toEqual([1, 3]);
});

test('the first candidate that matches is the first of all that matches', () => {
  fc.assert(
    fc.property(fc.array(fc.array(pattern, { maxLength: 3 }), { maxLength: 12 }), text, (rules, given) => {
      const items = rules.map((patterns, order) => {
        const globs = patterns.map((one) => compileGlob(one));
        return { order, globs, prefixes: globs.length === 0 ? undefined : globs.map(({ prefix }) => prefix) };
      });
      const matches = ({ globs }: { globs: readonly { matches(text: string): boolean }[] }) =>
        globs.length === 0 || globs.some((glob) => glob.matches(given));
      expect(new PrefixIndex(items).candidates(given).find(matches)).toBe(items.find(matches));
    }),
    SEED,
  );
});

test('candidates are all items, and only those, of which a prefix begins the text', () => {
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), text, (lists, given) => {
      const items = lists.map((prefixes) => ({ prefixes }));
      const expected = items.filter(({ prefixes }) => prefixes.some((prefix) => given.startsWith(prefix)));
      expect(new PrefixIndex(items).candidates(given)).toEqual(expected);
    }),
    SEED,
  );
});

test('candidates by suffix are all items, and only those, of which a suffix ends the text', () => {
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), text, (lists, given) => {
      const items = [...lists.map((suffixes) => ({ suffixes })), { suffixes: undefined }];
      const expected = items.filter(({ suffixes }) => suffixes?.some((suffix) => given.endsWith(suffix)) ?? true);
      expect(new SuffixIndex(items).candidates(given)).toEqual(expected);
    }),
    SEED,
  );
});

test('of many items with beginnings of their own, a text finds one', () => {
  const items = Array.from({ length: 1_000 }, (_, place) => ({ prefixes: [`/svc${place}/`] }));
  const index = new PrefixIndex(items);
  expect(index.candidates('/svc77/x')).toEqual([items[77]]);
  expect(index.candidates('/svc77')).toEqual([]);
});
