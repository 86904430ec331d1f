import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type RunOptions, synthesize } from '../support/project';
import type { Template } from './replacements';

const ROOT = join(__dirname, '..', '..');
const RELEASED = join(__dirname, '..', 'fixtures', 'released');

/** The apps whose templates are kept: what somebody deploys who follows the README. */
export const APPS = { 'reference-app': 'bin/app.ts', 'single-region': 'examples/single-region/app.ts' } as const;

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

/** The templates of an app as a release made them, by file name. */
export function releasedTemplates(version: string, app: AppName): Record<string, Template> {
  return templatesIn(join(RELEASED, version, app));
}

/** The templates of an app as it makes them now, in the checkout or in a copy of it. */
export function templatesOf(app: AppName, options: Pick<RunOptions, 'cwd'> = {}): Record<string, Template> {
  const folder = synthesize({ ...options, app: APPS[app] });
  try {
    return templatesIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Keeps what the checkout makes as that of a release. What is kept never changes: a folder that is there is an error. */
export function freeze(version: string): void {
  mkdirSync(RELEASED, { recursive: true });
  mkdirSync(join(RELEASED, version));
  for (const app of Object.keys(APPS) as AppName[]) {
    mkdirSync(join(RELEASED, version, app));
    for (const [name, template] of Object.entries(templatesOf(app))) {
      writeFileSync(join(RELEASED, version, app, name), `${JSON.stringify(template, null, 1)}\n`);
    }
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

function templatesIn(folder: string): Record<string, Template> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]));
}
