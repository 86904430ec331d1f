import { spawnSync } from 'node:child_process';

/** A check that failed, as the person who runs it reads it. */
export class Failure extends Error {}

/** How a program is run. */
export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const LAST_LINES = 25;

/** Runs a program to its end and gives what it printed; a failure shows the last lines, where compilers say what is wrong. */
export function runProgram(command: string, args: string[], { cwd, env = {} }: ProgramOptions): string {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      // The warning of jsii that Node.js 20 is past its end would hide everything else.
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
      ...env,
    },
    maxBuffer: 256 * 1024 * 1024,
  });
  const shown = [command, ...args].join(' ');
  if (error) throw new Failure(`'${shown}' could not be run: ${error.message}`);
  if (status === 0) return stdout;
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  const ended = signal ? `was ended by ${signal}` : `ended with code ${status}`;
  throw new Failure([`'${shown}' ${ended}:`, ...lines.slice(-LAST_LINES)].join('\n'));
}
