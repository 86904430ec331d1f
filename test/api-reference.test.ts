import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './support/readme';

test('API.md is what `npm run docs:api` makes of the API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-api-'));
  try {
    const file = join(folder, 'API.md');
    const docgen = join(ROOT, 'node_modules', 'jsii-docgen', 'bin', 'jsii-docgen');
    spawnSync(process.execPath, [docgen, '--output', file], { cwd: ROOT });
    const [expected, actual] = [file, join(ROOT, 'API.md')].map((path) => readFileSync(path, 'utf8').split('\n'));
    // The first line that differs, in place of two pages of a thousand screens.
    const index = expected!.findIndex((line, at) => line !== actual![at]);
    expect({ line: index + 1, text: actual![index] }).toEqual({ line: index + 1, text: expected![index] });
    expect(actual).toHaveLength(expected!.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
