import { LB, listener } from './support/balancer';
import { behavior, distribution } from './support/edge';
import { ends, trafficOf } from './support/traffic';

const url = 'http://example.com/';

test('a request enters at the only balancer', () => {
  const traffic = trafficOf({ Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} } });
  expect(ends(traffic.request({ url: 'http://example.com/' }))).toEqual(['1 error Lb']);
});

test.each([
  ['AWS::S3::Bucket', ''],
  [
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    ' Stack/It (AWS::ElasticLoadBalancingV2::ListenerRule) belongs to a load balancer outside of them: give its template too.',
  ],
  [
    'AWS::ElasticLoadBalancing::LoadBalancer',
    " Stack/It (AWS::ElasticLoadBalancing::LoadBalancer) is a classic load balancer, which isn't modelled.",
  ],
])('fails for templates of %s alone, and says what is in the place of an entry', (Type, hint) => {
  expect(() => trafficOf({ It: { Type, Properties: {} } }).request({ url })).toThrow(
    `no DNS record, distribution, accelerator or load balancer.${hint}`,
  );
});

test.each([
  ['AWS::CloudFormation::Stack', 'Outputs.Group'],
  ['AWS::CloudFormation::CustomResource', 'Group'],
  ['Custom::Lookup', 'Group'],
])('what %s gives may be the ARN of a target group', (Type, attribute) => {
  const action = { Type: 'forward', TargetGroupArn: { 'Fn::GetAtt': ['It', attribute] } };
  for (const lb of [{ Type: 'application' }, { Type: 'network' }]) {
    const traffic = trafficOf({
      Lb: { ...LB.Lb, Properties: lb },
      Listener: listener({ Protocol: lb.Type === 'network' ? 'TCP' : 'HTTP', DefaultActions: [action] }),
      It: { Type, Properties: { TemplateURL: 'https://s3.amazonaws.com/bucket/it.yaml', ServiceToken: 'arn' } },
    });
    expect(ends(traffic.request({ url }))).toEqual([`1 target-group \${It.${attribute}}`]);
  }
});

test.each([
  ['Subnets', { Lb: { ...LB.Lb, Properties: { Subnets: [{}] } }, Listener: listener() }],
  ['WebACLId', { Dist: distribution({ WebACLId: {} }) }],
  ['CachePolicyId', { Dist: distribution({ DefaultCacheBehavior: behavior('a', { CachePolicyId: {} }) }) }],
])('fails for a mapping as %s', (property, resources) => {
  expect(() => trafficOf(resources).request({ url })).toThrow(
    new RegExp(`${property}(\\[0\\])? must be a text, got a mapping\\.$`),
  );
});
