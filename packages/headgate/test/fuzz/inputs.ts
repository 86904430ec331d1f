import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { toYaml } from '../support/yaml';
import { copyOf, type Mutations, mutations } from './mutations';
import { CASES, MANIFEST, SEEDS, type Seed, STAGE_MANIFEST } from './seeds';

/** Files that a command is given. */
export interface Input {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** What is given as PATH. */
  readonly path: string;
  /** What is given as case file, if any. */
  readonly cases?: string;
}

/** How a value is written. */
type Writer = (value: unknown) => string;

const WRITERS: Readonly<Record<string, Writer>> = {
  json: (value) => JSON.stringify(value) ?? '',
  // In blocks with the short forms of functions, and as the library writes it, with aliases and long forms.
  yaml: (value) => toYaml(value),
  yml: (value) => dump(value, { sortKeys: false }),
};

const ENCODINGS: readonly ((text: string) => string | Uint8Array)[] = [
  (text) => text,
  (text) => `\ufeff${text}`,
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'latin1'),
];

const seeds = fc.constantFrom(...SEEDS);
const format = fc.constantFrom(...Object.keys(WRITERS));
const encoding = fc.oneof(
  { weight: 40, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(ENCODINGS.length - 1) },
);

/** One template. */
const template: fc.Arbitrary<Input> = fc
  .tuple(seeds, format, mutations, encoding)
  .map(([seed, extension, changes, encoded]) => {
    const path = `${seed.name}.${extension}`;
    return { files: { [path]: written(seed.value, extension, changes, encoded) }, path };
  });

/** A cloud assembly, of which a manifest or a template is changed. */
const assembly: fc.Arbitrary<Input> = fc
  .tuple(seeds, seeds, mutations, fc.constantFrom('manifest.json', 'stage/manifest.json', 'a.json'))
  .map(([one, other, changes, changed]) => {
    const values: Readonly<Record<string, object>> = {
      'manifest.json': MANIFEST,
      'a.json': one.value,
      'stage/manifest.json': STAGE_MANIFEST,
      'stage/b.json': other.value,
    };
    const files = Object.entries(values).map(([path, value]) => [
      path,
      path === changed ? written(value, 'json', changes, 0) : JSON.stringify(value),
    ]);
    return { files: Object.fromEntries(files), path: '.' };
  });

/** A case file that is changed, about a template that isn't. */
const cases: fc.Arbitrary<Input> = fc
  .tuple(seeds, format, mutations, encoding)
  .map(([seed, extension, changes, encoded]) => ({
    files: { 'a.json': textOf(seed), [`cases.${extension}`]: written(CASES, extension, changes, encoded) },
    path: 'a.json',
    cases: `cases.${extension}`,
  }));

/** What commands are given, with something wrong in it. */
export const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 8, arbitrary: template },
  { weight: 1, arbitrary: assembly },
  { weight: 1, arbitrary: cases },
);

/** Writes the files of an input into a folder. */
export function writeInput({ files }: Input, folder: string): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

const TEXTS = new Map(SEEDS.map((seed) => [seed, JSON.stringify(seed.value)]));

function textOf(seed: Seed): string {
  return TEXTS.get(seed)!;
}

function written(value: object, extension: string, changes: Mutations, encoded: number): string | Uint8Array {
  const holder: { root: unknown } = { root: copyOf(value) };
  for (const change of changes.values) change(holder);
  const text = changes.texts.reduce((before, change) => change(before), WRITERS[extension]!(holder.root ?? null));
  return ENCODINGS[encoded]!(text);
}
