import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageOf, releases } from './releases';

const ROOT = join(__dirname, '..', '..');
const ALLOWED = join(__dirname, 'allowed-api-changes.txt');
const JSII_DIFF = join(ROOT, 'node_modules', 'jsii-diff', 'bin', 'jsii-diff');

/** What jsii says of the way from one API to another: every change that would break somebody's program. */
function compare(from: string, to: string): { breaks: boolean; text: string } {
  const args = [JSII_DIFF, from, to, '--error-on', 'all', '--ignore-file', ALLOWED];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  return { breaks: status !== 0, text: stdout + stderr };
}

test.each(releases())('nothing of the API of %s is broken, but for what is allowed with a reason', (version) => {
  expect(compare(packageOf(version), ROOT)).toEqual({ breaks: false, text: '' });
});

test('a method that is gone is noticed', () => {
  const version = releases()[0]!;
  // Inside of the project, where the assemblies of its dependencies are found.
  const copy = mkdtempSync(join(ROOT, 'node_modules', '.headgate-api-'));
  try {
    cpSync(packageOf(version), copy, { recursive: true });
    const assembly = JSON.parse(gunzipSync(readFileSync(join(copy, '.jsii.gz'))).toString('utf8'));
    const service = assembly.types['cdk-headgate.patterns.GlobalService'];
    service.methods = service.methods.filter(({ name }: { name: string }) => name !== 'addRegion');
    rmSync(join(copy, '.jsii.gz'));
    writeFileSync(join(copy, '.jsii'), JSON.stringify(assembly));
    const { breaks, text } = compare(packageOf(version), copy);
    expect(breaks).toBe(true);
    expect(text).toMatch(/cdk-headgate\.patterns\.GlobalService\.addRegion/);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('each allowed change has a reason above it', () => {
  const lines = readFileSync(ALLOWED, 'utf8').trim().split('\n');
  const bare = lines.filter((line, index) => !line.startsWith('#') && !lines[index - 1]?.startsWith('#'));
  expect(bare).toEqual([]);
});
