import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../support/project';
import { ROOT } from '../support/readme';

const HEADGATE = join(ROOT, 'packages', 'headgate', 'bin', 'headgate.js');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The commands of the README that ask about the reference app, each with the output that is shown under it. */
const documented = [...readme.matchAll(/^```sh\n(npx headgate .+)\n```\n\n```text\n([\s\S]*?)\n```$/gm)].map(
  ([, command, shown]) => [command!, shown!] as const,
);

const assembly = synthesize();
afterAll(() => rmSync(assembly, { recursive: true }));

test('the README shows how to explain a request, and how to check cases', () => {
  expect(documented.map(([command]) => command.split(' ')[2])).toEqual(['explain', 'check']);
});

test.each(documented)('%s says what is shown', (command, shown) => {
  const args = command.replace('cdk.out', assembly).split(' ').slice(2);
  const { status, stdout, stderr } = spawnSync(process.execPath, [HEADGATE, ...args], { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(`\n${stdout}`).toContain(`\n${shown}\n`);
  expect(status).toBe(0);
});
