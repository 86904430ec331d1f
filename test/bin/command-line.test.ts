import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, readSettings, UsageError } from '../../bin/report/command-line';

describe('arguments', () => {
  test.each([
    [[], {}],
    [['-c', 'domain=shop.org'], { domain: 'shop.org' }],
    [['--context', 'domain=b=c', '-c', 'account='], { domain: 'b=c', account: '' }],
    [['--context=domain=1', '-c', 'domain=2'], { domain: '2' }],
    [['-c', '@aws-cdk/core:some=true'], { '@aws-cdk/core:some': 'true' }],
  ])('%j give the context %j', (argv, context) => {
    expect(readArguments(argv)).toEqual({ help: false, context });
  });

  test.each([
    [['--verbose'], "Unknown option '--verbose'"],
    [['deploy'], "Unexpected argument 'deploy'"],
    [['-c'], "'-c, --context <value>' argument missing"],
    [['-c', 'dommain=a.org'], "'dommain' must be one of account, domain, hostedZoneId, deletionProtection"],
    [['-c', 'domain'], "'domain' must be KEY=VALUE, such as -c domain=shop.org"],
    [['-c', '=x'], "'=x' must be KEY=VALUE"],
    [['-c', 'aws:cdk:x=1'], "'aws:cdk:x' must not begin with 'aws:'"],
  ])('fail when they are %j', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(UsageError);
    expect(() => readArguments(argv)).toThrow(message);
  });
});

describe('the context of the app', () => {
  let root: string;
  const write = (name: string, content: object) => writeFileSync(join(root, name), JSON.stringify(content));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'settings-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  test('comes from the command line before cdk.json, cdk.context.json and the home folder', () => {
    write('.cdk.json', { context: { a: 'home', b: 'home', c: 'home', d: 'home' } });
    write('cdk.context.json', { a: 'looked up', b: 'looked up', c: 'looked up' });
    write('cdk.json', { app: 'run', context: { a: 'project', b: 'project' } });
    expect(readSettings(root, { a: 'given' }, root).context).toMatchObject({
      a: 'given',
      b: 'project',
      c: 'looked up',
      d: 'home',
    });
  });

  test('holds what the CDK CLI says by itself', () => {
    write('cdk.json', { app: 'run', versionReporting: false, pathMetadata: false });
    expect(readSettings(root, {}, root)).toEqual({
      app: 'run',
      output: 'cdk.out',
      context: {
        'aws:cdk:enable-asset-metadata': true,
        'aws:cdk:disable-version-reporting': true,
        'aws:cdk:bundling-stacks': ['**'],
        '@aws-cdk/core:failSynthOnValidationErrors': false,
      },
    });
  });

  test('fails when cdk.json names no app', () => {
    write('cdk.json', {});
    expect(() => readSettings(root, {}, root)).toThrow("cdk.json must say with 'app' how the app is run");
  });
});
