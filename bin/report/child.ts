import { spawn } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  readonly code: number;
  /** What it wrote, to both streams, in the order in which it came. */
  readonly output: string;
}

/** How long a command that was told to stop may take for it. */
const PATIENCE_MILLISECONDS = 5_000;

/** Runs a command in a shell, as npm and the CDK do, and keeps what it writes. An abort stops it and all that it started. */
export function runCommand(command: string, cwd: string, env: NodeJS.ProcessEnv, abort?: AbortSignal): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the shell's children can be stopped with it. Windows has none.
    const grouped = process.platform !== 'win32';
    const child = spawn(command, { cwd, env, shell: true, detached: grouped, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));

    const kill = (signal: NodeJS.Signals) => {
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It has ended in the meantime.
      }
    };
    let patience: NodeJS.Timeout | undefined;
    const stop = () => {
      kill('SIGTERM');
      patience = setTimeout(() => kill('SIGKILL'), PATIENCE_MILLISECONDS);
    };
    const done = () => {
      clearTimeout(patience);
      abort?.removeEventListener('abort', stop);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code) => {
      done();
      // Without a code, a signal ended it.
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
    });
    abort?.addEventListener('abort', stop, { once: true });
    if (abort?.aborted) stop();
  });
}
