import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentProblem } from '../python/environment';

const START_MILLIS = 60_000;

/** An emulator of AWS, as a program of a Python environment. */
export interface Program {
  /** The file that is run. */
  readonly file: string;
  /** What follows it. */
  arguments(port: number): string[];
  /** What it finds in its environment besides a home, a temporary folder and a path. */
  environment(port: number, folder: string): Readonly<Record<string, string>>;
  /** A path that is answered once it is there. */
  readonly ready: string;
}

/** A running emulator, on a port of the loopback address. */
export class Server {
  /** Fails when the emulator ends before it is stopped. */
  public readonly died: Promise<never>;
  private stopping = false;

  private constructor(
    private readonly child: ChildProcess,
    public readonly port: number,
    last: () => string,
  ) {
    this.died = new Promise((_, reject) => {
      child.on('exit', (code, signal) => {
        if (!this.stopping)
          reject(new Error(`the emulator ended by itself with ${signal ?? `code ${code}`}${last() && `: ${last()}`}`));
      });
    });
    // It may die while nobody waits for it: whoever waits next is told.
    this.died.catch(() => {});
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param program what is started
   * @param programs the folder with the Python that has it
   * @param folder where all that it writes goes
   * @param port a port that must be free; any free one when left out
   */
  public static async start(program: Program, programs: string, folder: string, port?: number): Promise<Server> {
    const chosen = await freePort(port);
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    const child = spawn(join(programs, 'python'), [resolve(programs, program.file), ...program.arguments(chosen)], {
      env: {
        PATH: `${programs}:${dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: folder,
        TMPDIR: join(folder, 'tmp'),
        PYTHONDONTWRITEBYTECODE: '1',
        ...program.environment(chosen, folder),
        ...(process.env.EMULATED_RUN ? { EMULATED_RUN: process.env.EMULATED_RUN } : {}),
      },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let line = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        line = text.trim().split('\n').at(-1) || line;
      });
    }
    const server = new Server(child, chosen, () => line);
    // Before what it writes is removed.
    process.prependListener('exit', () => server.stop());
    await Promise.race([server.answers(program.ready), server.died]);
    return server;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends it, with the functions that it runs. */
  public stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  private async answers(path: string): Promise<void> {
    const deadline = Date.now() + START_MILLIS;
    while (Date.now() < deadline) {
      try {
        if ((await fetch(`${this.url}${path}`)).ok) return;
      } catch {
        // Not yet.
      }
      await sleep(100);
    }
    throw new Error(`the emulator did not answer within ${START_MILLIS / 1000} s`);
  }
}

async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  server.listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    throw new EnvironmentProblem(`port ${wanted} is taken: leave --port out for any free one, or name another`);
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : wanted;
}
