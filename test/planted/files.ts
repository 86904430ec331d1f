import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './table';

/** The test files and patches under a project's test/. */
export function readFiles(project: string): Files {
  const folder = join(project, 'test');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const patches = names.filter((name) => name.startsWith('planted/faults/') && name.endsWith('.patch'));
  return {
    tests: names.filter((name) => name.endsWith('.test.ts')),
    patches: Object.fromEntries(patches.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  };
}
