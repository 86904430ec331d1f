import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { type Graph, graphOf, importsOf, isRelative, packageOf, target } from './support/imports';

const ROOT = join(__dirname, '..');
const LAYERS = [
  'core',
  'waf',
  'balancing',
  'fleet',
  'discovery',
  'proxy',
  'edge',
  'health',
  'dns',
  'failover',
  'observability',
  'patterns',
];
const PACKAGES = ['aws-cdk-lib', 'constructs'];

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The layer of a file under lib/; undefined for the root barrel. */
function layerOf(path: string): string | undefined {
  const [folder, layer, ...rest] = path.split('/');
  return folder === 'lib' && (rest.length > 0 || LAYERS.includes(layer!)) ? layer : undefined;
}

/** What is wrong with the imports of one file under lib/. */
function faultsOfLib(file: string, specifiers: string[]): string[] {
  const here = layerOf(file);
  return specifiers.flatMap((specifier) => {
    if (!isRelative(specifier)) {
      return PACKAGES.includes(packageOf(specifier)) || isBuiltin(specifier) ? [] : [`${file} needs ${specifier}`];
    }
    const path = target(file, specifier);
    if (path !== 'lib' && !path.startsWith('lib/')) return [`${file} leaves lib/ for ${path}`];
    if (here === undefined) return [];
    const there = layerOf(path);
    if (there === undefined) return [`${file} imports the barrel of all layers`];
    return LAYERS.indexOf(there) <= LAYERS.indexOf(here) ? [] : [`${file} points from ${here} to ${there}`];
  });
}

/** What is wrong with the layers as a whole. */
function faultsOf(graph: Graph): string[] {
  const layers = Object.keys(graph).flatMap((file) => layerOf(file) ?? []);
  const strangers = [...new Set(layers)].filter((layer) => !LAYERS.includes(layer));
  return [
    ...strangers.map((layer) => `lib/${layer} is no layer`),
    ...Object.entries(graph).flatMap(([file, specifiers]) => faultsOfLib(file, specifiers)),
  ];
}

/** What keeps a `decide.ts`, and all that it imports, from being pure. */
function impurities(graph: Graph, file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return (graph[file] ?? []).flatMap((specifier) => {
    if (!isRelative(specifier)) return [`${file} needs ${specifier}`];
    const path = target(file, specifier);
    if (!path.startsWith('lambda/')) return [`${file} leaves lambda/ for ${path}`];
    const next = [`${path}.ts`, `${path}/index.ts`].find((candidate) => candidate in graph);
    return next === undefined ? [`${file} imports ${path}, which is not there`] : impurities(graph, next, seen);
  });
}

/** Clocks, chance, timers and the outside world, which a decision gets as arguments (rule 13 of the style). */
const IMPURE_GLOBALS =
  /\bnew Date\(\s*\)|\b(Date\.now|Math\.random|setTimeout|setInterval|performance|process|fetch|console)\b/;

const lib = graphOf('lib');
const lambda = graphOf('lambda');
const decisions = Object.keys(lambda).filter((file) => posix.basename(file) === 'decide.ts');

describe('the tree', () => {
  test('has files to look at, and imports in them', () => {
    expect(Object.keys(lib).length).toBeGreaterThan(50);
    expect(Object.values(lib).flat().filter(isRelative).length).toBeGreaterThan(100);
    expect(decisions).not.toEqual([]);
  });

  test('points leftwards only, needs the CDK, constructs and Node alone, and never leaves lib/', () => {
    expect(faultsOf(lib)).toEqual([]);
  });

  test('every relative import of lib/ and lambda/ leads to a file', () => {
    const dangling = Object.entries({ ...lib, ...lambda }).flatMap(([file, specifiers]) =>
      specifiers
        .filter(isRelative)
        .map((specifier) => target(file, specifier))
        .filter((path) => ![`${path}.ts`, `${path}/index.ts`].some((one) => existsSync(join(ROOT, one))))
        .map((path) => `${file} → ${path}`),
    );
    expect(dangling).toEqual([]);
  });

  test('the root barrel names layers and nothing else', () => {
    const layers = lib['lib/index.ts']!.map((specifier) => specifier.replace('./', ''));
    expect(layers.filter((layer) => !LAYERS.includes(layer))).toEqual([]);
    const folders = new Set(Object.keys(lib).flatMap((file) => layerOf(file) ?? []));
    expect([...layers].sort()).toEqual([...folders].sort());
  });

  test.each(decisions)('%s and what it imports are pure', (file) => {
    expect(impurities(lambda, file)).toEqual([]);
    const reached = new Set<string>();
    impurities(lambda, file, reached);
    for (const one of reached) {
      expect(withoutComments(readFileSync(join(ROOT, one), 'utf8'))).not.toMatch(IMPURE_GLOBALS);
    }
  });

  test('handlers and the library do not import one another', () => {
    const strays = Object.entries(lambda).flatMap(([file, specifiers]) =>
      specifiers
        .filter((one) => isRelative(one) && !target(file, one).startsWith('lambda/'))
        .map((one) => `${file} → ${one}`),
    );
    expect(strays).toEqual([]);
  });
});

describe('a planted fault is caught', () => {
  test.each<[string, string, string, string[]]>([
    ['an arrow to the right', 'lib/core/a.ts', '../waf', ['lib/core/a.ts points from core to waf']],
    ['an arrow to the far right', 'lib/edge/a.ts', '../patterns/b', ['lib/edge/a.ts points from edge to patterns']],
    [
      'an arrow to the right from a private file',
      'lib/health/private/a.ts',
      '../../dns',
      ['lib/health/private/a.ts points from health to dns'],
    ],
    [
      'an arrow to the right between neighbours',
      'lib/edge/a.ts',
      '../health',
      ['lib/edge/a.ts points from edge to health'],
    ],
    ['an import of the root barrel', 'lib/dns/a.ts', '..', ['lib/dns/a.ts imports the barrel of all layers']],
    [
      'an import of the root barrel by name',
      'lib/dns/a.ts',
      '../index',
      ['lib/dns/a.ts imports the barrel of all layers'],
    ],
    ['another package', 'lib/core/a.ts', 'cdk-nag', ['lib/core/a.ts needs cdk-nag']],
    ['another package with a scope', 'lib/core/a.ts', '@aws-sdk/client-s3', ['lib/core/a.ts needs @aws-sdk/client-s3']],
    [
      'a package whose name begins alike',
      'lib/core/a.ts',
      'aws-cdk-lib-extras/x',
      ['lib/core/a.ts needs aws-cdk-lib-extras/x'],
    ],
    [
      'lambda/',
      'lib/health/a.ts',
      '../../lambda/health-monitor/types',
      ['lib/health/a.ts leaves lib/ for lambda/health-monitor/types'],
    ],
    ['bin/', 'lib/core/a.ts', '../../bin/shop', ['lib/core/a.ts leaves lib/ for bin/shop']],
    ['test/', 'lib/core/a.ts', '../../test/support/shop', ['lib/core/a.ts leaves lib/ for test/support/shop']],
    [
      'packages/',
      'lib/core/a.ts',
      '../../packages/headgate/lib',
      ['lib/core/a.ts leaves lib/ for packages/headgate/lib'],
    ],
    ['the root', 'lib/index.ts', '../package.json', ['lib/index.ts leaves lib/ for package.json']],
    [
      'a folder that is no layer',
      'lib/utils/a.ts',
      '../core',
      ['lib/utils is no layer', 'lib/utils/a.ts points from utils to core'],
    ],
  ])('%s', (_, file, specifier, faults) => {
    expect(faultsOf({ [file]: [specifier] })).toEqual(faults);
  });

  test.each<[string, string, string]>([
    ['an arrow to the left', 'lib/patterns/a.ts', '../core/errors'],
    ['an arrow inside a layer', 'lib/dns/a.ts', './private/b'],
    ['an arrow from private to its own layer', 'lib/waf/private/a.ts', '../rate-limit'],
    ['the barrel naming a layer', 'lib/index.ts', './core'],
    ['a part of the CDK', 'lib/core/a.ts', 'aws-cdk-lib/aws-s3'],
    ['constructs', 'lib/core/a.ts', 'constructs'],
    ['a builtin of Node', 'lib/core/a.ts', 'node:fs/promises'],
  ])('and %s is not', (_, file, specifier) => {
    expect(faultsOf({ [file]: [specifier] })).toEqual([]);
  });

  const decide = 'lambda/monitor/decide.ts';

  test.each<[string, Graph, string]>([
    ['a decision that needs Node', { [decide]: ['node:fs'] }, `${decide} needs node:fs`],
    ['a decision that needs the SDK', { [decide]: ['@aws-sdk/client-s3'] }, `${decide} needs @aws-sdk/client-s3`],
    ['a decision that needs the CDK', { [decide]: ['aws-cdk-lib'] }, `${decide} needs aws-cdk-lib`],
    [
      'a decision whose import needs Node',
      { [decide]: ['./types', './probe'], 'lambda/monitor/types.ts': [], 'lambda/monitor/probe.ts': ['node:https'] },
      'lambda/monitor/probe.ts needs node:https',
    ],
    [
      'a decision whose shared import needs Node',
      { [decide]: ['../shared'], 'lambda/shared/index.ts': ['./clock'], 'lambda/shared/clock.ts': ['node:timers'] },
      'lambda/shared/clock.ts needs node:timers',
    ],
    [
      'a decision that leaves lambda/',
      { [decide]: ['../../lib/core/errors'] },
      `${decide} leaves lambda/ for lib/core/errors`,
    ],
    [
      'a decision that imports what is not there',
      { [decide]: ['./gone'] },
      `${decide} imports lambda/monitor/gone, which is not there`,
    ],
  ])('%s', (_, graph, fault) => {
    expect(impurities(graph, decide)).toEqual([fault]);
  });

  test('and a pure decision is not, even in a circle', () => {
    const graph = { [decide]: ['./types'], 'lambda/monitor/types.ts': ['./decide'] };
    expect(impurities(graph, decide)).toEqual([]);
  });

  test.each(['Date.now()', 'new Date()', 'Math.random()', 'setTimeout(next, 1)', 'process.env.X', 'await fetch(url)'])(
    'a decision that uses %s',
    (code) => {
      expect(code).toMatch(IMPURE_GLOBALS);
    },
  );
});

describe('imports are read however they are written', () => {
  test.each([
    ["import { a } from './a';", ['./a']],
    ["import type { A } from '../a';", ['../a']],
    ["import * as a from 'a/b';", ['a/b']],
    ["import './a';", ['./a']],
    ["import {\n  a,\n  type B,\n} from './a';", ['./a']],
    ["export * from './a';", ['./a']],
    ["export * as waf from './waf';", ['./waf']],
    ['import a from "./a";', ['./a']],
    ["const a = require('./a');", ['./a']],
    ["const a = await import('./a');", ['./a']],
    ["let a: import('./a').A;", ['./a']],
    ["import a = require('./a');", ['./a']],
    ["// import { a } from './a';", []],
    ["/**\n * import { a } from './a';\n */", []],
    ["import { a } from './a'; import b from 'b';", ['./a', 'b']],
  ])('%j', (source, specifiers) => {
    expect(importsOf(source)).toEqual(specifiers);
  });
});
