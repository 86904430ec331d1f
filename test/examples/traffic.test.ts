import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Coverage, elementsOf, judgeCases, readCases, Traffic } from 'headgate';
import { buildShop } from '../../bin/shop';
import { ROOT } from '../support/readme';
import { appOf } from './app-of';
import { EXAMPLES } from './folders';

/**
 * What no request can reach, since what stands before it takes every path: the default action of a listener whose last rule is for all of them,
 * and the default behavior after one for all of them. AWS demands both nevertheless.
 */
const OUT_OF_REACH: Readonly<Record<string, readonly string[]>> = {
  'another-team': ['Shop/ShopListener99F5E5FF default'],
  'bring-your-own': ['Services/ShopListener99F5E5FF default'],
  'edge-alone': ['Edge/EdgeDistribution0060737B default'],
  'single-region': ['Shop/ShopListener99F5E5FF default'],
  'snapshot-tests': ['Shop/ShopListener99F5E5FF default'],
  'two-accounts': [
    'Test-Shop-eu-west-1/ShopListener99F5E5FF default',
    'Prod-Shop-eu-west-1/ShopListener99F5E5FF default',
    'Prod-Shop-us-east-1/ShopListener99F5E5FF default',
  ],
  'the reference app': ['Shop-us-east-1/ShopListener99F5E5FF default', 'Shop-eu-west-1/ShopListener99F5E5FF default'],
};

function referenceApp(): App {
  const app = new App();
  buildShop(app, { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' });
  return app;
}

/** The traffic of an app; nothing of the app is left. */
function trafficOf(app: App): Traffic {
  try {
    return Traffic.fromAssembly(app.synth());
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
}

test('every example has cases', () => {
  expect(EXAMPLES.filter((name) => !existsSync(join(ROOT, 'examples', name, 'traffic.yaml')))).toEqual([]);
  expect(Object.keys(OUT_OF_REACH).sort()).toEqual([...EXAMPLES, 'the reference app'].sort());
});

describe.each([
  ...EXAMPLES.map((name) => [name, () => appOf(name), join('examples', name, 'traffic.yaml')] as const),
  ['the reference app', referenceApp, join('bin', 'traffic.yaml')] as const,
])('%s', (name, make, file) => {
  const traffic = trafficOf(make());
  const cases = readCases(join(ROOT, file));
  const verdicts = [...judgeCases(cases, traffic)];

  test.each(verdicts.map((verdict) => [verdict.name, verdict] as const))('%s', (_, { failures }) => {
    expect(failures).toEqual([]);
  });

  test('the cases reach every rule, behavior and record that a request can reach', () => {
    const coverage = new Coverage(elementsOf(traffic.templates));
    for (const { answer } of verdicts) coverage.add(answer);
    const { rules, behaviors, records } = coverage.report();
    const unreached = [rules, behaviors, records].flatMap((kind) => kind.unreached.map(({ key }) => key));
    expect(unreached.sort()).toEqual([...OUT_OF_REACH[name]!].sort());
    expect(rules.reached + behaviors.reached + records.reached).toBeGreaterThan(1);
  });
});
