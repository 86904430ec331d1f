import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** How an app of the project is run. */
export interface RunOptions {
  /** Where; the checkout when left out. */
  readonly cwd?: string;
  /** The app's file; the reference app when left out. */
  readonly app?: string;
  /** Whether validators run. */
  readonly validate?: boolean;
}

/** Runs an app of the project as cdk.json runs the reference app, and gives the new folder with its cloud assembly. */
export function synthesize({ cwd = ROOT, app, validate = false }: RunOptions = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-'));
  const settings = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const [command, ...args] = (app === undefined ? settings.app : `npx tsx ${app}`).split(' ');
  execFileSync(command, args, {
    cwd,
    stdio: 'pipe',
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(settings.context),
      CDK_VALIDATION: String(validate),
    },
  });
  return folder;
}

/** What a run of an app reads of the project, in a new folder. */
export function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'headgate-copy-'));
  for (const name of ['bin', 'lib', 'examples', join('dist', 'handlers'), 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}
