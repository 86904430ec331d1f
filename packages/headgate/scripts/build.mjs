// Bundles the package into dist/: the library and its matchers for both module systems, the command line, their types, the facts that
// traces cite, and the licences of what is bundled.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeTypes } from './types.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
/** What adds the matchers to a test runner, and the runner's package, which is the user's. */
const RUNNERS = { jest: [], 'jest-globals': ['@jest/globals'], vitest: ['vitest'] };
const LICENCES = 'THIRD-PARTY-LICENSES.txt';
const MODULES = [
  { format: 'cjs', extension: '.js' },
  { format: 'esm', extension: '.mjs' },
];

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  metafile: true,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

const results = await Promise.all([
  build({
    ...common,
    entryPoints: ['lib/cli/main.ts'],
    outfile: 'dist/cli.js',
    format: 'cjs',
    // A shorter file is read faster, at each call.
    minifyWhitespace: true,
    minifySyntax: true,
  }),
  ...MODULES.flatMap(({ format, extension }) => [
    build({ ...common, entryPoints: ['lib/index.ts'], outfile: `dist/index${extension}`, format }),
    ...Object.entries(RUNNERS).map(([name, external]) =>
      build({
        ...common,
        entryPoints: [`lib/matchers/${name}.ts`],
        outfile: `dist/${name}${extension}`,
        format,
        external,
        plugins: [fromLibrary(extension)],
      }),
    ),
  ]),
]);
writeLicences(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
writeTypes(root, [
  { name: 'index', source: 'index' },
  ...Object.keys(RUNNERS).map((name) => ({ name, source: `matchers/${name}` })),
]);
copyFileSync(join(root, '..', '..', 'docs', 'facts.md'), join(dist, 'facts.md'));
removeStale();

/** Removes what an older build left: it would be published. What is there stays there meanwhile, for whoever runs it. */
function removeStale() {
  const bundles = results.flatMap(({ metafile }) => Object.keys(metafile.outputs).map((file) => basename(file)));
  const declarations = ['index', ...Object.keys(RUNNERS)].flatMap((name) => [`${name}.d.ts`, `${name}.d.mts`]);
  const kept = [...bundles, ...declarations, 'types', 'facts.md', LICENCES];
  for (const name of readdirSync(dist)) {
    if (!kept.includes(name)) rmSync(join(dist, name), { recursive: true });
  }
}

/**
 * Takes the matchers from the library's bundle. A second copy of them would bring a second copy of every class, and what one of them
 * made would be nothing that the other knows.
 */
function fromLibrary(extension) {
  return {
    name: 'from-library',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/matchers$/ }, () => ({ path: `./index${extension}`, external: true }));
    },
  };
}

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
  writeFileSync(join(dist, LICENCES), [head, ...sections.map(({ text }) => text)].join(rule));
}

/** The folder of the package that a file in a node_modules belongs to. */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}
