import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aside } from '../../bin/report/aside';
import { PLAIN } from '../../bin/report/render';
import { run } from '../../bin/start';

/** What the stand-in for an app does with the folder that it is told to write to. */
const APPS = {
  fine: 'write({ pluginReports: [] })',
  crashing: "write({ pluginReports: [] }); console.error('Error: no such Region'); process.exit(3)",
  complaining: `write({ pluginReports: [{ pluginName: 'Rules', conclusion: 'success', violations: [
    { ruleName: 'Rules-R1', description: 'Too open.', severity: 'warning', violatingConstructs: [{ constructPath: 'Shop/Door' }] }] }] })`,
  unvalidated: 'write(undefined)',
  silent: '',
  huge: "write({ pluginReports: [] }, 'x'.repeat(1048577))",
  slow: `write({ pluginReports: [] }); setTimeout(() => {}, 60000);
    process.on('SIGTERM', () => { fs.writeFileSync('stopped', ''); process.exit() }); fs.writeFileSync('running', '')`,
};

const PREAMBLE = `const fs = require('fs'); const out = process.env.CDK_OUTDIR;
const write = (report, description = '') => {
  fs.mkdirSync(out, { recursive: true });
  const artifact = { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/eu-west-1',
    properties: { templateFile: 'Shop.template.json' }, displayName: 'Shop' };
  fs.writeFileSync(out + '/manifest.json', JSON.stringify({ artifacts: { Shop: artifact } }));
  fs.writeFileSync(out + '/Shop.template.json', JSON.stringify({ Description: description, Resources: {} }));
  fs.writeFileSync(out + '/env.json', JSON.stringify({ validation: process.env.CDK_VALIDATION ?? 'on', context: process.env.CDK_CONTEXT_JSON }));
  if (report) fs.writeFileSync(out + '/validation-report.json', JSON.stringify(report));
};
`;

describe('npm start', () => {
  let root: string;
  let out: string;
  let err: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'start-'));
    writeFileSync(join(root, 'package.json'), JSON.stringify({ scripts: { 'build:constructs': 'node -e 0' } }));
    mkdirSync(join(root, 'cdk.out', 'asset.1'), { recursive: true });
    writeFileSync(join(root, 'cdk.out', 'manifest.json'), 'the old one\n');
    writeFileSync(join(root, 'cdk.out', 'asset.1', 'index.js'), Buffer.from([0, 255, 10]));
    [out, err] = ['', ''];
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function start(app: keyof typeof APPS, argv: string[] = [], abort?: AbortSignal): Promise<number> {
    writeFileSync(join(root, 'app.js'), PREAMBLE + APPS[app]);
    writeFileSync(join(root, 'cdk.json'), JSON.stringify({ app: 'node app.js', context: { a: 1 } }));
    return run(argv, { root, out: (text) => (out += text), err: (text) => (err += text), paint: PLAIN, abort });
  }

  function expectOldAssembly(): void {
    expect(readdirSync(join(root, 'cdk.out')).sort()).toEqual(['asset.1', 'manifest.json']);
    expect(readFileSync(join(root, 'cdk.out', 'manifest.json'), 'utf8')).toBe('the old one\n');
    expect([...readFileSync(join(root, 'cdk.out', 'asset.1', 'index.js'))]).toEqual([0, 255, 10]);
    expectNothingAside();
  }

  function expectNothingAside(): void {
    expect(readdirSync(root).filter((name) => name.startsWith('.cdk.out'))).toEqual([]);
  }

  test('puts the new assembly in the place of the old one and says what it made', async () => {
    expect(await start('fine', ['-c', 'domain=shop.org'])).toBe(0);
    expect(readdirSync(join(root, 'cdk.out')).sort()).toEqual([
      'Shop.template.json',
      'env.json',
      'manifest.json',
      'validation-report.json',
    ]);
    expectNothingAside();
    expect(
      out
        .replace(/\d+\.\d s/g, 'N s')
        .split('\n')
        .slice(0, 6),
    ).toEqual([
      '[1/5] Building … N s',
      '[2/5] Synthesizing and validating … N s',
      '[3/5] Judging what the validators found … N s',
      '[4/5] Replacing the cloud assembly … N s',
      '[5/5] Reading the road … N s',
      '',
    ]);
    expect(out).toContain('\nWhere requests go\n\n  no name in DNS leads anywhere');
    expect(out).toContain('npx cdk deploy --all -c account=… -c domain=shop.org -c hostedZoneId=…');
    expect(err).toBe('');
  });

  test('gives the app its context, and validates whatever the environment says', async () => {
    expect(process.env.CDK_VALIDATION).toBe('false');
    await start('fine', ['-c', 'domain=shop.org']);
    const { validation, context } = JSON.parse(readFileSync(join(root, 'cdk.out', 'env.json'), 'utf8'));
    expect(validation).toBe('on');
    expect(JSON.parse(context)).toMatchObject({ a: 1, domain: 'shop.org', 'aws:cdk:enable-path-metadata': true });
  });

  test('makes the first assembly where there was none', async () => {
    rmSync(join(root, 'cdk.out'), { recursive: true });
    expect(await start('fine')).toBe(0);
    expect(existsSync(join(root, 'cdk.out', 'manifest.json'))).toBe(true);
  });

  test.each([
    ['crashing', ['Error: no such Region', "'node app.js' ended with code 3."]],
    ['complaining', ['Validation found 1 open problem:', 'warning: Too open. (Rules, R1)', 'Shop/Door']],
    ['unvalidated', ['The app wrote no validation-report.json: no validator ran.']],
    ['silent', ["'node app.js' wrote no cloud assembly"]],
    ['huge', ["bytes, over CloudFormation's 1,048,576"]],
  ] as const)('fails when the app is %s, and leaves the old assembly byte for byte', async (app, texts) => {
    expect(await start(app)).toBe(1);
    for (const text of texts) expect(err).toContain(text);
    expect(err).toContain('Failed: the previous cloud assembly is as it was.');
    expectOldAssembly();
  });

  test('fails when the build does, before the app is run', async () => {
    writeFileSync(
      join(root, 'package.json'),
      JSON.stringify({ scripts: { 'build:constructs': 'echo broken code && exit 1' } }),
    );
    expect(await start('fine')).toBe(1);
    expect(out).toMatch(/^\[1\/5\] Building … failed after \d+\.\d s\n$/);
    expect(err).toContain('broken code');
    expectOldAssembly();
  });

  test.each([[['--nope']], [['extra']], [['-c', 'domain']]])('ends with 2 and the usage for %j', async (argv) => {
    expect(await start('fine', argv)).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('Usage: npm start');
    expectOldAssembly();
  });

  test('shows its usage when asked for help', async () => {
    expect(await start('fine', ['--help'])).toBe(0);
    expect(out).toContain('Usage: npm start');
    expectOldAssembly();
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('stops the app and cleans up on %s', async (signal, code) => {
    const controller = new AbortController();
    const ended = start('slow', [], controller.signal);
    await appearing(join(root, 'running'));
    controller.abort(signal);
    expect(await ended).toBe(code);
    expect(existsSync(join(root, 'stopped'))).toBe(true);
    expect(err).toContain('Interrupted: the previous cloud assembly is as it was.');
    expectOldAssembly();
  });

  test('restores the old assembly when the new one cannot take its place', () => {
    const aside = new Aside(root, join(root, 'cdk.out'));
    expect(() => aside.swap()).toThrow('ENOENT');
    aside.remove();
    expectOldAssembly();
  });

  test('keeps two runs apart', () => {
    const [one, other] = [new Aside(root, join(root, 'cdk.out')), new Aside(root, join(root, 'cdk.out'))];
    expect(one.fresh).not.toBe(other.fresh);
    one.remove();
    other.remove();
  });
});

/** Waits until another process has written a file. */
async function appearing(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setImmediate(resolve));
}
