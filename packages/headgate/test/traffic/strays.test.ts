import { fixed, listener, REF, rule } from '../support/balancer';
import { forward, group, networkBalancer, networkListener } from '../support/network-balancer';
import { trafficOf } from '../support/traffic';

/** A resource outside of the templates, as far as they tell. */
const OUTSIDE = { 'Fn::ImportValue': 'somewhere' };

const LB = { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } };
const ACCELERATOR = {
  Acc: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: {} },
  Front: {
    Type: 'AWS::GlobalAccelerator::Listener',
    Properties: { AcceleratorArn: REF('Acc'), Protocol: 'TCP', PortRanges: [{ FromPort: 80, ToPort: 80 }] },
  },
  Group: {
    Type: 'AWS::GlobalAccelerator::EndpointGroup',
    Properties: {
      ListenerArn: REF('Front'),
      EndpointGroupRegion: 'us-east-1',
      EndpointConfigurations: [{ EndpointId: 'eipalloc-1' }],
    },
  },
};
const association = (ResourceArn: unknown) => ({
  Type: 'AWS::WAFv2::WebACLAssociation',
  Properties: { ResourceArn, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
});
const ACL = { Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { DefaultAction: { Block: {} } } } };

test.each<[string, object, string]>([
  [
    'a listener of an unknown balancer',
    { ...LB, L: listener({ Port: 8080 }), Other: listener({ LoadBalancerArn: OUTSIDE }) },
    'LoadBalancerArn',
  ],
  [
    'a rule of an unknown listener',
    { ...LB, L: listener(), Other: { ...rule(1, []), Properties: { ListenerArn: OUTSIDE, Actions: [fixed(200)] } } },
    'ListenerArn',
  ],
  [
    'a listener of an unknown balancer, for a network balancer',
    {
      Lb: networkBalancer(),
      L: networkListener('Blue', { balancer: 'Lb' }),
      Blue: group(),
      Other: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: OUTSIDE } },
    },
    'LoadBalancerArn',
  ],
  [
    'a rule of an unknown listener, for a network balancer',
    {
      Lb: networkBalancer(),
      L: networkListener('Blue', { balancer: 'Lb', port: 80 }),
      Blue: group(),
      Other: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: { ListenerArn: OUTSIDE, Actions: [forward('Blue')] },
      },
    },
    'ListenerArn',
  ],
  ['a web ACL for an unknown balancer', { ...LB, ...ACL, L: listener(), Other: association(OUTSIDE) }, 'ResourceArn'],
  [
    'a listener of an unknown accelerator',
    {
      ...ACCELERATOR,
      Front: {
        ...ACCELERATOR.Front,
        Properties: { ...ACCELERATOR.Front.Properties, PortRanges: [{ FromPort: 81, ToPort: 81 }] },
      },
      Other: { Type: 'AWS::GlobalAccelerator::Listener', Properties: { AcceleratorArn: OUTSIDE, PortRanges: [] } },
    },
    'AcceleratorArn',
  ],
  [
    'an endpoint group of an unknown listener',
    {
      ...ACCELERATOR,
      Other: { Type: 'AWS::GlobalAccelerator::EndpointGroup', Properties: { ListenerArn: OUTSIDE } },
    },
    'ListenerArn',
  ],
])('%s may be of the one that is asked', (_, resources, property) => {
  const { outcomes, warnings } = trafficOf(resources).request({ url: 'http://example.com/' });
  expect(outcomes.map(({ quality, min }) => [quality, min])).toEqual([['bounded', 0]]);
  expect(warnings).toContainEqual(
    expect.stringContaining(`Left out, since their ${property} isn't known: Stack/Other.`),
  );
});

test('what belongs to another service or to something outside for certain leaves answers exact', () => {
  const api = { 'Fn::Sub': 'arn:aws:apigateway:${AWS::AccountId}::/restapis/a/stages/b' };
  for (const owner of [api, 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/b']) {
    const traffic = trafficOf({ ...LB, ...ACL, L: listener(), Other: association(owner) });
    const { outcomes, warnings } = traffic.request({ url: 'http://example.com/' });
    expect(outcomes.map(({ quality }) => quality)).toEqual(['exact']);
    expect(warnings).toEqual([]);
  }
});
