import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'headgate-'));
const program = join(folder, 'cli.js');

beforeAll(() => {
  buildSync({
    entryPoints: [join(__dirname, '..', '..', 'lib', 'cli', 'main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    outfile: program,
    logLevel: 'error',
  });
  const Lb = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
  writeFileSync(join(folder, 'shop.json'), JSON.stringify({ Resources: { Lb } }));
  const cases = Array.from({ length: 2_000 }, (_, index) => ({
    name: `case ${index} ${'with a long name '.repeat(10)}`,
    request: { url: 'http://a.example/' },
    expect: [{ destination: 'Lb', status: 299 }],
  }));
  writeFileSync(join(folder, 'cases.json'), JSON.stringify({ cases }));
});

afterAll(() => rmSync(folder, { recursive: true }));

const start = (command: string) => {
  const env = { ...process.env, PROGRAM: program, NODE: process.execPath };
  return spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
};

test('the program writes to standard output and exits with 0', () => {
  const { status, stdout, stderr } = start('"$NODE" "$PROGRAM" --help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: headgate/);
});

test('the program writes errors to standard error and exits with 2', () => {
  const { status, stdout, stderr } = start('"$NODE" "$PROGRAM" frob');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^headgate: 'frob' isn't a command/);
});

test('the program is quiet and keeps its exit code where its reader has left', () => {
  const { stderr } = start('("$NODE" "$PROGRAM" check shop.json --cases cases.json; echo "exit $?" >&2) | true');
  expect(stderr).toBe('exit 1\n');
});
