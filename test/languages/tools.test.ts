import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `npm run test:languages` on a machine whose only programs are these, each printing what it is given. */
function runWith(programs: Record<string, string>): {
  status: number | null;
  stdout: string;
  lines: string[];
  left: string[];
} {
  const path = mkdtempSync(join(tmpdir(), 'headgate-path-'));
  const temporary = mkdtempSync(join(tmpdir(), 'headgate-temporary-'));
  try {
    for (const [name, says] of Object.entries(programs)) {
      writeFileSync(join(path, name), `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
    }
    const { PYTHON: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'run.ts')], {
      encoding: 'utf8',
      env: { ...env, PATH: path, TMPDIR: temporary },
    });
    const left = readdirSync(temporary).filter((name) => name.startsWith('headgate-'));
    return { status, stdout, lines: stderr.trimEnd().split('\n'), left };
  } finally {
    for (const folder of [path, temporary]) rmSync(folder, { recursive: true });
  }
}

test('fails when nothing is installed, with a line for each thing that is missing', () => {
  expect(runWith({})).toEqual({
    status: 1,
    stdout: '',
    lines: [
      "a Java development kit 17 or newer must be installed, got no 'javac': install it, and have it in the PATH",
      "Apache Maven 3.6 or newer must be installed, got no 'mvn': install it, and have it in the PATH",
      "Go 1.25 or newer must be installed, got no 'go': install it, and have it in the PATH",
      "Python 3.10 or newer must be installed, with its modules venv and pip, got no 'python3': install it, or name it in the variable PYTHON",
    ],
    left: [],
  });
});

const NEW_ENOUGH = {
  javac: 'javac 21',
  mvn: 'Apache Maven 3.6.3 (abc)',
  go: 'go version go1.25.0 linux/amd64',
  python3: '3 10',
};

test.each([
  ['javac', 'javac 1.8.0_402', 'a Java development kit 17 or newer must be installed, got 1.8'],
  ['javac', 'javac 16.0.2', 'a Java development kit 17 or newer must be installed, got 16.0'],
  ['mvn', 'Apache Maven 3.5.4', 'Apache Maven 3.6 or newer must be installed, got 3.5'],
  ['go', 'go version go1.24.9 linux/amd64', 'Go 1.25 or newer must be installed, got 1.24'],
  ['go', 'hello', "Go 1.25 or newer must be installed, got 'go' without a version"],
  [
    'python3',
    '3 9',
    "Python 3.10 or newer must be installed, with its modules venv and pip, got 3.9 as 'python3': name a newer one in the variable PYTHON",
  ],
])('fails with a %s that says %s', (name, says, line) => {
  expect(runWith({ ...NEW_ENOUGH, [name]: says })).toEqual({ status: 1, stdout: '', lines: [line], left: [] });
});
