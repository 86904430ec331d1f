import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFiles } from './planted/files';
import { baselineProblem, type JestReport, miss } from './planted/report';
import { type Row, readTable, tableProblems, touchedFiles } from './planted/table';

const ROOT = join(__dirname, '..');
const HEAD = '| Promise | Test | Fault |\n|---|---|---|\n';
const ROW = '| Priorities stay | `a/b.test.ts` › `keeps them` | `planted/faults/moved.patch` |';

const row: Row = {
  promise: 'Priorities stay',
  file: 'test/a/b.test.ts',
  name: 'keeps them',
  patch: 'planted/faults/moved.patch',
};

function patchOf(file: string): string {
  return `--- a/${file}\n+++ b/${file}\n@@ -1,1 +1,1 @@\n-one\n+two\n`;
}

/** What jest would write of one test with a status and, when it failed, a message. */
function report(fullName: string, status: string, failure?: string): JestReport {
  const failureMessages = failure === undefined ? [] : [failure];
  const assertionResults = [{ fullName, status, failureMessages }];
  return {
    numRuntimeErrorTestSuites: 0,
    testResults: [{ name: 'test/a/b.test.ts', message: '', assertionResults }],
  };
}

const ASSERTION = 'Error: expect(received).toEqual(expected)\n\nExpected: 1';
const unloadable: JestReport = {
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: 'test/a/b.test.ts',
      message: '  ● Test suite failed to run\n\n    HeadgateError: HG0201',
      assertionResults: [],
    },
  ],
};

test('the table of this folder names test files and patches that are there, and leaves no patch out', () => {
  const rows = readTable(readFileSync(join(__dirname, 'README.md'), 'utf8'));
  expect(rows.length).toBeGreaterThan(50);
  expect(tableProblems(rows, readFiles(ROOT))).toEqual([]);
});

describe('a row', () => {
  test('is read whatever stands around the table', () => {
    expect(readTable(`# Tests\n\nWords.\n\n${HEAD}${ROW}\n\nMore words.\n`)).toEqual([row]);
  });

  test('may have a bar in the name of its test', () => {
    expect(readTable(`${HEAD}${ROW.replace('keeps them', 'a \\| b')}`)[0]?.name).toBe('a | b');
  });

  test('names a test of a package by its path from the root', () => {
    const [of] = readTable(`${HEAD}${ROW.replace('a/b.test.ts', 'packages/x/test/a/b.test.ts')}`);
    expect(of?.file).toBe('packages/x/test/a/b.test.ts');
  });

  test.each([
    ['without a promise', ROW.replace('Priorities stay', '')],
    ['without a name', ROW.replace(' › `keeps them`', '')],
    ['without a test file', ROW.replace('a/b.test.ts', 'a/b.ts')],
    ['without a patch', ROW.replace('`planted/faults/moved.patch`', '')],
    ['with a patch elsewhere', ROW.replace('planted/faults/', 'faults/')],
    ['with a fourth cell', `${ROW} more |`],
  ])('fails %s, with its line', (_, text) => {
    expect(() => readTable(`${HEAD}${text}`)).toThrow('README.md:3 must have the form | promise |');
  });

  test('fails when there is none', () => {
    expect(() => readTable(HEAD)).toThrow('README.md has no table of promises');
  });
});

describe('table and files', () => {
  const files = { tests: ['test/a/b.test.ts'], patches: { 'planted/faults/moved.patch': patchOf('lib/a.ts') } };

  test('fit', () => {
    expect(tableProblems([row], files)).toEqual([]);
  });

  test.each<[string, Row[], Partial<typeof files>, string[]]>([
    ['a test file that is gone', [row], { tests: [] }, ['test/a/b.test.ts is in a row, but no test file']],
    ['a promise twice', [row, { ...row, patch: 'planted/faults/x.patch' }], {}, ["two rows promise 'Priorities stay'"]],
    ['a patch twice', [row, { ...row, promise: 'More' }], {}, ['planted/faults/moved.patch stands in two rows']],
    ['a patch that is gone', [row], { patches: {} as never }, ['planted/faults/moved.patch is in a row, but no file']],
    ['a patch in no row', [], {}, ['planted/faults/moved.patch is in no row']],
  ])('do not with %s', (_, rows, changed, problems) => {
    expect(tableProblems(rows, { ...files, ...changed })).toEqual(expect.arrayContaining(problems));
  });

  test.each([
    [
      'the tests',
      patchOf('test/a.test.ts'),
      'changes test/a.test.ts, which is outside lib/, lambda/, bin/, scripts/, packages/headgate/lib/',
    ],
    ['the packages', patchOf('package.json'), 'changes package.json, which is outside'],
    [
      'the tests of a package',
      patchOf('packages/headgate/test/a.test.ts'),
      'changes packages/headgate/test/a.test.ts, which is outside',
    ],
    ['nothing', 'no diff', 'changes no file'],
  ])('do not with a patch of %s', (_, text, problem) => {
    const [found] = tableProblems([row], { ...files, patches: { 'planted/faults/moved.patch': text } });
    expect(found).toContain(problem);
  });

  test('a patch touches what it adds, changes and removes', () => {
    const added = '--- /dev/null\n+++ b/lib/new.ts\n@@ -0,0 +1 @@\n+one\n';
    const removed = '--- a/lib/old.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n';
    expect(touchedFiles(added + removed + patchOf('bin/app.ts'))).toEqual(['lib/new.ts', 'lib/old.ts', 'bin/app.ts']);
  });
});

describe('a fault', () => {
  test('is caught by an assertion of the named test', () => {
    expect(miss(row, report('a change keeps them still', 'failed', ASSERTION))).toBeUndefined();
  });

  test('is caught by an error that the code throws on purpose', () => {
    expect(miss(row, report('keeps them', 'failed', 'HeadgateError: HG0201: no'))).toBeUndefined();
  });

  test.each<[string, JestReport, string]>([
    ['the test passes', report('keeps them', 'passed'), "'keeps them' passes with the fault"],
    [
      'another test fails',
      report('is another', 'failed', ASSERTION),
      "no test of test/a/b.test.ts is called 'keeps them'",
    ],
    ['the test is skipped', report('keeps them', 'pending'), "no test of test/a/b.test.ts is called 'keeps them'"],
    ['the suite does not load', unloadable, 'test/a/b.test.ts does not load with the fault: HeadgateError: HG0201'],
    [
      'the program crashes',
      report('keeps them', 'failed', 'TypeError: x is not a function\n    at a.ts'),
      'the fault crashes the test: TypeError: x is not a function',
    ],
  ])('is missed when %s', (_, found, reason) => {
    expect(miss(row, found)).toContain(reason);
  });
});

describe('before anything is planted', () => {
  test('the named test has to pass', () => {
    expect(baselineProblem(row, report('keeps them', 'passed'))).toBeUndefined();
    expect(baselineProblem(row, report('keeps them', 'failed', ASSERTION))).toBe(
      "'keeps them' fails without the fault",
    );
  });

  test('the named test has to be there', () => {
    expect(baselineProblem(row, report('is another', 'passed'))).toBe(
      "no test of test/a/b.test.ts is called 'keeps them'",
    );
    expect(baselineProblem(row, unloadable)).toBe('test/a/b.test.ts does not load: HeadgateError: HG0201');
  });
});
