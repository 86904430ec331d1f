/* Tries the reader on the templates of others, by Node's own runner, once the packages that carry them are here. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fetchTemplates } from './packages';

try {
  fetchTemplates();
} catch (error) {
  console.error(`the third-party templates can't be had: ${(error as Error).message.replace(/\s*\n\s*/g, ' ')}`);
  process.exit(1);
}
const runner = spawn(process.execPath, ['--import', 'tsx', '--test', join(__dirname, 'third-party.ts')], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => runner.kill(signal));
runner.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal!];
});
