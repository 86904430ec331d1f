import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { transformSync } from '@swc/core';
import { EnvironmentProblem } from '../python/environment';
import { copyPrograms } from './programs';

const ROOT = join(__dirname, '..', '..');
const PEERS = ['aws-cdk-lib', 'constructs'];

/** The two apps that are measured against each other: the one that uses the package, and the one that is written without it. */
export type AppName = 'package' | 'plain';

/** An app that is ready to run. */
export interface CompiledApp {
  readonly file: string;
  /** A file that imports everything that the app will, what the CDK would only load when it is used included. */
  readonly imports: string;
}

/**
 * Compiles both apps into a folder, in the way in which jsii compiles the library: one JavaScript file for each source, so that neither
 * app pays for a compiler, and neither is bundled. What imports `lib/` gets the built package from node_modules, as its users do.
 */
export function compileApps(folder: string): Record<AppName, CompiledApp> {
  install(join(folder, 'node_modules'));
  write(join(folder, 'lib', 'index.js'), "module.exports = require('cdk-headgate');\n");
  for (const source of ['bin/shop.ts', ...sourcesIn('test/bench'), ...sourcesIn('test/bench/plain')]) {
    const { code } = transformSync(readFileSync(join(ROOT, source), 'utf8'), {
      filename: source,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    write(join(folder, source.replace(/\.ts$/, '.js')), code);
  }
  const apps = join(folder, 'test', 'bench');
  copyPrograms(apps);
  const ready = (name: AppName) => {
    const file = join(apps, `${name}-app.js`);
    return { file, imports: collectImports(file, join(folder, `${name}-imports`)) };
  };
  return { package: ready('package'), plain: ready('plain') };
}

/** The package as it is published, beside its peers. */
function install(modules: string): void {
  const installed = join(modules, 'cdk-headgate');
  for (const part of ['package.json', 'dist/lib', 'dist/handlers']) {
    if (!existsSync(join(ROOT, part))) throw new EnvironmentProblem(`${part} is missing: run npm run build first`);
    cpSync(join(ROOT, part), join(installed, part), { recursive: true });
  }
  for (const peer of PEERS) {
    symlinkSync(join(ROOT, 'node_modules', peer), join(modules, peer), 'junction');
  }
}

/** Runs an app in a process of its own, without what the environment says to the CDK, and gives what it printed. */
export function runApp(file: string, regions: number, outdir: string, before: string): string {
  return execFileSync(process.execPath, ['--require', before, file, `${regions}`, outdir], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CDK_VALIDATION: 'false' },
  });
}

/** What an app has loaded of the CDK by its end, as a file that imports it; its own code and the package it imports itself. */
function collectImports(app: string, prefix: string): string {
  const hook = `${prefix}-hook.js`;
  const list = `${prefix}.json`;
  write(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(Object.keys(require.cache))));\n`,
  );
  const outdir = `${prefix}-out`;
  runApp(app, 1, outdir, hook);
  rmSync(outdir, { recursive: true });
  const loaded: string[] = JSON.parse(readFileSync(list, 'utf8'));
  const peers = PEERS.map((peer) => realpathSync(join(ROOT, 'node_modules', peer)) + sep);
  const imports = `${prefix}.js`;
  write(
    imports,
    loaded
      .filter((file) => peers.some((peer) => file.startsWith(peer)))
      .map((file) => `require(${JSON.stringify(file)});\n`)
      .join(''),
  );
  return imports;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
