import fc from 'fast-check';
import { compileGlob } from '../../../lib/traffic/matching/glob';

const SEED = { seed: 20_260_102, numRuns: 5_000 };
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '/', '.', '\\', '*', '?'), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '/', '.', '\\', '*', '?'), maxLength: 8 });

/** The pattern as a regular expression: another way to the same answer. */
function translated(glob: string, escapes: boolean, flags: string): RegExp {
  const source = glob.replace(/\\([*?\\])|[\s\S]/g, (whole, escaped: string | undefined) => {
    if (escaped !== undefined && escapes) return `\\${escaped}`;
    return [...whole].map((one) => (one === '*' ? '.*' : one === '?' ? '.' : `\\x${hex(one)}`)).join('');
  });
  return new RegExp(`^${source}$`, `s${flags}`);
}

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');

/** The definition itself, by recursion. */
function defined(glob: string, given: string): boolean {
  if (glob === '') return given === '';
  const [first] = glob;
  if (first === '*') return defined(glob.slice(1), given) || (given !== '' && defined(glob, given.slice(1)));
  return given !== '' && (first === '?' || first === given[0]) && defined(glob.slice(1), given.slice(1));
}

test.each([
  ['as it is', {}, false, ''],
  ['without regard to case', { ignoreCase: true }, false, 'i'],
  ['with escapes', { escapes: true }, true, ''],
  ['with both', { ignoreCase: true, escapes: true }, true, 'i'],
] as const)('a pattern %s matches what its regular expression does', (_name, options, escapes, flags) => {
  fc.assert(
    fc.property(pattern, text, (glob, given) => {
      expect(compileGlob(glob, options).matches(given)).toBe(translated(glob, escapes, flags).test(given));
    }),
    SEED,
  );
});

test('a pattern matches what its definition says', () => {
  fc.assert(
    fc.property(pattern, text, (glob, given) => {
      expect(compileGlob(glob).matches(given)).toBe(defined(glob, given));
    }),
    SEED,
  );
});

test('whatever matches begins with the prefix and ends with the suffix', () => {
  fc.assert(
    fc.property(pattern, text, (glob, given) => {
      const { matches, prefix, suffix, isLiteral } = compileGlob(glob);
      if (matches(given)) expect(given.startsWith(prefix) && given.endsWith(suffix)).toBe(true);
      if (isLiteral) expect(matches(given)).toBe(given === prefix);
    }),
    SEED,
  );
});
