import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lib/cli/run';

/** What a command wrote, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How the command line is run, where it isn't into a file. */
export interface Surroundings {
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder with files of its own, where the command line runs. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'headgate-'));

  constructor(files: Readonly<Record<string, string | object>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | object): void {
    const isBytes = typeof content === 'string' || content instanceof Uint8Array;
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), isBytes ? content : JSON.stringify(content));
  }

  async run(argv: readonly string[], { isTerminal = false, columns, env = {} }: Surroundings = {}): Promise<Ran> {
    let out = '';
    let err = '';
    const code = await run(argv, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      isTerminal,
      columns,
      env,
      cwd: this.folder,
    });
    return { code, out, err };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
