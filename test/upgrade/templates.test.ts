import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfProject } from '../support/project';
import { APPS, type AppName, releasedTemplates, releases, templatesOf } from './releases';
import { upgradeProblems } from './replacements';

const apps = Object.keys(APPS) as AppName[];
const current = Object.fromEntries(apps.map((app) => [app, templatesOf(app)]));

/** What an upgrade from a release to these templates would do, stack by stack. */
function problemsSince(version: string, app: AppName, now = current[app]!): Record<string, string[]> {
  const problems = Object.entries(releasedTemplates(version, app)).map(([name, before]): [string, string[]] => [
    name,
    now[name] === undefined ? ['the stack is gone'] : upgradeProblems(before, now[name]),
  ]);
  return Object.fromEntries(problems.filter(([, found]) => found.length > 0));
}

test('there is a release to upgrade from, with all stacks', () => {
  expect(releases()).toContain('0.1.0');
  expect(Object.keys(releasedTemplates('0.1.0', 'reference-app'))).toHaveLength(5);
  expect(Object.keys(releasedTemplates('0.1.0', 'single-region'))).toHaveLength(1);
});

test.each(releases().flatMap((version) => apps.map((app): [string, AppName] => [version, app])))(
  'an upgrade from %s replaces nothing that is live in the %s, and moves no priority',
  (version, app) => {
    expect(problemsSince(version, app)).toEqual({});
  },
);

describe('a planted change of the reference app is noticed', () => {
  /** The problems in us-east-1 after the app's source was changed. */
  function problemsAfter(from: string, to: string): string[] {
    const copy = copyOfProject();
    try {
      const file = join(copy, 'bin', 'shop.ts');
      const source = readFileSync(file, 'utf8');
      expect(source).toContain(from);
      writeFileSync(file, source.replaceAll(from, to));
      const problems = problemsSince('0.1.0', 'reference-app', templatesOf('reference-app', { cwd: copy }));
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
});
