import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fromObjects } from '../../lib/template';
import { Traffic } from '../../lib/traffic';
import { HaProxy, type Verdict } from './haproxy';
import { type RawRequest, type RawRule, requests, ruleSets } from './rule-sets';

const SETS = 40;
/** Asked of each set first, to see which rules are reached and which requests match several. Each set has a pool of its own. */
const POOL = 500;
const CHOSEN = 60;
const SEED = 13;

/** A set of rules of which each answers something, with requests and what HAProxy says of them. */
interface Trial {
  readonly rules: readonly RawRule[];
  readonly asked: readonly { readonly request: RawRequest; readonly verdict: Verdict }[];
}

let trials: readonly Trial[];

before(async () => {
  const sets = ruleSets(SETS, SEED);
  const all = requests(SETS * POOL, SEED);
  const pools = sets.map((_, set) => all.slice(set * POOL, (set + 1) * POOL));
  const verdicts = await askAll(sets, pools);
  // A rule that an earlier one hides altogether proves nothing: it goes, and no other answer changes.
  const reached = sets.map((rules, set) =>
    rules.filter(({ Priority }) => verdicts[set]!.some(({ first }) => first === Priority)),
  );
  const again = await askAll(reached, pools);
  trials = reached.map((rules, set) => ({
    rules,
    asked: choose(
      pools[set]!.map((request, index) => ({ request, verdict: again[set]![index]! })),
      rules,
    ),
  }));
});

let running: HaProxy | undefined;
after(() => running?.stop());

async function askAll(
  sets: readonly (readonly RawRule[])[],
  pools: readonly (readonly RawRequest[])[],
): Promise<Verdict[][]> {
  const proxy = await HaProxy.start(sets);
  running = proxy;
  const verdicts = [];
  for (const set of sets.keys()) {
    verdicts.push(await Promise.all(pools[set]!.map((request) => proxy.ask(set, request))));
  }
  proxy.stop();
  return verdicts;
}

/** For each rule a request that it answers, then such as match several rules, then others. */
function choose(pool: Trial['asked'], rules: readonly RawRule[]): Trial['asked'] {
  const firsts = rules.flatMap(({ Priority }) => pool.find(({ verdict }) => verdict.first === Priority) ?? []);
  const several = pool.filter(({ verdict }) => verdict.all.length > 1).slice(0, CHOSEN / 2);
  const chosen = new Set([...firsts, ...several]);
  for (const one of pool) if (chosen.size < CHOSEN) chosen.add(one);
  return [...chosen];
}

/** The priority of the rule that answers in the model; 0 for the default. */
function priorityInModel(traffic: Traffic, { method, host, path, query, headers, address }: RawRequest): number {
  const url = `http://${host}${path}${query === undefined ? '' : `?${query}`}`;
  const { outcomes } = traffic.request({ url, method, headers, clientIp: address });
  assert.equal(outcomes.length, 1);
  return Number(/^Group(\d+)$/.exec(outcomes[0]!.destination.id)?.[1] ?? 0);
}

function trafficOf(rules: readonly RawRule[]): Traffic {
  const forward = (id: string) => [{ Type: 'forward', TargetGroupArn: { Ref: id } }];
  const group = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP', Port: 80 } };
  const Resources = {
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 80, Protocol: 'HTTP', DefaultActions: forward('Group0') },
    },
    Group0: group,
    ...Object.fromEntries(
      rules.flatMap(({ Priority, Conditions }) => [
        [`Group${Priority}`, group],
        [
          `Rule${Priority}`,
          {
            Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
            Properties: {
              ListenerArn: { Ref: 'Listener' },
              Priority,
              Conditions,
              Actions: forward(`Group${Priority}`),
            },
          },
        ],
      ]),
    ),
  };
  return new Traffic(fromObjects([{ name: 'Stack', region: 'us-east-1', template: { Resources } }]));
}

function differences({ rules, asked }: Trial): readonly string[] {
  const traffic = trafficOf(rules);
  return asked.flatMap(({ request, verdict }) => {
    const model = priorityInModel(traffic, request);
    if (model === verdict.first) return [];
    return [`${JSON.stringify(request)}: HAProxy ${verdict.first}, model ${model}`];
  });
}

test('the sets are what they should be: many, overlapping, every rule reached', () => {
  const asked = trials.flatMap((trial) => trial.asked);
  assert.ok(trials.length >= 30);
  const distinct = new Set(asked.map(({ request }) => JSON.stringify(request))).size;
  assert.ok(distinct >= 2_000, `${distinct} requests`);
  const several = asked.filter(({ verdict }) => verdict.all.length > 1);
  assert.ok(several.length >= asked.length / 2, `${several.length} of ${asked.length} match several rules`);
  for (const { rules, asked } of trials) {
    assert.ok(rules.length >= 5, `${rules.length} rules`);
    for (const { Priority } of rules) assert.ok(asked.some(({ verdict }) => verdict.first === Priority));
  }
});

test('the model and HAProxy give the same answer to every request', () => {
  const found = trials.flatMap(differences);
  assert.equal(found.length, 0, found.slice(0, 10).join('\n'));
});

test('two priorities that are swapped in the template are caught', () => {
  let pairs = 0;
  for (const { rules, asked } of trials) {
    const overlapping = new Map(
      asked
        .filter(({ verdict }) => verdict.all.length > 1)
        .map(({ verdict }) => [`${verdict.all[0]} ${verdict.all[1]}`, verdict.all as [number, number]]),
    );
    for (const [one, other] of overlapping.values()) {
      pairs++;
      const swap = new Map([
        [one, other],
        [other, one],
      ]);
      const swapped = rules.map((rule) => ({ ...rule, Priority: swap.get(rule.Priority) ?? rule.Priority }));
      assert.notDeepEqual(differences({ rules: swapped, asked }), [], `swapping ${one} and ${other} changes nothing`);
    }
  }
  assert.ok(pairs > trials.length, `${pairs} pairs`);
});
