/*
 * Runs the tests of the reference server by Node's own runner, once the machine is seen to have what they need: inside the runner, what is
 * missing would be said somewhere among its lines.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

/** What keeps a program from running, in one line. */
function problem(name: string): string | undefined {
  const { status, error, stderr } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  if (status === 0) return undefined;
  if (error) return `the real reference server needs '${name}' on the PATH: install it`;
  return `the real reference server needs '${name}', which does not run: ${stderr.trim().split('\n').at(-1)}`;
}

const problems = ['python3', 'bash'].flatMap((name) => problem(name) ?? []);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

const tests = join(__dirname, 'reference-server.ts');
const runner = spawn(process.execPath, ['--import', 'tsx', '--test', tests], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => runner.kill(signal));
runner.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal!];
});
