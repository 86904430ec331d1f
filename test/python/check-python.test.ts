import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WANTED = 'Python 3.10 or newer must be installed, with its modules venv and pip';
const folder = mkdtempSync(join(tmpdir(), 'check-python-'));
const python = join(folder, 'python');

afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of a Python that is this shell script. */
function said(script: string): string | undefined {
  writeFileSync(python, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const before = process.env.PYTHON;
  process.env.PYTHON = python;
  try {
    let message: string | undefined;
    jest.isolateModules(() => {
      const { checkPython, EnvironmentProblem } = require('./environment') as typeof import('./environment');
      try {
        checkPython();
      } catch (error) {
        expect(error).toBeInstanceOf(EnvironmentProblem);
        ({ message } = error as Error);
      }
    });
    return message;
  } finally {
    if (before === undefined) delete process.env.PYTHON;
    else process.env.PYTHON = before;
  }
}

test('a Python that is new enough is taken', () => {
  expect(said('echo 3 10')).toBeUndefined();
});

test('fails with the version of one that is older', () => {
  expect(said('echo 3 9')).toBe(`${WANTED}, got 3.9 as '${python}': name a newer one in the variable PYTHON`);
});

test.each([
  ['echo first >&2; echo libpython is missing >&2; exit 127', 'libpython is missing'],
  ['echo 3 12; exit 3', 'it ended with code 3 and said nothing'],
  ['kill -KILL $$', 'it ended with SIGKILL and said nothing'],
])('fails with the reason of one that does not run: %s', (script, reason) => {
  expect(said(script)).toBe(
    `${WANTED}, got a '${python}' that does not run: ${reason}: mend it, or name another one in the variable PYTHON`,
  );
});
