import { explainRefusal } from '../../support/refusals';

const V2 = 'AWS::ElasticLoadBalancingV2';

/** A distribution of which something is changed. */
function distribution(config: object, behavior: object = {}): object {
  const DistributionConfig = {
    Enabled: true,
    Aliases: ['shop.example.com'],
    Origins: [
      { Id: 'one', DomainName: 'one.example.org' },
      { Id: 'two', DomainName: 'two.example.org' },
    ],
    DefaultCacheBehavior: { TargetOriginId: 'one', ViewerProtocolPolicy: 'allow-all', ...behavior },
    ...config,
  };
  return { Resources: { Edge: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } } } };
}

function group(codes: unknown): object {
  const Members = { Quantity: 2, Items: [{ OriginId: 'one' }, { OriginId: 'two' }] };
  return { Items: [{ Id: 'both', Members, FailoverCriteria: { StatusCodes: { Quantity: 1, Items: codes } } }] };
}

/** A balancer with groups of the given weights, and with other resources. */
function balancer(weights: readonly unknown[], properties: object = {}, others: object = {}): object {
  const groups = weights.map((_, n) => [
    `G${n}`,
    { Type: `${V2}::TargetGroup`, Properties: { Port: 80, Protocol: 'HTTP' } },
  ]);
  const TargetGroups = weights.map((Weight, n) => ({ TargetGroupArn: { Ref: `G${n}` }, Weight }));
  const Listener = {
    LoadBalancerArn: { Ref: 'Lb' },
    Port: 80,
    Protocol: properties && 'Type' in properties ? 'TCP' : 'HTTP',
    DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
  };
  return {
    Resources: {
      ...Object.fromEntries(groups),
      Lb: { Type: `${V2}::LoadBalancer`, Properties: properties },
      L: { Type: `${V2}::Listener`, Properties: Listener },
      ...others,
    },
  };
}

const MAPPING = { some: 'thing' };
const functions = [{ EventType: 'viewer-request', FunctionARN: MAPPING }];

test.each<[string, object, string]>([
  [
    'the ARN of a web ACL',
    distribution({ WebACLId: MAPPING }),
    'DistributionConfig.WebACLId must be a text, got a mapping',
  ],
  [
    'the id of a policy',
    distribution({}, { CachePolicyId: [] }),
    'DefaultCacheBehavior.CachePolicyId must be a text, got a list',
  ],
  [
    'the ARN of a function',
    distribution({}, { FunctionAssociations: functions }),
    'FunctionAssociations[0].FunctionARN must be a text',
  ],
  [
    'the id of a continuous deployment',
    distribution({ ContinuousDeploymentPolicyId: MAPPING }),
    'ContinuousDeploymentPolicyId must be a text',
  ],
  [
    'an origin',
    distribution({ Origins: [{ Id: 'one', DomainName: MAPPING }] }),
    'Origins[0].DomainName must be a text',
  ],
  [
    'the statuses of an origin group',
    distribution({ OriginGroups: group([503, MAPPING]) }, { TargetOriginId: 'both' }),
    'StatusCodes.Items[1] must be a number, got a mapping',
  ],
  [
    'the balancer of a listener',
    balancer([1], {}, { Other: { Type: `${V2}::Listener`, Properties: { LoadBalancerArn: ['x'] } } }),
    'LoadBalancerArn must be a text, got a list',
  ],
  [
    'the listener of a rule',
    balancer([1], {}, { Rule: { Type: `${V2}::ListenerRule`, Properties: { ListenerArn: {} } } }),
    'ListenerArn must be a text, got a mapping',
  ],
  [
    'what a web ACL protects',
    balancer([1], {}, { Use: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: ['x'] } } }),
    'ResourceArn must be a text, got a list',
  ],
  [
    'what protects a balancer',
    balancer(
      [1],
      {},
      {
        Use: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Lb' }, WebACLArn: ['x'] } },
      },
    ),
    'WebACLArn must be a text, got a list',
  ],
  [
    'a target',
    balancer([1], {}, { G0: { Type: `${V2}::TargetGroup`, Properties: { Port: 80, Targets: [{ Id: {} }] } } }),
    'Targets[0].Id must be a text, got a mapping',
  ],
  [
    'a subnet',
    balancer([1], { Subnets: [MAPPING] }),
    'Lb (AWS::ElasticLoadBalancingV2::LoadBalancer): Subnets[0] must be a text',
  ],
  [
    'a mapped subnet',
    balancer([1], { SubnetMappings: [{ SubnetId: MAPPING }] }),
    'SubnetMappings[0].SubnetId must be a text',
  ],
  ['a negative weight', balancer([-1, 2]), 'TargetGroups[0].Weight must be an integer from 0 to 999, got -1'],
  [
    'weights without a sum',
    balancer([1e308, 1e308]),
    'TargetGroups[0].Weight must be an integer from 0 to 999, got 1e+308',
  ],
  [
    'a weight of a network balancer',
    balancer([1, 1e308], { Type: 'network' }),
    'TargetGroups[1].Weight must be an integer from 0 to 999, got 1e+308',
  ],
])('%s of the wrong type is refused by its place', async (_, template, line) => {
  const refusal = await explainRefusal('shop.json', template);
  expect(refusal).toContain(line);
  expect(refusal).toMatch(/^shop\/\w+ \(AWS::.*\(HM1009\)$/);
});

test('a name of a hundred thousand characters is cut in messages', async () => {
  const refusal = await explainRefusal('shop.json', balancer([1], { Type: { Ref: 'x'.repeat(100_000) } }));
  expect(refusal).toMatch(
    /^shop\.json: Lb .*Ref to 'x+…x+', but the template has no parameter or resource of that name/,
  );
});
