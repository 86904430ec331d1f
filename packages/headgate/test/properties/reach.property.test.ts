import fc from 'fast-check';
import { Coverage } from '../../lib/traffic/coverage';
import { elementsOf } from '../../lib/traffic/elements';
import { type RawRule, requests, ruleSets } from '../oracle/rule-sets';
import { fixed, LB, listener, path, rule } from '../support/balancer';
import { behavior, distribution } from '../support/edge';
import { trafficOf } from '../support/traffic';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);
const asked = requests(60, 41).map(({ host, path: at, query, address, ...request }) => ({
  ...request,
  url: `http://${host}${at}${query === undefined ? '' : `?${query}`}`,
  clientIp: address,
}));

/** What is out of reach of resources, and what random requests reach of it all the same. */
function reach(resources: object): { readonly out: readonly string[]; readonly reached: readonly string[] } {
  const traffic = trafficOf(resources);
  const out = elementsOf(traffic.templates).filter(({ shadowedBy }) => shadowedBy !== undefined);
  const answers = asked.map((one) => traffic.request(one));
  const covered = new Set(answers.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.covered)));
  const keys = out.map(({ key }) => key);
  const coverage = new Coverage(elementsOf(traffic.templates));
  for (const answer of answers) coverage.add(answer);
  const { rules, behaviors } = coverage.report();
  expect([...rules.outOfReach, ...behaviors.outOfReach]).toEqual(out);
  return { out: keys, reached: keys.filter((key) => covered.has(key)) };
}

const everyPath = fc.constantFrom<readonly object[]>(
  [path('/*')],
  [path('*')],
  [path('/api/*', '*')],
  [path('/img/*', '/*')],
  [{ Field: 'path-pattern', Values: ['/*'] }],
);

test('no request reaches a rule or a default that is out of reach', () => {
  let found = 0;
  const sets = ruleSets(RUNS, 42);
  const taking = fc.sample(fc.tuple(everyPath, fc.integer({ min: 1, max: 50_000 })), { seed: 43, numRuns: RUNS });
  for (const [index, rules] of sets.entries()) {
    const [conditions, priority] = taking[index]!;
    const others = rules.filter(({ Priority }) => Priority !== priority);
    const ruleOf = ({ Priority, Conditions }: RawRule) => [`Rule${Priority}`, rule(Priority, Conditions)] as const;
    const { out, reached } = reach({
      ...LB,
      Listener: listener(),
      ...Object.fromEntries(others.map(ruleOf)),
      All: rule(priority, conditions, fixed(202)),
    });
    const behind = others.filter(({ Priority }) => Priority > priority).map(({ Priority }) => `Stack/Rule${Priority}`);
    expect(new Set(out)).toEqual(new Set([...behind, 'Stack/Listener default']));
    expect(reached).toEqual([]);
    found += out.length;
  }
  // About half of the rules stand behind the one for every path.
  expect(found).toBeGreaterThan(RUNS * 4);
});

test('without a rule for every path nothing is out of reach', () => {
  for (const rules of ruleSets(RUNS, 44)) {
    const those = rules.map(({ Priority, Conditions }) => [`Rule${Priority}`, rule(Priority, Conditions)] as const);
    expect(reach({ ...LB, Listener: listener(), ...Object.fromEntries(those) }).out).toEqual([]);
  }
});

test('no request reaches a behavior that is out of reach', () => {
  const patterns = ['/*', '*', '/api/*', 'api/*', '*.png', '/*.png', '/img/*', '/api/v?/*', '/orders*', '/'];
  const lists = fc.sample(fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 6 }), {
    seed: 45,
    numRuns: RUNS,
  });
  let found = 0;
  for (const list of lists) {
    const CacheBehaviors = list.map((PathPattern) => behavior('b', { PathPattern }));
    const { out, reached } = reach({ Dist: distribution({ CacheBehaviors }) });
    expect(reached).toEqual([]);
    found += out.length;
  }
  expect(found).toBeGreaterThan(RUNS);
});
