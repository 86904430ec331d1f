// What happens when the emulator's run can't go on: one clear line, an exit code, and nothing that is left running or lying about.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runScript } from '../support/script';

const ROOT = join(__dirname, '..', '..');
const RUN = [join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), join(__dirname, 'run.ts')];
/** The longest time between what goes wrong and the end of the run. */
const LIMIT_MILLIS = 10_000;

/** A run that is going to fail. */
class DoomedRun {
  private readonly mark = randomUUID();
  private readonly folder = mkdtempSync(join(tmpdir(), 'doomed-'));
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  /** When it began, or last ran a program of its own: what is noticed is noticed afterwards. */
  private lastBusy = Date.now();
  private out = '';
  private err = '';

  public constructor({ args = [], env = {}, disk }: { args?: string[]; env?: NodeJS.ProcessEnv; disk?: string } = {}) {
    const command = [process.execPath, ...RUN, ...args];
    // A file system of its own, in a namespace that ends with the run.
    const program =
      disk === undefined ? command : ['unshare', '-rm', 'sh', '-c', mounted(this.folder, disk), 'sh', ...command];
    this.child = spawn(program[0]!, program.slice(1), {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: this.folder, EMULATED_RUN: this.mark, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    this.ended = once(this.child, 'close');
    doomed.add(this);
  }

  /** Ends what is left of it. */
  public end(): void {
    for (const id of this.processes()) process.kill(id, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until the run says that it did something. */
  public async saying(text: string): Promise<void> {
    while (!this.out.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`the run ended before it said '${text}': ${this.err}`);
      await sleep(50);
    }
  }

  /** The processes of the run whose command line has a text in it. */
  public processes(text = ''): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((id) => read(`/proc/${id}/environ`).includes(this.mark) && read(`/proc/${id}/cmdline`).includes(text))
      .map(Number);
  }

  /** Waits for the end, which has to come soon after `since`, or else after the last program has ended, and checks how it is. */
  public async fails(wanted: RegExp, since?: number): Promise<string> {
    const watch = setInterval(() => {
      if (this.processes('aws-cdk/bin/cdk').length > 0) this.lastBusy = Date.now();
    }, 200);
    await this.ended;
    clearInterval(watch);
    const took = Date.now() - (since ?? this.lastBusy);
    const lines = this.err.trim().split('\n');
    const left = this.processes();
    // What runs TypeScript keeps a cache there.
    const files = readdirSync(this.folder).filter((name) => !name.startsWith('tsx-'));
    this.end();
    doomed.delete(this);
    if (this.child.exitCode !== 1) throw new Error(`the exit code is ${this.child.exitCode}, not 1: ${this.err}`);
    if (lines.length !== 1 || !wanted.test(lines[0]!)) throw new Error(`not one line like ${wanted}: ${this.err}`);
    if (took > LIMIT_MILLIS) throw new Error(`it took ${took} ms to end`);
    if (left.length > 0) throw new Error(`still running: ${left.map((id) => read(`/proc/${id}/cmdline`)).join('; ')}`);
    if (files.length > 0) throw new Error(`left behind: ${files.join(', ')}`);
    return lines[0]!;
  }
}

function mounted(folder: string, size: string): string {
  // What is left in it is only seen from inside: a code of its own tells.
  return `mount -t tmpfs -o size=${size} tmpfs '${folder}' && "$@"; code=$?; ls -A '${folder}' | grep -qv '^tsx-' && exit 99; exit $code`;
}

/** A file of a process that may be gone by now, or is another user's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const FAILURES: Readonly<Record<string, () => Promise<string>>> = {
  'no Python': () =>
    new DoomedRun({ env: { PYTHON: 'no-such-python' } }).fails(/Python 3\.10 or newer must be installed/),

  'a port that is taken': async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      return await new DoomedRun({ args: ['--port', `${port}`] }).fails(new RegExp(`port ${port} is taken`));
    } finally {
      server.close();
    }
  },

  'an emulator that dies half-way': async () => {
    const run = new DoomedRun();
    await run.saying('ok  cdk bootstrap');
    const killed = Date.now();
    for (const id of run.processes('fill_gaps.py')) process.kill(id, 'SIGKILL');
    return run.fails(/the emulator ended by itself with SIGKILL/, killed);
  },

  'a deploy that fails': async () => {
    const run = new DoomedRun({ args: ['--zone', 'ZNOTTHERE'] });
    return run.fails(/cdk deploy: cdk deploy failed: .*No hosted zone with id 'ZNOTTHERE'/);
  },

  'a disk that is full at once': () => new DoomedRun({ disk: '200k' }).fails(/ENOSPC|[Nn]o space left/),

  'a disk that is full half-way': async () => {
    const run = new DoomedRun({ disk: '6m' });
    await run.saying('the emulator answers');
    return run.fails(/ENOSPC|[Nn]o space left/);
  },
};

const doomed = new Set<DoomedRun>();
process.on('exit', () => {
  for (const run of doomed) run.end();
});

runScript(main);

async function main(): Promise<void> {
  if (spawnSync('unshare', ['-rm', 'true']).status !== 0)
    throw new Error(
      'Linux must allow file systems of its own to a process: install util-linux, with user namespaces switched on',
    );
  for (const [name, run] of Object.entries(FAILURES)) {
    try {
      console.log(`ok  ${name}: ${await run()}`);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  console.log(`emulated: ${Object.keys(FAILURES).length} failures ended as they should`);
}
