import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/readme';
import { EXAMPLES, FILES } from './folders';

test('the index of the examples links each of them once, and stands there alone', () => {
  const index = readFileSync(join(ROOT, 'examples', 'README.md'), 'utf8');
  const rows = [...index.matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\/README\.md\) \| .+ \|$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual([...EXAMPLES].sort());
  expect(rows.map(([, , link]) => link)).toEqual(rows.map(([, name]) => name));
  expect(FILES).toEqual(['README.md']);
});

test('the README of the project leads to every example', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(EXAMPLES.filter((name) => !readme.includes(`(examples/${name}/README.md)`))).toEqual([]);
});

test.each(EXAMPLES)('the example %s is an app with a README, and has tests', (name) => {
  for (const file of [`examples/${name}/app.ts`, `examples/${name}/README.md`, `test/examples/${name}.test.ts`]) {
    expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
  }
});

test.each(EXAMPLES)('the README of %s says how it is deployed, and what the import is in another app', (name) => {
  const readme = readFileSync(join(ROOT, 'examples', name, 'README.md'), 'utf8');
  expect(readme).toMatch(/npx cdk deploy/);
  expect(readme).toMatch(/`'..\/..\/lib'`\s+is\s+`'cdk-headgate'`/);
});
