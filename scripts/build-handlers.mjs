// Bundles each handler, lambda/<name>/index.ts, to dist/handlers/<name>/index.js: the folder that its Lambda function's code is taken from.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const handlers = readdirSync(join(root, 'lambda')).filter((name) => existsSync(join(root, 'lambda', name, 'index.ts')));

// Only what no longer has a source goes first: a test that reads a bundle while another process builds still finds it.
const bundles = join(root, 'dist', 'handlers');
mkdirSync(bundles, { recursive: true });
for (const name of readdirSync(bundles)) {
  if (!handlers.includes(name)) rmSync(join(bundles, name), { recursive: true });
}
for (const name of handlers) {
  await build({
    entryPoints: [join(root, 'lambda', name, 'index.ts')],
    outfile: join(bundles, name, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'eof',
    external: ['@aws-sdk/*'],
    absWorkingDir: root,
    logLevel: 'warning',
  });
}
