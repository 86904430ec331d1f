/*
 * Holds the traffic model against programs that others wrote: HAProxy for the rules of listeners, gdnsd for DNS. Run by Node's own runner,
 * once the machine is seen to have what they need.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

const PROGRAMS = [
  ['haproxy', '-v'],
  ['gdnsd', '-h'],
] as const;

const missing = PROGRAMS.flatMap(([name, option]) => (spawnSync(name, [option]).error ? [name] : []));
if (missing.length > 0) {
  console.error(`the oracles need ${missing.join(' and ')} on the PATH: install the packages of these names`);
  process.exit(1);
}

const tests = ['application-load-balancer.ts', 'dns.ts'].map((file) => join(__dirname, file));
const runner = spawn(process.execPath, ['--import', 'tsx', '--test', ...tests], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => runner.kill(signal));
runner.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal!];
});
