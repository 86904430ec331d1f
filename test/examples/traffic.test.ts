import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Coverage, elementsOf, judgeCases, readCases, Traffic } from 'headgate';
import { buildShop } from '../../bin/shop';
import { ROOT } from '../support/readme';
import { appOf } from './app-of';
import { EXAMPLES } from './folders';

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
});

describe.each([
  ...EXAMPLES.map((name) => [name, () => appOf(name), join('examples', name, 'traffic.yaml')] as const),
  ['the reference app', referenceApp, join('bin', 'traffic.yaml')] as const,
])('%s', (_name, make, file) => {
  const traffic = trafficOf(make());
  const cases = readCases(join(ROOT, file));
  const verdicts = [...judgeCases(cases, traffic)];

  test.each(verdicts.map((verdict) => [verdict.name, verdict] as const))('%s', (_, { failures }) => {
    expect(failures).toEqual([]);
  });

  test('the cases reach every rule, behavior and record that a request can reach', () => {
    const coverage = new Coverage(elementsOf(traffic.templates));
    for (const { answer } of verdicts) coverage.add(answer);
    const { rules, behaviors, records, percent } = coverage.report();
    expect([rules, behaviors, records].flatMap((kind) => kind.unreached)).toEqual([]);
    expect(percent).toBe(100);
    expect(rules.reached + behaviors.reached + records.reached).toBeGreaterThan(1);
  });
});
