import { fromObjects, Reference, type Resource, type Stack, Templates, type ValueMap } from '../../../../lib/template';
import { Traffic } from '../../../../lib/traffic';
import { balancerElements } from '../../../../lib/traffic/balancer';
import { fixed, LB, listener, path, REF, rule } from '../../../support/balancer';
import { stackWith } from '../../../support/resources';
import { ends, trafficOf } from '../../../support/traffic';

const ask = (resources: object, url = 'http://a.example.com/x', method = 'GET') =>
  trafficOf({ ...LB, ...resources }).request({ url, method, entry: 'Lb' });

test('rules come by priority, whatever their order in the file, the default last', () => {
  const resources = {
    Last: rule(30, [path('/*')], fixed(203)),
    First: rule(2, [path('/x')], fixed(201)),
    Second: rule('10', [path('/x*')], fixed(202)),
    Listener: listener(),
  };
  expect(ends(ask(resources))).toEqual(['1 fixed-response First 201']);
  expect(ends(ask(resources, 'http://a.example.com/xy'))).toEqual(['1 fixed-response Second 202']);
  expect(ends(ask(resources, 'http://a.example.com/z'))).toEqual(['1 fixed-response Last 203']);
});

test('the default says that no rule matched, and counts as reached', () => {
  const [outcome] = ask({ Listener: listener(), Rule: rule(1, [path('/y')]) }).outcomes;
  expect(outcome!.trace.map(({ because }) => because)).toContain('no rule matched');
  expect(outcome!.covered).toEqual(['Stack/Listener default']);
});

test('a rule that took a request counts as reached', () => {
  expect(ask({ Listener: listener(), Rule: rule(1, [path('/x')]) }).outcomes[0]!.covered).toEqual(['Stack/Rule']);
});

test('rules and listeners of other stacks take part', () => {
  const [base] = fromObjects([{ name: 'Base', region: 'us-east-1', template: { Resources: LB } }]).stacks;
  const resources = new Map<string, Resource>();
  const team: Stack = { name: 'Team', region: 'us-east-1', file: 'team.json', resources, outputs: new Map() };
  const add = (logicalId: string, { Type, Properties }: { Type: string; Properties: object }, references: ValueMap) =>
    resources.set(logicalId, {
      stack: team,
      logicalId,
      type: Type,
      properties: { ...(Properties as ValueMap), ...references },
      metadata: {},
    });
  add('Listener', listener(), { LoadBalancerArn: new Reference(base!.resources.get('Lb')!, undefined) });
  const ListenerArn = new Reference(resources.get('Listener')!, undefined);
  add('Second', rule(6, [path('/x')], fixed(202)), { ListenerArn });
  add('First', rule(5, [path('/x')], fixed(201)), { ListenerArn });
  const traffic = new Traffic(new Templates([base!, team]));
  expect(ends(traffic.request({ url: 'http://a.example.com/x' }))).toEqual(['1 fixed-response First 201']);
});

test('fails for two rules of one priority, naming both', () => {
  expect(() => ask({ Listener: listener(), A: rule(5, [path('/x')]), B: rule(5, [path('/y')]) })).toThrow(
    'Stack/A (AWS::ElasticLoadBalancingV2::ListenerRule) and Stack/B (AWS::ElasticLoadBalancingV2::ListenerRule) have the same Priority, 5: on one listener each needs its own.',
  );
});

test('fails for two listeners on one port, naming both', () => {
  expect(() => ask({ Listener: listener(), Other: listener() })).toThrow(
    'Stack/Listener (AWS::ElasticLoadBalancingV2::Listener) and Stack/Other (AWS::ElasticLoadBalancingV2::Listener) both have Port 80: a load balancer has one listener a port.',
  );
});

test('fails for a priority that is no whole number', () => {
  expect(() => ask({ Listener: listener(), A: rule(1.5, []) })).toThrow('Priority must be a whole number, got 1.5.');
});

test('a rule of unknown priority comes after all others, with a warning', () => {
  const answer = ask({
    A: rule(REF('Nowhere'), [path('/*')], fixed(201)),
    B: rule(50_000, [path('/x')], fixed(202)),
    Listener: listener(),
  });
  expect(ends(answer)).toEqual(['1 fixed-response B 202']);
  expect(answer.warnings.join()).toContain("Stack/A (AWS::ElasticLoadBalancingV2::ListenerRule): Priority isn't known");
});

test('a rule of unknown priority may come before one that takes the request too', () => {
  const resources = {
    A: rule(REF('Nowhere'), [path('/x*')], fixed(201)),
    B: rule(7, [path('/x')], fixed(202)),
    Listener: listener(),
  };
  expect(ask(resources).outcomes[0]).toMatchObject({ status: 202, quality: 'bounded', min: 0, max: 1 });
  expect(ask(resources, 'http://a.example.com/xy').outcomes[0]).toMatchObject({ status: 201, quality: 'exact' });
});

test('a protocol that is not known is taken for that of the request, with a warning', () => {
  const answer = ask({ Listener: listener({ Protocol: REF('Nowhere') }) });
  expect(answer.outcomes[0]).toMatchObject({ status: 404, quality: 'bounded', min: 0, max: 1 });
  expect(answer.warnings).toEqual([
    "Stack/Listener (AWS::ElasticLoadBalancingV2::Listener): Protocol isn't known and is taken for the request's.",
  ]);
});

test.each([
  ['MutualAuthentication', REF('Nowhere')],
  ['MutualAuthentication.Mode', { Mode: REF('Nowhere') }],
])('of %s that is not known is assumed that it is off, with a warning', (name, MutualAuthentication) => {
  const resources = { Listener: listener({ Port: 443, Protocol: 'HTTPS', MutualAuthentication }) };
  const answer = ask(resources, 'https://a.example.com/');
  expect(answer.outcomes[0]).toMatchObject({ status: 404, quality: 'exact' });
  expect(answer.warnings).toEqual([
    `Stack/Listener (AWS::ElasticLoadBalancingV2::Listener): ${name} isn't known: off is assumed.`,
  ]);
});

test('a rule of a listener that is not known is left out, with a warning', () => {
  const answer = ask({ A: rule(1, [], fixed(201), { ListenerArn: REF('Nowhere') }), Listener: listener() });
  expect(ends(answer)).toEqual(['1 fixed-response Listener 404']);
  expect(answer.warnings).toEqual(["Left out, since their ListenerArn isn't known: Stack/A."]);
});

test.each([
  ['nothing listens', 'http://a.example.com:8080/', 'GET', '1 error Lb'],
  ['TLS to a listener without', 'https://a.example.com:80/', 'GET', '1 error Listener'],
  ['plain HTTP to one with TLS', 'http://a.example.com:443/', 'GET', '1 error Tls 400'],
  ['TRACE', 'http://a.example.com/', 'TRACE', '1 error Listener 405'],
])('%s: %s %s', (_name, url, method, expected) => {
  const resources = { Listener: listener(), Tls: listener({ Port: 443, Protocol: 'HTTPS' }) };
  expect(ends(ask(resources, url, method))).toEqual([expected]);
});

test('the trace says on which port nothing listens', () => {
  const { trace } = ask({ Listener: listener() }, 'https://a.example.com:8443/').outcomes[0]!;
  expect(trace.at(-1)).toMatchObject({ hop: 'load-balancer', because: 'nothing listens on 8443' });
});

test('a listener whose port is not known may be the one', () => {
  const answer = ask({ Listener: listener({ Port: REF('Nowhere') }) });
  expect(ends(answer)).toEqual(['1 error Lb']);
  expect(answer.outcomes[0]).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
  expect(answer.warnings).toEqual(["Left out, since their Port isn't known: Stack/Listener."]);
});

test('a balancer in a Region that is down is not reached', () => {
  const traffic = trafficOf({ ...LB, Listener: listener() }).given('region=us-east-1');
  expect(ends(traffic.request({ url: 'http://a.example.com/' }))).toEqual(['1 error Lb']);
});

test('a gateway load balancer takes no requests', () => {
  const gateway = { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'gateway' } } };
  expect(ends(trafficOf(gateway).request({ url: 'http://a.example.com/' }))).toEqual(['1 error Lb']);
});

test('the elements are the rules and the defaults that requests can reach', () => {
  const resources = {
    ...LB,
    Listener: listener(),
    Rule: rule(7, [path('/a')]),
    Stray: rule(8, [], fixed(200), { ListenerArn: REF('Nowhere') }),
  };
  const templates = stackWith(resources);
  expect(new Traffic(templates).templates).toBe(templates);
  expect(balancerElements(templates).map(({ key, label }) => `${key}: ${label}`)).toEqual([
    'Stack/Rule: priority 7',
    'Stack/Listener default: default',
  ]);
});

test('rules that cannot be used fail the requests of their listener alone', () => {
  const resources = { Listener: listener(), Other: listener({ Port: 81 }), A: rule(1, [{ Field: 'x' }]) };
  expect(ends(ask(resources, 'http://a.example.com:81/'))).toEqual(['1 fixed-response Other 404']);
  expect(() => ask(resources)).toThrow('Conditions[0].Field must be one of');
});
