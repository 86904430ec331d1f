/** One row of the table in test/README.md. */
export interface Row {
  /** What the project promises, a sentence. */
  readonly promise: string;
  /** The file of the test that holds it, from the project's root. */
  readonly file: string;
  /** A part of the full name of the test; of several tests that have it, one at least must notice the fault. */
  readonly name: string;
  /** The patch that breaks the promise, under test/. */
  readonly patch: string;
}

/** The files that the rows name: tests by their paths from the root, patches with their text by those under test/. */
export interface Files {
  readonly tests: string[];
  readonly patches: Record<string, string>;
}

const FORM = '| promise | `<file>.test.ts` › `<part of the name>` | `planted/faults/<name>.patch` |';
const TEST = /^`([^`]+\.test\.ts)` › `([^`]+)`$/;
const FAULT = /^`(planted\/faults\/[\w-]+\.patch)`$/;
/** Where a fault may be planted: in what is tested, not in the tests. */
const PLANTABLE = ['lib/', 'lambda/', 'bin/', 'scripts/', 'packages/headgate/lib/'];
/** What the path of a test from the root begins with; in rows all others are under test/. */
const PACKAGES = 'packages/';

/** The rows of the one table of a document. */
export function readTable(markdown: string): Row[] {
  const lines = markdown.split('\n').map((text, index) => ({ text: text.trim(), number: index + 1 }));
  const rows = lines.filter(({ text }) => text.startsWith('|')).slice(2);
  if (rows.length === 0) throw new Error(`README.md has no table of promises: write rows as ${FORM}`);
  return rows.map(({ text, number }) => readRow(text, number));
}

function readRow(text: string, number: number): Row {
  const cells = text
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
  const [promise = '', test = '', fault = ''] = cells;
  const [, file, name] = TEST.exec(test) ?? [];
  const [, patch] = FAULT.exec(fault) ?? [];
  if (cells.length !== 3 || promise === '' || file === undefined || name === undefined || patch === undefined) {
    throw new Error(`README.md:${number} must have the form ${FORM}, got ${text}`);
  }
  return { promise, file: file.startsWith(PACKAGES) ? file : `test/${file}`, name, patch };
}

/** What is wrong between the rows and the files. */
export function tableProblems(rows: Row[], { tests, patches }: Files): string[] {
  const named = new Set(rows.map(({ patch }) => patch));
  return [
    ...repeated(rows.map(({ promise }) => promise)).map((promise) => `two rows promise '${promise}'`),
    ...repeated(rows.map(({ patch }) => patch)).map((patch) => `${patch} stands in two rows`),
    ...rows.filter(({ file }) => !tests.includes(file)).map(({ file }) => `${file} is in a row, but no test file`),
    ...rows.filter(({ patch }) => !(patch in patches)).map(({ patch }) => `${patch} is in a row, but no file`),
    ...Object.keys(patches)
      .filter((patch) => !named.has(patch))
      .map((patch) => `${patch} is in no row`),
    ...Object.entries(patches).flatMap(([patch, text]) => patchProblems(patch, text)),
  ];
}

function patchProblems(patch: string, text: string): string[] {
  const touched = touchedFiles(text);
  if (touched.length === 0) return [`${patch} changes no file`];
  return touched
    .filter((file) => !PLANTABLE.some((folder) => file.startsWith(folder)))
    .map((file) => `${patch} changes ${file}, which is outside ${PLANTABLE.join(', ')}`);
}

/** The files that a unified diff changes, from the project's root; also the one that it moves or removes. */
export function touchedFiles(patch: string): string[] {
  const files = [...patch.matchAll(/^(?:--- a|\+\+\+ b)\/(\S+)/gm)].map(([, file]) => file!);
  return [...new Set(files)];
}

function repeated(values: string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
