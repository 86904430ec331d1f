import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { type Graph, graphOf, isRelative, packageOf, target } from '../../../test/support/imports';
import { devDependencies, peerDependencies } from '../package.json';

const LIB = 'packages/headgate/lib';
const ROOT = join(__dirname, '..', '..', '..');

/** The layers from left to right; what stands in one list doesn't know each other. */
const LAYERS = [
  ['template'],
  ['traffic'],
  ['cases', 'lint', 'diff', 'map', 'rto', 'simulation'],
  ['render'],
  ['matchers', 'plugin', 'cli'],
];
/** Files beside the layers that every layer may import. */
const BELOW = ['errors', 'printable', 'percent', 'near', 'shown'];
/** What is bundled, and the test runners, which are the user's. */
const PACKAGES = [...Object.keys(devDependencies), ...Object.keys(peerDependencies)];

/** The layer of a path under lib/; undefined for what isn't in a folder that is one. */
function layerOf(path: string): string | undefined {
  const name = path.slice(`${LIB}/`.length).split('/')[0];
  return LAYERS.flat().find((layer) => layer === name);
}

const rankOf = (layer: string) => LAYERS.findIndex((layers) => layers.includes(layer));

/** What is wrong with the imports of one file. */
function faultsOf(file: string, specifiers: readonly string[]): string[] {
  const name = file.slice(`${LIB}/`.length).replace(/\.ts$/, '');
  const here = layerOf(file);
  if (name === 'index') return [];
  if (here === undefined && !BELOW.includes(name)) return [`${name} is in no layer`];
  return specifiers.flatMap((specifier) => {
    if (!isRelative(specifier)) {
      const known = isBuiltin(specifier) || PACKAGES.includes(packageOf(specifier));
      return known ? [] : [`${name} needs ${specifier}`];
    }
    const path = target(file, specifier);
    // The version that the command line prints.
    if (path === 'packages/headgate/package.json') return here === 'cli' ? [] : [`${name} reads package.json`];
    if (!path.startsWith(`${LIB}/`)) return [`${name} leaves lib/ for ${path}`];
    const there = layerOf(path);
    if (there === undefined) return BELOW.some((one) => path === `${LIB}/${one}`) ? [] : [`${name} imports ${path}`];
    if (here === undefined) return [`${name} points up to ${there}`];
    const isLeftwards = here === there || rankOf(there) < rankOf(here);
    return isLeftwards ? [] : [`${name} points from ${here} to ${there}`];
  });
}

const graph: Graph = graphOf(LIB);

describe('the tree', () => {
  test('has files to look at, and imports in them', () => {
    expect(Object.keys(graph).length).toBeGreaterThan(100);
    expect(Object.values(graph).flat().filter(isRelative).length).toBeGreaterThan(300);
  });

  test('points leftwards only, needs what is bundled and Node alone, and never leaves lib/', () => {
    expect(Object.entries(graph).flatMap(([file, specifiers]) => faultsOf(file, specifiers))).toEqual([]);
  });

  test('every relative import leads to a file', () => {
    const dangling = Object.entries(graph).flatMap(([file, specifiers]) =>
      specifiers
        .filter(isRelative)
        .map((specifier) => target(file, specifier))
        .filter((path) => !['', '.ts', '/index.ts'].some((end) => existsSync(join(ROOT, `${path}${end}`))))
        .map((path) => `${file} → ${path}`),
    );
    expect(dangling).toEqual([]);
  });
});

describe('a planted fault is caught', () => {
  test.each([
    ['an arrow to the right', 'template/a.ts', '../traffic', 'template/a points from template to traffic'],
    ['an arrow to a neighbour', 'cases/a.ts', '../lint', 'cases/a points from cases to lint'],
    ['the library drawing', 'traffic/hop.ts', '../render/road', 'traffic/hop points from traffic to render'],
    ['the matchers using the command line', 'matchers/a.ts', '../cli/io', 'matchers/a points from matchers to cli'],
    ['an arrow upwards', 'errors.ts', './template', 'errors points up to template'],
    ['the barrel of all layers', 'matchers/a.ts', '../index', `matchers/a imports ${LIB}/index`],
    ['the other package', 'traffic/a.ts', '../../../../lib/core', 'traffic/a leaves lib/ for lib/core'],
    ['a handler', 'traffic/a.ts', '../../../../lambda/shared', 'traffic/a leaves lib/ for lambda/shared'],
    ['the CDK', 'traffic/a.ts', 'aws-cdk-lib/aws-ec2', 'traffic/a needs aws-cdk-lib/aws-ec2'],
    ['a package that only the root has', 'traffic/a.ts', 'fast-check', 'traffic/a needs fast-check'],
    ['a folder that is no layer', 'utils/a.ts', '../errors', 'utils/a is in no layer'],
  ])('%s', (_, file, specifier, fault) => {
    expect(faultsOf(posix.join(LIB, file), [specifier])).toEqual([fault]);
  });

  test.each([
    ['an arrow to the left', 'cli/a.ts', '../template'],
    ['an arrow inside of a layer', 'traffic/dns/a.ts', '../world'],
    ['a bundled package', 'template/a.ts', 'js-yaml'],
    ['a test runner', 'matchers/a.ts', 'vitest'],
    ['a builtin of Node', 'template/a.ts', 'node:fs'],
    ['what stands below all layers', 'cli/a.ts', '../errors'],
  ])('and %s is not', (_, file, specifier) => {
    expect(faultsOf(posix.join(LIB, file), [specifier])).toEqual([]);
  });
});
