// Builds and tests a copy of the working tree on the newest aws-cdk-lib that is pinned, in place of the oldest that is supported.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { runScript } from '../support/script';
import { copyWorkingTree } from '../support/working-tree';

const ROOT = join(__dirname, '..', '..');
/** Where the newest is pinned with what it needs, by a lock file of its own. */
const NEWEST = join('test', 'newest');
/** API.md repeats what the aws-cdk-lib of the time says of inherited members, so it is that of the oldest. */
const OF_THE_OLDEST_ALONE = ['/test/api-reference'];

/** What runs now. */
let running: ChildProcess | undefined;

runScript(() => main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'newest-')));
  process.on('exit', () => {
    endRunning();
    // What was just ended may still be closing its files.
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  });
  copyWorkingTree(ROOT, copy);
  await link(realpathSync(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  const failed = await run(join(copy, NEWEST), ['ci', '--silent']);
  if (failed) {
    console.error(`what ${NEWEST}/package-lock.json pins must be installed: npm has to reach its registry`);
    return failed;
  }
  for (const name of packages(join(copy, NEWEST, 'node_modules'))) {
    rmSync(join(copy, 'node_modules', name), { recursive: true, force: true });
    renameSync(join(copy, NEWEST, 'node_modules', name), join(copy, 'node_modules', name));
  }
  rmSync(join(copy, NEWEST, 'node_modules'), { recursive: true });
  console.log(`aws-cdk-lib ${version(copy)} in place of ${version(ROOT)}`);
  const unbuilt = await run(copy, ['run', '--silent', 'build']);
  return unbuilt || run(copy, ['exec', '--', 'jest', ...args, ...ignored()]);
}

/**
 * A copy that takes no room where the file system has links; what replaces a file of it leaves the original alone. Links to workspaces lead
 * to those of the copy.
 */
async function link(from: string, to: string): Promise<void> {
  // Thousands of folders, and a signal is heard between two of them.
  await setImmediate();
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await link(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      try {
        linkSync(source, target);
      } catch {
        copyFileSync(source, target);
      }
    }
  }
}

function ignored(): string[] {
  const { testPathIgnorePatterns } = JSON.parse(readFileSync(join(ROOT, 'jest.config.json'), 'utf8'));
  return [...testPathIgnorePatterns, ...OF_THE_OLDEST_ALONE].map((pattern) => `--testPathIgnorePatterns=${pattern}`);
}

/** The packages that are installed in a folder, with their scopes. */
function packages(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => join(name, inner)) : [name],
    );
}

function version(root: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'aws-cdk-lib', 'package.json'), 'utf8')).version;
}

/** Runs npm to its end, and gives the code that it ended with. */
async function run(cwd: string, args: string[]): Promise<number> {
  running = spawn('npm', args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own, so that what it started ends with it.
    detached: true,
    // The copy is in no repository, whatever its folder is in.
    env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(cwd) },
  });
  const [code] = await once(running, 'close');
  running = undefined;
  return code ?? 1;
}

function endRunning(): void {
  try {
    if (running?.pid !== undefined) process.kill(-running.pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
