import { type ChildProcess, spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  /** What it wrote to both streams. */
  readonly output: string;
}

/** Far more than any of them needs: for what hangs. */
const LIMIT_MILLIS = 300_000;

/** Runs programs, each with the processes that it starts, and can end them all. */
export class Commands {
  private readonly running = new Set<ChildProcess>();

  /** @param environment what the programs find in theirs */
  public constructor(private readonly environment: NodeJS.ProcessEnv) {}

  /** Runs a program to its end, or for as long as a program may take. */
  public run(program: string, args: string[], cwd: string): Promise<Ended> {
    return new Promise((resolve, reject) => {
      // A group of its own, so that what it started ends with it.
      const child = spawn(program, args, {
        cwd,
        env: this.environment,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.running.add(child);
      const limit = setTimeout(() => end(child), LIMIT_MILLIS);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(limit);
        this.running.delete(child);
        resolve({ code, output });
      });
    });
  }

  /** Runs a program that has to succeed, and gives what it wrote. */
  public async must(program: string, args: string[], cwd: string, problem: string): Promise<string> {
    const { code, output } = await this.run(program, args, cwd);
    if (code !== 0) throw new Error(`${problem}: ${gist(output)}`);
    return output;
  }

  /** Ends whatever runs. */
  public endAll(): void {
    for (const child of this.running) end(child);
  }
}

function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The lines that say what went wrong, of an output that may be long. */
export function gist(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /error/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 3).join('; ');
}
