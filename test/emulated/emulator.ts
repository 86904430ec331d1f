import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentProblem } from '../python/environment';

const START_MILLIS = 60_000;

/** ministack with its gaps filled, on a port of the loopback address. */
export class Emulator {
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
          reject(new Error(`the emulator ended by itself with ${signal ?? `code ${code}`}: ${last()}`));
      });
    });
    // It may die while nobody waits for it: whoever waits next is told.
    this.died.catch(() => {});
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param programs the folder with the Python that has it
   * @param folder where all that it writes goes
   * @param port a port that must be free; any free one when left out
   */
  public static async start(programs: string, folder: string, port?: number): Promise<Emulator> {
    const chosen = await freePort(port);
    for (const name of ['s3', 'tmp', 'state']) mkdirSync(join(folder, name), { recursive: true });
    const child = spawn(join(programs, 'python'), [join(__dirname, 'fill_gaps.py')], {
      env: {
        PATH: `${programs}:${dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: folder,
        TMPDIR: join(folder, 'tmp'),
        S3_DATA_DIR: join(folder, 's3'),
        STATE_DIR: join(folder, 'state'),
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: `${chosen}`,
        // Else it listens on all addresses for these.
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        LOG_LEVEL: 'WARNING',
        // The functions of custom resources find the SDK in the runtime; here they find it in the project.
        NODE_PATH: join(__dirname, '..', '..', 'node_modules'),
        PYTHONDONTWRITEBYTECODE: '1',
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
    const emulator = new Emulator(child, chosen, () => line);
    process.on('exit', () => emulator.stop());
    await Promise.race([emulator.answers(), emulator.died]);
    return emulator;
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

  private async answers(): Promise<void> {
    const deadline = Date.now() + START_MILLIS;
    while (Date.now() < deadline) {
      try {
        if ((await fetch(`${this.url}/_ministack/health`)).ok) return;
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
