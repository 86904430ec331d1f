import { explainRefusal, placeWith, refusalOf } from '../../support/refusals';

const V2 = 'AWS::ElasticLoadBalancingV2';
const LB = { Type: `${V2}::LoadBalancer` };
const group = (properties: object = {}) => ({
  Type: `${V2}::TargetGroup`,
  Properties: { Port: 80, Protocol: 'HTTP', ...properties },
});
const forwardTo = (id: string) => [{ Type: 'forward', TargetGroupArn: { Ref: id } }];

function listener(balancer: string, actions: object, properties: object = {}): object {
  const all = {
    LoadBalancerArn: { Ref: balancer },
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: actions,
    ...properties,
  };
  return { Type: `${V2}::Listener`, Properties: all };
}

function record(name: string, properties: object): object {
  return {
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: name, Type: 'A', HostedZoneName: 'example.com.', ...properties },
  };
}

const alias = (DNSName: unknown) => ({ AliasTarget: { DNSName, HostedZoneId: 'Z1', EvaluateTargetHealth: true } });

function ruleWith(PathPatternConfig: object): object {
  const rule = {
    Type: `${V2}::ListenerRule`,
    Properties: {
      ListenerArn: { Ref: 'L' },
      Priority: 1,
      Actions: forwardTo('Blue'),
      Conditions: [{ Field: 'path-pattern', PathPatternConfig }],
    },
  };
  return { Resources: { Lb: LB, L: listener('Lb', forwardTo('Green')), Rule: rule, Blue: group(), Green: group() } };
}

const ASKED = ['--url', 'http://a.example.com/'];

const LONG = `http://shop.example.com/${'a'.repeat(20_000)}!`;

/** A CloudFront distribution with an alias and one origin. */
function distribution(host: string, origin: unknown): object {
  const DistributionConfig = {
    Enabled: true,
    Aliases: [host],
    Origins: [{ Id: 'only', DomainName: origin, CustomOriginConfig: { OriginProtocolPolicy: 'match-viewer' } }],
    DefaultCacheBehavior: { TargetOriginId: 'only', ViewerProtocolPolicy: 'allow-all' },
  };
  return { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } };
}

/** A template, what it is asked, and the group that answers. */
const ANSWERED: readonly (readonly [string, object, string, string])[] = [
  ['(a+)+$ in a path of 20,000 characters', ruleWith({ RegexValues: ['(a+)+$'] }), LONG, 'Green'],
  ['sixty-four stars', ruleWith({ Values: [`/${'*a'.repeat(64)}b`] }), LONG, 'Green'],
  ['stars and question marks', ruleWith({ Values: [`/${'?*'.repeat(60)}b`] }), LONG, 'Green'],
];

describe('expressions that would take forever elsewhere', () => {
  const place = placeWith(Object.fromEntries(ANSWERED.map(([, template], n) => [`${n}.json`, template])));
  test.each(ANSWERED.map(([name, , url, answer], n) => [name, n, url, answer] as const))(
    '%s',
    async (_, n, url, answer) => {
      const { code, out, err } = await place.run(['explain', `${n}.json`, '--url', url]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`100 % → target group ${answer}`);
    },
    10_000,
  );
});

const check = (config: object) => ({ Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: config } });
const checkedRecord = (name: string, n: number) =>
  record(name, { TTL: '60', ResourceRecords: ['192.0.2.1'], HealthCheckId: { Ref: `C${n}` } });
const chain = (length: number, each: (n: number) => object) =>
  Object.fromEntries(Array.from({ length }, (_, n) => Object.entries(each(n))).flat());

test.each<[string, object]>([
  [
    'calculated checks in a row',
    {
      A: checkedRecord('shop.example.com', 0),
      ...chain(3_000, (n) => ({
        [`C${n}`]: check({ Type: 'CALCULATED', HealthThreshold: 1, ChildHealthChecks: [{ Ref: `C${n + 1}` }] }),
      })),
      C3000: check({ Type: 'HTTP', IPAddress: '192.0.2.1' }),
    },
  ],
  [
    'checks that each ask a name with the next',
    {
      ...chain(1_500, (n) => ({
        [`R${n}`]: checkedRecord(n === 0 ? 'shop.example.com' : `n${n}.example.com`, n),
        [`C${n}`]: check({ Type: 'HTTP', FullyQualifiedDomainName: `n${n + 1}.example.com` }),
      })),
    },
  ],
])(
  '%s are refused',
  async (_, Resources) => {
    expect(await explainRefusal('checks.json', { Resources })).toMatch(
      /^checks\/C\d+ \(AWS::Route53::HealthCheck\): more than 100 health checks depend on each other in a row \(HM1004\)$/,
    );
  },
  10_000,
);

test('expressions that multiply, each as short as AWS wants it, are refused', async () => {
  const conditions = (n: number) => [
    { Field: 'path-pattern', PathPatternConfig: { RegexValues: [`/((a{0,50}){0,9}b?){0,2}c${n}`] } },
  ];
  const rules = Array.from({ length: 2_000 }, (_, n) => [
    `R${n}`,
    {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: { ListenerArn: { Ref: 'L' }, Priority: n + 1, Conditions: conditions(n), Actions: forwardTo('Blue') },
    },
  ]);
  const template = {
    Resources: { Lb: LB, L: listener('Lb', forwardTo('Blue')), Blue: group(), ...Object.fromEntries(rules) },
  };
  expect(await explainRefusal('bomb.json', template)).toMatch(
    /RegexValues\[0\]: the regular expressions up to here are too large together \(HM1004\)$/,
  );
}, 10_000);

describe('roads that lead back', () => {
  const cname = (name: string, to: string) => record(name, { Type: 'CNAME', TTL: '60', ResourceRecords: [to] });
  const place = placeWith({
    'cname.json': {
      Resources: { A: cname('a.example.com', 'b.example.com'), B: cname('b.example.com', 'a.example.com') },
    },
    'alias.json': {
      Resources: {
        A: record('a.example.com', alias('b.example.com.')),
        B: record('b.example.com', alias('a.example.com.')),
      },
    },
    'edge.json': {
      Resources: {
        A: distribution('a.example.com', { 'Fn::GetAtt': ['B', 'DomainName'] }),
        B: distribution('b.example.com', { 'Fn::GetAtt': ['A', 'DomainName'] }),
      },
    },
    'edge-dns.json': {
      Resources: {
        A: distribution('a.example.com', 'a.example.com'),
        Record: record('a.example.com', alias({ 'Fn::GetAtt': ['A', 'DomainName'] })),
      },
    },
    'balancers.json': {
      Resources: {
        Nlb: { ...LB, Properties: { Type: 'network' } },
        Alb: LB,
        Front: listener('Nlb', forwardTo('ToAlb'), { Protocol: 'TCP' }),
        Back: listener('Alb', forwardTo('ToNlb')),
        ToAlb: group({ Protocol: 'TCP', TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }),
        ToNlb: group({ Protocol: 'TCP', TargetType: 'alb', Targets: [{ Id: { Ref: 'Nlb' } }] }),
      },
    },
    'checks.json': {
      Resources: {
        One: {
          Type: 'AWS::Route53::HealthCheck',
          Properties: {
            HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 1, ChildHealthChecks: [{ Ref: 'Other' }] },
          },
        },
        Other: {
          Type: 'AWS::Route53::HealthCheck',
          Properties: {
            HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 1, ChildHealthChecks: [{ Ref: 'One' }] },
          },
        },
        ...Object.fromEntries(
          ['One', 'Other'].map((check, n) => [
            `Record${check}`,
            record('a.example.com', {
              ...{ TTL: '60', ResourceRecords: [`192.0.2.${n + 1}`], Weight: 1, SetIdentifier: check },
              HealthCheckId: { Ref: check },
            }),
          ]),
        ),
      },
    },
    // 2 to the power of 40 ways.
    'fork.json': {
      Resources: Object.fromEntries(
        Array.from({ length: 40 }, (_, n) =>
          ['a', 'b'].map((side) => [
            `R${n}${side}`,
            record(n === 0 ? 'a.example.com' : `n${n}.example.com`, {
              ...(n === 39 ? { TTL: '60', ResourceRecords: ['192.0.2.1'] } : alias(`n${n + 1}.example.com.`)),
              Weight: 1,
              SetIdentifier: side,
            }),
          ]),
        ).flat(),
      ),
    },
    'long.json': {
      Resources: Object.fromEntries(
        Array.from({ length: 2_000 }, (_, n) => [
          `R${n}`,
          cname(n === 0 ? 'a.example.com' : `n${n}.example.com`, `n${n + 1}.example.com`),
        ]),
      ),
    },
    'rules.json': {
      Resources: {
        Acl: {
          Type: 'AWS::WAFv2::WebACL',
          Properties: {
            Scope: 'REGIONAL',
            DefaultAction: { Allow: {} },
            Rules: [
              {
                Name: 'r',
                Priority: 1,
                Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } },
                OverrideAction: { None: {} },
              },
            ],
          },
        },
        Group: {
          Type: 'AWS::WAFv2::RuleGroup',
          Properties: {
            Scope: 'REGIONAL',
            Capacity: 1,
            Rules: [
              {
                Name: 'g',
                Priority: 1,
                Action: { Block: {} },
                Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } },
              },
            ],
          },
        },
        Lb: LB,
        L: listener('Lb', forwardTo('Blue')),
        Blue: group(),
        Uses: {
          Type: 'AWS::WAFv2::WebACLAssociation',
          Properties: { ResourceArn: { Ref: 'Lb' }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
        },
      },
    },
  });

  test.each<[string, readonly string[], string]>([
    ['cname.json', [], 'a.example.com leads back to itself'],
    ['alias.json', [], 'a.example.com leads back to itself'],
    ['edge.json', ['--entry', 'A'], 'blocked 403 by B'],
    ['edge-dns.json', [], 'a.example.com leads back to itself'],
    ['checks.json', [], '50 % undocumented → address 192.0.2.1'],
    ['long.json', [], 'no answer from DNS for n16.example.com'],
    ['rules.json', [], 'rule g has a statement that is a RuleGroupReferenceStatement and counts as not'],
  ])(
    '%s %j is answered',
    async (file, options, expected) => {
      const { code, out, err } = await place.run(['explain', file, ...ASKED, ...options]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(expected);
    },
    10_000,
  );

  test.each([
    [
      'balancers.json',
      ['--entry', 'Nlb'],
      'balancers/ToNlb (AWS::ElasticLoadBalancingV2::TargetGroup): Targets must lead to an',
    ],
    ['balancers.json', ['--entry', 'Alb'], 'Targets must lead to an Application Load Balancer, got ${Nlb} (HM1006)'],
    ['fork.json', [], 'The road of the request forks too often: it has more than 10000 ends (HM1004)'],
  ])(
    '%s %j is refused',
    async (file, options, line) => {
      expect(await refusalOf(place, ['explain', file, ...ASKED, ...options])).toContain(line);
    },
    10_000,
  );
});
