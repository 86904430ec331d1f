// Writes the declarations of the package. A consumer's compiler checks them without what is bundled, so they may name no other package.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The packages that the declarations may name: those of the test runners, where their matchers are declared. */
const RUNNERS = ['expect', 'vitest'];

/**
 * One tree of declarations in dist/types, and for each entry a file for CommonJS and one for ECMAScript modules.
 *
 * @param entries what is imported as `name`, and its source under lib/, without extensions
 */
export function writeTypes(root, entries) {
  const dist = join(root, 'dist');
  const types = join(dist, 'types');
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  keepReached(
    types,
    entries.map(({ source }) => join(types, `${source}.d.ts`)),
  );
  for (const { name, source } of entries) {
    writeFileSync(join(dist, `${name}.d.ts`), entryOf(types, source, ''));
    writeFileSync(join(dist, `${name}.d.mts`), entryOf(types, source, '.js'));
    rmSync(join(types, `${source}.d.ts`));
  }
}

/**
 * The declarations of an entry, with its own imports led into the tree. What it adds to the module of a test runner has to stand in the
 * entry itself: the runner may have other declarations for each module system, and the entry's name says which are meant.
 */
function entryOf(types, source, extension) {
  const folder = dirname(source);
  return readFileSync(join(types, `${source}.d.ts`), 'utf8').replace(
    /(\bfrom|\bimport) '(\.[^']+)'/g,
    (_, keyword, name) => {
      const path = declarationOf(join(types, folder, name)).slice(types.length + 1, -'.d.ts'.length);
      return `${keyword} './types/${path.replaceAll('\\', '/')}${extension}'`;
    },
  );
}

/** Removes the declarations that no entry leads to. */
function keepReached(types, entries) {
  const reached = new Set();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import|module|import\() ?'([^']+)'/g)) {
      if (name.startsWith('.')) open.push(declarationOf(join(dirname(file), name)));
      else if (!RUNNERS.includes(name)) throw new Error(`${file} names the types of ${name}, which users don't have.`);
    }
  }
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(path)) rmSync(path);
  }
  removeEmpty(types);
}

function declarationOf(path) {
  return [`${path}.d.ts`, join(path, 'index.d.ts')].find((file) => existsSync(file)) ?? `${path}.d.ts`;
}

function removeEmpty(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
