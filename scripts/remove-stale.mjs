// Removes from dist/lib what the compiler made of sources that are gone: it would be published.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'dist', 'lib');
const files = existsSync(compiled) ? readdirSync(compiled, { recursive: true }) : [];
for (const file of files) {
  const [, stem] = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(file) ?? [];
  if (stem !== undefined && !existsSync(join(root, 'lib', `${stem}.ts`))) rmSync(join(compiled, file));
}
