import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, ROOT } from '../support/readme';
import { synthesizeAsDocumented } from './synthesized';

const { example } = synthesizeAsDocumented('snapshot-tests');
const testCommand = example.commands[1]!;

test('keeps the hashes of assets out as the README of the project says', () => {
  const block = codeBlocks('README.md', 'js').find(({ code }) => code.includes('addSnapshotSerializer'));
  expect(readFileSync(join(ROOT, 'examples/snapshot-tests/assets.ts'), 'utf8')).toBe(block!.code);
});

test('its own tests pass, by the command of its README', () => {
  expect(example.commands).toHaveLength(3);
  const { status, output } = example.run(testCommand);
  expect(output).toMatch(/Tests: +1 passed, 1 total/);
  expect(output).toMatch(/Snapshots: +1 passed, 1 total/);
  expect(status).toBe(0);
});

test('its snapshot fails when a weight is changed, and says so in the words of its README', () => {
  const file = join(example.root, 'examples/snapshot-tests/shop.ts');
  const source = readFileSync(file, 'utf8');
  const [, before, after] = /Change `(.+?)` to `(.+?)`/.exec(example.readme)!;
  const [, diff] = /^```diff\n([\s\S]*?)^```$/m.exec(example.readme)!;
  expect(source).toContain(before);
  writeFileSync(file, source.replace(before!, after!));
  try {
    const { status, output } = example.run(testCommand);
    const changed = output
      .split('\n')
      .map((line) => line.replace(/^ {4}/, ''))
      .filter((line) => /^[-+] {4}/.test(line));
    expect(`${changed.join('\n')}\n`).toBe(diff);
    expect(output).toMatch(/Snapshots: +1 failed, 1 total/);
    expect(status).toBe(1);
  } finally {
    writeFileSync(file, source);
  }
});
