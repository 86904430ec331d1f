import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const PYTHON = process.env.PYTHON ?? 'python3';
const OLDEST = [3, 10] as const;
/** A file that is written when all is installed: whoever was interrupted before begins anew. */
const WHOLE = 'whole';

/** What keeps a run from beginning, as a person can mend it. */
export class EnvironmentProblem extends Error {}

/** The environments that there are, each pinned in a file of its name beside this one. */
export type PythonEnvironment = 'cfn-lint' | 'emulators' | 'languages';

/**
 * The folder with the programs of a Python environment in which exactly what its file says is installed, by version and hash. It is made
 * under `.python/` the first time, and anew when the file changes.
 */
export function pythonPrograms(environment: PythonEnvironment): string {
  const python = checkPython();
  const requirements = join(__dirname, `${environment}.txt`);
  const key = createHash('sha256').update(readFileSync(requirements)).update(python).digest('hex').slice(0, 16);
  const ready = join(ROOT, '.python', environment, key);
  if (!existsSync(join(ready, WHOLE))) {
    alone(`${ready}.lock`, () => {
      // Another run may have made it in the meantime.
      if (!existsSync(join(ready, WHOLE))) install(requirements, ready);
    });
  }
  return join(ready, 'bin');
}

/** Fails when there is no Python that is new enough; says which one there is. */
export function checkPython(): string {
  const { status, signal, error, stdout, stderr } = spawnSync(
    PYTHON,
    ['-c', 'import sys; print(*sys.version_info[:2], sys.executable, sys.version)'],
    { encoding: 'utf8' },
  );
  const wanted = `Python ${OLDEST.join('.')} or newer must be installed, with its modules venv and pip`;
  if (error)
    throw new EnvironmentProblem(`${wanted}, got no '${PYTHON}': install it, or name it in the variable PYTHON`);
  if (status !== 0) {
    const last = stderr.trim().split('\n').at(-1) || `it ended with ${signal ?? `code ${status}`} and said nothing`;
    throw new EnvironmentProblem(
      `${wanted}, got a '${PYTHON}' that does not run: ${last}: mend it, or name another one in the variable PYTHON`,
    );
  }
  const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new EnvironmentProblem(
      `${wanted}, got ${major}.${minor} as '${PYTHON}': name a newer one in the variable PYTHON`,
    );
  }
  return stdout;
}

/** Does something while no other run does: a file says which process is at it. */
function alone(lock: string, work: () => void): void {
  mkdirSync(dirname(lock), { recursive: true });
  while (!took(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function took(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!lives(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function lives(lock: string): boolean {
  try {
    return process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch {
    // The process was killed, or took its lock away just now.
    return false;
  }
}

/** Removes what older lists of requirements, or another Python, left. */
function removeOthers(ready: string): void {
  for (const name of readdirSync(dirname(ready))) {
    if (!name.startsWith(basename(ready))) rmSync(join(dirname(ready), name), { recursive: true, force: true });
  }
}

/** A virtual environment can't be moved, so it is made in its place. */
function install(requirements: string, ready: string): void {
  // What an interrupted run left.
  rmSync(ready, { recursive: true, force: true });
  try {
    run(PYTHON, ['-m', 'venv', ready]);
    run(join(ready, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '--only-binary=:all:',
      '--requirement',
      requirements,
    ]);
    writeFileSync(join(ready, WHOLE), '');
    removeOthers(ready);
  } catch (error) {
    rmSync(ready, { recursive: true, force: true });
    throw error;
  }
}

function run(command: string, args: string[]): void {
  const { status, error, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  const last = (error?.message ?? `${stdout}\n${stderr}`).trim().split('\n').at(-1);
  throw new EnvironmentProblem(`'${[command, ...args.slice(0, 3)].join(' ')} …' failed: ${last}`);
}
