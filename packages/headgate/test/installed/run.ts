/*
 * Packs the package, installs it into an empty folder beside the test runners and compilers that package.json here pins, and runs
 * installed.ts there by Node's own runner. It fails, never skips, with one line when something can't be installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE } from '../support/consoles';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'headgate-installed-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const tarball = prepare();
if (tarball !== undefined) test(tarball);

/** The packed package, installed in the folder; undefined if that failed. */
function prepare(): string | undefined {
  const packed = npm(PACKAGE, ['pack', '--json', '--pack-destination', folder]);
  if (packed.status !== 0) return fail(`the package can't be packed: ${packed.why}`);
  const tarball = join(folder, /"filename": "([^"]+)"/.exec(packed.stdout)![1]!);
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(__dirname, name), join(folder, name));
  // The lock file has no registry's hosts in it: npm uses the one that it is set up for.
  copyFileSync(join(PACKAGE, '..', '..', '.npmrc'), join(folder, '.npmrc'));
  for (const args of [['ci'], ['install', '--no-save', tarball]]) {
    const installed = npm(folder, [...args, '--no-audit', '--no-fund', '--loglevel=error']);
    if (installed.status !== 0) return fail(`npm has to reach its registry: ${installed.why}`);
  }
  return tarball;
}

function npm(cwd: string, args: readonly string[]): { status: number | null; stdout: string; why: string } {
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  const lines = (stderr ?? '').split('\n').flatMap((line) => /^npm error (.+)$/.exec(line)?.[1] ?? []);
  // Codes and numbers come first, and the sentence after them.
  const sentence = lines.find((line) => !/^(code|syscall|errno|type|address|port) /.test(line));
  return { status, stdout, why: error?.message ?? sentence ?? `npm ${args[0]} ended with ${status}` };
}

function fail(line: string): undefined {
  console.error(line);
  process.exitCode = 1;
}

function test(tarball: string): void {
  const tests = ['--import', 'tsx', '--test', '--test-reporter', 'spec', join(__dirname, 'installed.ts')];
  const env = { ...process.env, INSTALLED_IN: folder, TARBALL: tarball };
  const runner = spawn(process.execPath, tests, { stdio: ['inherit', 'pipe', 'inherit'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => runner.kill(signal));
  let text = '';
  runner.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
    process.stdout.write(chunk);
  });
  runner.on('close', (code, signal) => {
    const count = (what: string) => Number(new RegExp(`^\\W+${what} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
    console.log(`${count('pass')} passed, ${count('fail')} failed`);
    process.exitCode = code ?? 128 + constants.signals[signal!];
  });
}
