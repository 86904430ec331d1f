// Bundles the package into dist/: the library and its matchers for both module systems, the command line, their types, the facts that
// traces cite, and the licences of what is bundled.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const LIBRARY = ['lib/index.ts', 'lib/matchers/jest.ts', 'lib/matchers/jest-globals.ts', 'lib/matchers/vitest.ts'];
const TEST_RUNNERS = ['@jest/globals', 'vitest'];

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  entryNames: '[name]',
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  external: TEST_RUNNERS,
  metafile: true,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  define: { HEADGATE_VERSION: JSON.stringify(version) },
};
const results = await Promise.all([
  build({ ...common, entryPoints: ['lib/cli/main.ts'], outdir: undefined, outfile: 'dist/cli.js', format: 'cjs' }),
  build({ ...common, entryPoints: LIBRARY, format: 'cjs' }),
  build({ ...common, entryPoints: LIBRARY, format: 'esm', outExtension: { '.js': '.mjs' } }),
]);
writeLicences(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
writeTypes();
copyFileSync(join(root, '..', '..', 'docs', 'facts.md'), join(root, 'dist', 'facts.md'));

/** Every bundled package with its licence text, as each of these licences asks for. */
function writeLicences(inputs) {
  const folders = new Set(inputs.flatMap((input) => packageFolder(join(root, input)) ?? []));
  const sections = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file: it can't be bundled.`);
    return { name, text: `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n` };
  });
  sections.sort((a, b) => a.name.localeCompare(b.name));
  const head = 'The files in this folder contain the packages below, under their own licences.\n';
  const rule = `\n${'-'.repeat(80)}\n\n`;
  writeFileSync(join(root, 'dist', 'THIRD-PARTY-LICENSES.txt'), [head, ...sections.map(({ text }) => text)].join(rule));
}

/** The folder of the package that a file in a node_modules belongs to. */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

/** One tree of declarations for CommonJS, and for each entry a file that re-exports it for ECMAScript modules. */
function writeTypes() {
  const types = join(root, 'dist', 'types');
  rmSync(types, { recursive: true, force: true });
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  execFileSync(process.execPath, [join(dirname(typescript), 'bin', 'tsc'), '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  for (const entry of LIBRARY) {
    const name = basename(entry, '.ts');
    const tree = `./types/${entry.replace(/^lib\//, '').replace(/\.ts$/, '')}`;
    for (const [file, from] of [
      [`${name}.d.ts`, tree],
      [`${name}.d.mts`, `${tree}.js`],
    ]) {
      writeFileSync(join(root, 'dist', file), `export * from '${from}';\n`);
    }
  }
}
