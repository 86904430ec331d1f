import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './table';

/** Folders with tests that rows name. */
const TESTS = ['test', 'packages/headgate/test'];

/** A project's test files, and the patches under its test/. */
export function readFiles(project: string): Files {
  const patches = filesIn(project, 'test/planted/faults', '.patch').map((path) => path.slice('test/'.length));
  return {
    tests: TESTS.flatMap((folder) => filesIn(project, folder, '.test.ts')),
    patches: Object.fromEntries(patches.map((name) => [name, readFileSync(join(project, 'test', name), 'utf8')])),
  };
}

function filesIn(project: string, folder: string, ending: string): string[] {
  const names = readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}
