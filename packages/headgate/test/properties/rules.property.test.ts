import fc from 'fast-check';
import wildcardMatch from 'wildcard-match';
import { compileGlob } from '../../lib/traffic/matching/glob';
import { requests, ruleSets } from '../oracle/rule-sets';
import { ends, trafficOf } from '../support/traffic';

const forward = (id: string) => [{ Type: 'forward', TargetGroupArn: { Ref: id } }];
const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP', Port: 80 } };
const LISTENER = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 80, Protocol: 'HTTP', DefaultActions: forward('Group0') },
};

test('rules are tried by priority, whatever their order in the file', () => {
  const asked = requests(40, 21);
  for (const [index, rules] of ruleSets(30, 22).entries()) {
    const resources = rules.flatMap(({ Priority, Conditions }) => [
      [`Group${Priority}`, GROUP] as const,
      [
        `Rule${Priority}`,
        {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          Properties: { ListenerArn: { Ref: 'Listener' }, Priority, Conditions, Actions: forward(`Group${Priority}`) },
        },
      ] as const,
    ]);
    const rest = [
      ['Lb', { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} }],
      ['Listener', LISTENER],
      ['Group0', GROUP],
    ] as const;
    const inOrder = trafficOf(Object.fromEntries([...rest, ...resources]));
    const all = [...rest, ...resources];
    const [shuffled] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed: index, numRuns: 1 });
    const outOfOrder = trafficOf(Object.fromEntries(shuffled!));
    for (const { host, path, query, address, ...request } of asked) {
      const url = `http://${host}${path}${query === undefined ? '' : `?${query}`}`;
      const options = { ...request, url, clientIp: address };
      expect(ends(outOfOrder.request(options))).toEqual(ends(inOrder.request(options)));
    }
  }
});

test('patterns match as in an implementation of others', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab/.*?'), maxLength: 12 });
  const plain = fc.string({ unit: fc.constantFrom(...'ab/.'), maxLength: 16 });
  fc.assert(
    fc.property(text, plain, (pattern, subject) => {
      const other = wildcardMatch(pattern, { separator: false });
      expect(compileGlob(pattern).matches(subject)).toBe(other(subject));
    }),
    { seed: 7, numRuns: 20_000 },
  );
});
