import { at } from '../../bin/report/values';
import { synthesizeAsDocumented } from './synthesized';

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const { example, stack, resources, target } = synthesizeAsDocumented('another-team');
const [rule] = resources('Checkout', RULE);

/** The parameters that the team's stack reads, by logical id, but for that of the bootstrap. */
const read = Object.entries(
  at(stack('Checkout').template, 'Parameters') as Record<string, { Type: string; Default: string }>,
).filter(([id]) => id !== 'BootstrapVersion');

test('the rule of the team lies in the band that the README names, before that of the owner', () => {
  expect(example.readme).toContain('between 20,000 and 24,999');
  expect(rule!.Properties.Priority).toBeGreaterThanOrEqual(20_000);
  expect(rule!.Properties.Priority).toBeLessThanOrEqual(24_999);
  const [owners] = resources('Shop', RULE);
  expect(rule!.Properties.Priority).toBeLessThan(owners!.Properties.Priority);
});

test('the team makes no balancer, listener or network, and no stack refers to the other', () => {
  const types = Object.values(stack('Checkout').template.Resources!).map(({ Type }) => Type);
  expect(types.filter((type) => /::(LoadBalancer|Listener|VPC|Subnet)$/.test(type))).toEqual([]);
  for (const name of ['Shop', 'Checkout']) {
    expect(JSON.stringify(stack(name).template)).not.toMatch(/Fn::(ImportValue|GetStackOutput)|"Export"/);
  }
});

test('every parameter that the team reads is one that the owner writes', () => {
  const written = resources('Shop', 'AWS::SSM::Parameter').map(({ Properties }) => Properties.Name);
  expect(read.map(([, { Type, Default }]) => [Type, Default]).sort()).toEqual(
    written.map((name) => ['AWS::SSM::Parameter::Value<String>', name]).sort(),
  );
  expect(stack('Checkout').dependencies).toContain('Shop');
});

test('the rule stands on the listener that the owner wrote down', () => {
  const [, parameter] = read.find(([id]) => id === rule!.Properties.ListenerArn.Ref)!;
  const written = resources('Shop', 'AWS::SSM::Parameter').find(
    ({ Properties }) => Properties.Name === parameter.Default,
  );
  expect(target('Shop', written!.Properties.Value)).toBe('Shop: Listener');
});

test('the fleet of the team takes as many subnets as the owner wrote down', () => {
  const subnets = resources('Shop', 'AWS::SSM::Parameter').find(
    ({ Properties }) => Properties.Name === '/shop/subnets',
  );
  const [, parts] = subnets!.Properties.Value['Fn::Join'];
  const [fleet] = resources('Checkout', 'AWS::AutoScaling::AutoScalingGroup');
  const indexes = fleet!.Properties.VPCZoneIdentifier.map((zone: Record<string, unknown[]>) => zone['Fn::Select']![0]);
  expect(indexes).toEqual(
    parts.filter((part: unknown) => typeof part === 'object').map((_: unknown, index: number) => index),
  );
});

test('the template of the team is as it was', () => {
  expect(stack('Checkout').template).toMatchSnapshot();
});
