import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfProject } from '../support/project';
import { APPS, type AppName, releasedStacks, releases, stacksOf } from './releases';
import { stackProblems } from './replacements';

const apps = Object.keys(APPS) as AppName[];
const current = Object.fromEntries(apps.map((app) => [app, stacksOf(app)]));

/** What an upgrade from a release to these stacks would do, stack by stack. */
function problemsSince(version: string, app: AppName, now = current[app]!): Record<string, string[]> {
  const problems = Object.entries(releasedStacks(version, app)).map(([file, before]): [string, string[]] => [
    file,
    stackProblems(before, now[file]),
  ]);
  return Object.fromEntries(problems.filter(([, found]) => found.length > 0));
}

test('there is a release to upgrade from, with all stacks', () => {
  expect(releases()).toContain('0.1.0');
  const counts = apps.map((app) => [app, Object.keys(releasedStacks('0.1.0', app)).length]);
  expect(Object.fromEntries(counts)).toEqual({
    'reference-app': 5,
    'single-region': 1,
    'another-team': 2,
    'bring-your-own': 2,
    'edge-alone': 1,
    'two-accounts': 9,
  });
});

test('where a stack stands is kept with it, also of one in a Stage', () => {
  const { template, ...place } = releasedStacks('0.1.0', 'two-accounts')[
    join('assembly-Prod', 'ProdShopeuwest12D440A56.template.json')
  ]!;
  expect(place).toEqual({ stackName: 'Prod-Shop-eu-west-1', account: '222222222222', region: 'eu-west-1' });
});

test.each(releases().flatMap((version) => apps.map((app): [string, AppName] => [version, app])))(
  'an upgrade from %s replaces nothing that is live in the %s, and moves no priority',
  (version, app) => {
    expect(problemsSince(version, app)).toEqual({});
  },
);

describe('a planted change of the reference app is noticed', () => {
  /** The problems in us-east-1 after the app's source, or another file, was changed. */
  function problemsAfter(from: string, to: string, changed = join('bin', 'shop.ts')): string[] {
    const copy = copyOfProject();
    try {
      const file = join(copy, changed);
      const source = readFileSync(file, 'utf8');
      expect(source).toContain(from);
      writeFileSync(file, source.replaceAll(from, to));
      const problems = problemsSince('0.1.0', 'reference-app', stacksOf('reference-app', { cwd: copy }));
      // The site of us-east-1, whose file is named by a hash too.
      return Object.entries(problems).find(([name]) => name.includes('useast1'))?.[1] ?? [];
    } finally {
      rmSync(copy, { recursive: true });
    }
  }

  test('a renamed fleet', () => {
    const problems = problemsAfter("addFleet('Blue'", "addFleet('Azure'");
    expect(problems).toEqual([
      expect.stringMatching(/Blue.*\(AWS::AutoScaling::AutoScalingGroup\): WILL_DESTROY/),
      expect.stringMatching(/Blue.*\(AWS::ElasticLoadBalancingV2::TargetGroup\): WILL_DESTROY/),
    ]);
  });

  test('a moved priority', () => {
    const problems = problemsAfter("addRoute('Api', {", "addRoute('Api', { priority: 31_000,");
    expect(problems).toEqual([expect.stringMatching(/RoutesApi.*: moves from priority 46876 to 31000/)]);
  });

  test('another port of a target group', () => {
    const problems = problemsAfter("addFleet('Green', { port: 8080", "addFleet('Green', { port: 8081");
    expect(problems).toEqual([
      expect.stringMatching(/Green.*\(AWS::ElasticLoadBalancingV2::TargetGroup\): WILL_REPLACE/),
    ]);
  });

  test('a renamed stack', () => {
    const problems = problemsAfter('-${kind}`', '-v2-${kind}`', join('lib', 'patterns', 'global-service.ts'));
    expect(problems).toEqual(['the stack is replaced, by another stackName: Shop-us-east-1 becomes Shop-v2-us-east-1']);
  });
});
