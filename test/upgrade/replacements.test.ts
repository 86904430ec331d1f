import { type Stack, stackProblems, type Template, upgradeProblems } from './replacements';

const of = (Type: string, Properties: object = {}): Template => ({ Resources: { It: { Type, Properties } } });
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const RECORD = 'AWS::Route53::RecordSet';
const CHECK = 'AWS::Route53::HealthCheck';

test.each<[string, Template, Template, string]>([
  [
    "a balancer's scheme",
    of(BALANCER, { Scheme: 'internal' }),
    of(BALANCER, { Scheme: 'internet-facing' }),
    'WILL_REPLACE',
  ],
  ["a target group's protocol", of(GROUP, { Protocol: 'HTTP' }), of(GROUP, { Protocol: 'HTTPS' }), 'WILL_REPLACE'],
  ["a record's name", of(RECORD, { Name: 'a.' }), of(RECORD, { Name: 'b.' }), 'WILL_REPLACE'],
  [
    "a check's type",
    of(CHECK, { HealthCheckConfig: { Type: 'HTTP' } }),
    of(CHECK, { HealthCheckConfig: { Type: 'HTTPS' } }),
    'WILL_REPLACE, by another Type',
  ],
  ['a distribution that is gone', of('AWS::CloudFront::Distribution'), {}, 'WILL_DESTROY'],
  ['a listener of another type', of('AWS::ElasticLoadBalancingV2::Listener'), of(BALANCER), 'WILL_REPLACE'],
  ['a priority', of(RULE, { Priority: 1 }), of(RULE, { Priority: 2 }), 'moves from priority 1 to 2'],
])('%s is told', (_, before, after, text) => {
  expect(upgradeProblems(before, after)).toEqual([expect.stringContaining(text)]);
});

test.each<[string, Template, Template]>([
  ['what is the same', of(RULE, { Priority: 1 }), of(RULE, { Priority: 1 })],
  ['an update in place', of(GROUP, { HealthCheckPath: '/a' }), of(GROUP, { HealthCheckPath: '/b' })],
  ['what is new', {}, of(BALANCER)],
  ['what nobody would notice', of('AWS::Logs::LogGroup'), {}],
])('%s is fine', (_, before, after) => {
  expect(upgradeProblems(before, after)).toEqual([]);
});

describe('a stack', () => {
  const stack: Stack = { stackName: 'Shop', account: '111111111111', region: 'eu-west-1', template: of(BALANCER) };

  test.each<[string, Partial<Stack>, string]>([
    ['another name', { stackName: 'Shop-v2' }, 'another stackName: Shop becomes Shop-v2'],
    ['another Region', { region: 'us-east-1' }, 'another region: eu-west-1 becomes us-east-1'],
    ['another account', { account: '222222222222' }, 'another account: 111111111111 becomes 222222222222'],
    ['an account that is open now', { account: undefined }, 'another account: 111111111111 becomes open'],
  ])('with %s is replaced', (_, change, text) => {
    expect(stackProblems(stack, { ...stack, ...change })).toEqual([`the stack is replaced, by ${text}`]);
  });

  test('that is gone is told', () => {
    expect(stackProblems(stack, undefined)).toEqual(['the stack Shop is gone']);
  });

  test('that moves is told beside what changes in it', () => {
    const problems = stackProblems(stack, { ...stack, region: 'us-east-1', template: {} });
    expect(problems).toEqual([expect.stringContaining('another region'), expect.stringContaining('WILL_DESTROY')]);
  });

  test('that stays is fine', () => {
    expect(stackProblems(stack, stack)).toEqual([]);
  });

  test('whose account and Region were open is fine anywhere', () => {
    expect(stackProblems({ ...stack, account: undefined, region: undefined }, stack)).toEqual([]);
  });
});
