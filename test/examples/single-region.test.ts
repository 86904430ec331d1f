import { synthesizeAsDocumented } from './synthesized';

const { resources } = synthesizeAsDocumented('single-region');

test('is a balancer with one rule for every path, in one stack', () => {
  expect(resources('Shop', 'AWS::ElasticLoadBalancingV2::LoadBalancer')).toHaveLength(1);
  const conditions = resources('Shop', 'AWS::ElasticLoadBalancingV2::ListenerRule').map(
    (rule) => rule.Properties.Conditions,
  );
  expect(conditions).toEqual([[{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]]);
});
