import { Traffic } from '../../lib/traffic';
import { fixed, listener, path, REF, rule } from '../support/balancer';
import { forward, group, networkBalancer, networkListener } from '../support/network-balancer';
import { trafficOf } from '../support/traffic';

const properties = (resource: object) => (resource as { readonly Properties: object }).Properties;

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

test('a rule of an unknown listener that takes other requests leaves answers exact, with a warning', () => {
  const other = {
    ...rule(1, [path('/other/*')]),
    Properties: { ...properties(rule(1, [path('/other/*')])), ListenerArn: OUTSIDE },
  };
  const traffic = trafficOf({ ...LB, L: listener(), Other: other });
  const at = (url: string) => traffic.request({ url }).outcomes.map(({ quality }) => quality);
  expect(at('http://example.com/')).toEqual(['exact']);
  expect(at('http://example.com/other/x')).toEqual(['bounded']);
  expect(traffic.request({ url: 'http://example.com/' }).warnings).toEqual([
    "Left out, since their ListenerArn isn't known: Stack/Other.",
  ]);
});

test('a rule of an application balancer is none of a network balancer', () => {
  const other = {
    ...rule(1, [path('/other/*')]),
    Properties: { ...properties(rule(1, [path('/other/*')])), ListenerArn: OUTSIDE },
  };
  const resources = { Lb: networkBalancer(), L: networkListener('Blue', { balancer: 'Lb', port: 80 }), Blue: group() };
  const { outcomes, warnings } = trafficOf({ ...resources, Other: other }).request({ url: 'http://example.com/' });
  expect([outcomes[0]!.quality, warnings]).toEqual(['exact', []]);
});

test('what belongs to another service or to something outside for certain leaves answers exact', () => {
  const api = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${AWS::AccountId}/stages/b' };
  for (const owner of [api, 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/b']) {
    const template = { Resources: { ...LB, ...ACL, L: listener(), Other: association(owner) } };
    const traffic = Traffic.fromTemplate(template);
    const { outcomes, warnings } = traffic.request({ url: 'http://example.com/' });
    expect(outcomes.map(({ quality }) => quality)).toEqual(['exact']);
    expect(warnings).toEqual([]);
  }
});
