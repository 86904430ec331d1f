import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Synthesizes the reference app, and gives the folder of its cloud assembly. */
export function synthesizeReference(folder: string): string {
  const assembly = join(folder, 'cdk.out');
  execFileSync('npx', ['tsx', 'bin/app.ts'], {
    cwd: join(__dirname, '..', '..', '..', '..'),
    stdio: 'pipe',
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' },
  });
  return assembly;
}

/** Compiles a program of this folder into another one, so that it runs in plain Node.js. */
export function compileProgram(name: string, folder: string): string {
  const outfile = join(folder, `${name}.js`);
  buildSync({
    entryPoints: [join(__dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}

/** What a program wrote. */
export interface Output {
  readonly stdout: string;
  /** What it wrote to a channel of its own, beside its output. */
  readonly aside: string;
  readonly millis: number;
}

/** Runs a program in a process of its own. @throws if it fails. */
export function runProgram(args: readonly string[]): Output {
  const start = performance.now();
  const { status, output, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  const millis = performance.now() - start;
  if (status !== 0) throw error ?? new Error(`${args[0]} ended with ${status}: ${output[2]}`);
  return { stdout: output[1] ?? '', aside: output[3] ?? '', millis };
}
