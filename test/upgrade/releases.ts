import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type RunOptions, synthesize } from '../support/project';
import { keepStacks, keptStacks, type Stacks, stacksIn } from './stacks';

const ROOT = join(__dirname, '..', '..');
const RELEASED = join(__dirname, '..', 'fixtures', 'released');

/** The apps whose stacks are kept: what somebody deploys who follows the README or an example. */
export const APPS = {
  'reference-app': 'bin/app.ts',
  'single-region': 'examples/single-region/app.ts',
  'another-team': 'examples/another-team/app.ts',
  'bring-your-own': 'examples/bring-your-own/app.ts',
  'edge-alone': 'examples/edge-alone/app.ts',
  'two-accounts': 'examples/two-accounts/app.ts',
} as const;

/** The name of an app above. */
export type AppName = keyof typeof APPS;

/** The versions that were released, as folders. */
export function releases(): string[] {
  return readdirSync(RELEASED).sort();
}

/** Where the API of a release is, as jsii wrote it. */
export function packageOf(version: string): string {
  return join(RELEASED, version, 'package');
}

/** The stacks of an app as a release made them. */
export function releasedStacks(version: string, app: AppName): Stacks {
  return keptStacks(join(RELEASED, version, app));
}

/** The stacks of an app as it makes them now, in the checkout or in a copy of it. */
export function stacksOf(app: AppName, options: Pick<RunOptions, 'cwd'> = {}): Stacks {
  const folder = synthesize({ ...options, app: APPS[app] });
  try {
    return stacksIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Keeps what the checkout makes as that of a release. What is kept never changes: a folder that is there is an error. */
export function freeze(version: string): void {
  mkdirSync(RELEASED, { recursive: true });
  mkdirSync(join(RELEASED, version));
  for (const app of Object.keys(APPS) as AppName[]) {
    keepStacks(join(RELEASED, version, app), stacksOf(app));
  }
  const folder = packageOf(version);
  mkdirSync(folder);
  // What jsii-diff needs to know a package by, and to find the assemblies of its dependencies.
  const { name, jsii, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ name, version, jsii, peerDependencies }, null, 2)}\n`,
  );
  const redirect = { schema: 'jsii/file-redirect', compression: 'gzip', filename: '.jsii.gz' };
  writeFileSync(join(folder, '.jsii'), `${JSON.stringify(redirect)}\n`);
  writeFileSync(join(folder, '.jsii.gz'), gzipSync(readFileSync(join(ROOT, '.jsii')), { level: 9 }));
}
