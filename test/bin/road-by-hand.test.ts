import type { Resource } from '../../bin/report/assembly';
import { labelsOf, roadThrough, stackOf } from './assemblies';

const balancer: Resource = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internal' } };
const group: Resource = {
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { Port: 80, Protocol: 'HTTP' },
};

function listener(actions: unknown): Resource {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 443, Protocol: 'HTTPS', DefaultActions: actions },
  };
}

function forward(...weights: [string, number | undefined][]) {
  return [
    {
      Type: 'forward',
      ForwardConfig: { TargetGroups: weights.map(([id, Weight]) => ({ TargetGroupArn: { Ref: id }, Weight })) },
    },
  ];
}

function rule(
  priority: number,
  conditions: unknown[],
  actions: unknown = forward(['A', 1]),
  more: object = {},
): Resource {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Listener' },
      Priority: priority,
      Conditions: conditions,
      Actions: actions,
      ...more,
    },
  };
}

/** The lines of the one balancer's tree. */
function balancerLines(resources: Record<string, Resource>): string[] {
  return labelsOf(roadThrough(stackOf({ Balancer: balancer, ...resources })).sites[0]!);
}

describe('a balancer without a record', () => {
  test('is a tree of its own', () => {
    expect(balancerLines({})).toEqual(['application balancer Balancer (internal, ipv4) (no record, Stack)']);
  });

  test('is known by its logical ids where nothing tells more', () => {
    const lines = balancerLines({ A: group, Listener: listener(forward(['A', undefined])) });
    expect(lines).toContain('default → A 100 %');
    expect(lines).toContain('A: HTTP on port 80, targets of type instance, no Auto Scaling group');
  });
});

describe('a rule', () => {
  test('stands in the order of its priority', () => {
    const path = (value: string) => [{ Field: 'path-pattern', PathPatternConfig: { Values: [value] } }];
    const lines = balancerLines({
      A: group,
      Listener: listener([]),
      Second: rule(20, path('/second')),
      Third: rule(100, path('/third')),
      First: rule(3, path('/first')),
    });
    expect(lines.filter((line) => line.includes('→ A'))).toEqual([
      '3 path /first → A 100 %',
      '20 path /second → A 100 %',
      '100 path /third → A 100 %',
    ]);
  });

  test.each([
    [[{ Field: 'host-header', Values: ['a.example.com'] }], 'host a.example.com'],
    [[{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/a'] } }], 'path regex ^/a'],
    [[{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-A', Values: ['1', '2'] } }], 'header X-A: 1, 2'],
    [
      [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: 'b' }, { Value: 'c' }] } }],
      'query a=b, c',
    ],
    [[{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }], 'source 10.0.0.0/8'],
    [[{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'HEAD'] } }], 'method GET, HEAD'],
    [
      [
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/a'] } },
        { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } },
        { Field: 'host-header', HostHeaderConfig: { Values: ['h.example.com'] } },
      ],
      'host h.example.com, POST /a',
    ],
  ])('says its conditions %j', (conditions, text) => {
    const lines = balancerLines({ A: group, Listener: listener([]), Rule: rule(1, conditions) });
    expect(lines).toContain(`1 ${text} → A 100 %`);
  });

  test.each([
    [forward(['A', 1], ['B', 2]), 'A 33.3 %, B 66.7 %'],
    [forward(['A', 0], ['B', 0]), 'A weight 0, B weight 0'],
    [[{ Type: 'forward', TargetGroupArn: { Ref: 'B' } }], 'B 100 %'],
    [
      [{ Type: 'forward', TargetGroupArn: 'arn:aws:elasticloadbalancing:far' }],
      'arn:aws:elasticloadbalancing:far 100 %',
    ],
    [[{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }], '503'],
    [
      [
        { Type: 'forward', TargetGroupArn: { Ref: 'A' }, Order: 2 },
        { Type: 'authenticate-oidc', Order: 1 },
      ],
      'authenticate-oidc, then A 100 %',
    ],
    [
      [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Host: 'new.example.com' } }],
      'redirect 302 to #{protocol}://new.example.com:#{port}/#{path}?#{query}',
    ],
  ])('says its action %j', (actions, text) => {
    const lines = balancerLines({ A: group, B: group, Listener: listener(actions) });
    expect(lines).toContain(`default → ${text}`);
  });

  test('says that it rewrites', () => {
    const rewriting = rule(1, [{ Field: 'host-header', Values: ['a.b'] }], undefined, {
      Transforms: [{ Type: 'url-rewrite' }],
    });
    expect(balancerLines({ A: group, Listener: listener([]), Rule: rewriting })).toContain(
      '1 host a.b → A 100 %, url-rewrite',
    );
  });

  test('of another stack is found by the export of the listener', () => {
    const owner = stackOf(
      { Balancer: balancer, Listener: listener([]) },
      {
        template: {
          Resources: { Balancer: balancer, Listener: listener([]) },
          Outputs: { Out: { Value: { Ref: 'Listener' }, Export: { Name: 'Owner:Listener' } } },
        },
      },
    );
    const foreign = rule(7, [{ Field: 'host-header', Values: ['a.b'] }], forward(['Theirs', 1]), {
      ListenerArn: { 'Fn::ImportValue': 'Owner:Listener' },
    });
    const guest = stackOf({ Foreign: foreign, Theirs: group }, { id: 'Guest', stackName: 'Guest' });
    const [site] = roadThrough(owner, guest).sites;
    expect(labelsOf(site!)).toContain('7 host a.b → Theirs 100 %');
  });
});

describe('a target group', () => {
  const fleet: Resource = {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '1',
      MaxSize: { Ref: 'MaxParameter' },
      TargetGroupARNs: [{ Ref: 'A' }],
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } },
    },
  };

  test('is named after its construct', () => {
    const stack = stackOf(
      { Balancer: balancer, A: group, Listener: listener(forward(['A', 1])) },
      { paths: { A: 'Shop/us-east-1/Shop/Fleets/Blue/TargetGroup/Resource' } },
    );
    expect(labelsOf(roadThrough(stack).sites[0]!)).toContain('default → Blue 100 %');
  });

  test('keeps its logical id when another one has the same name', () => {
    const stack = stackOf(
      { Balancer: balancer, A: group, B: group, Listener: listener(forward(['A', 1], ['B', 1])) },
      { paths: { A: 'One/Blue/TargetGroup/Resource', B: 'Two/Blue/TargetGroup/Resource' } },
    );
    expect(labelsOf(roadThrough(stack).sites[0]!)).toContain('default → A 50 %, B 50 %');
  });

  test('shows what cannot be resolved by its logical id', () => {
    const lines = balancerLines({ A: group, Listener: listener(forward(['A', 1])), Fleet: fleet });
    expect(lines).toContain('A: HTTP on port 80, 1–MaxParameter servers, Template');
  });

  test('shows the instance types of a mixed policy', () => {
    const { LaunchTemplate: _, ...rest } = fleet.Properties!;
    const Overrides = [{ InstanceType: 'm7g.large' }, { InstanceType: 'm6g.large' }];
    const mixed = { ...fleet, Properties: { ...rest, MixedInstancesPolicy: { LaunchTemplate: { Overrides } } } };
    const lines = balancerLines({ A: group, Listener: listener(forward(['A', 1])), Fleet: mixed });
    expect(lines).toContain('A: HTTP on port 80, 1–MaxParameter servers, m7g.large, m6g.large');
  });
});

describe('a name', () => {
  const zone = { HostedZoneId: 'Z1' };
  const record = (Name: string, DNSName: unknown, more: object = {}) => ({
    ...zone,
    Name,
    Type: 'A',
    AliasTarget: { DNSName, HostedZoneId: 'Z2' },
    ...more,
  });
  const placed = (properties: object): Resource => ({ Type: 'AWS::Route53::RecordSet', Properties: { ...properties } });

  test('may stand in a record set group, with weights', () => {
    const Group: Resource = {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: {
        RecordSets: [
          record('w.example.com.', 'a.example.com', { Weight: 90, SetIdentifier: 'a' }),
          record('w.example.com.', 'b.example.com', { Weight: 10, SetIdentifier: 'b', HealthCheckId: 'abc' }),
        ],
      },
    };
    const [node] = roadThrough(stackOf({ Group })).shared;
    expect(labelsOf(node!)).toEqual([
      'w.example.com (A alias, weighted, Stack)',
      'weight 90 → a.example.com',
      'weight 10 → b.example.com',
      'check: abc',
    ]);
  });

  test('that leads to itself ends there', () => {
    const resources = {
      First: placed(record('www.example.com.', 'a.example.com')),
      A: placed(record('a.example.com.', 'b.example.com')),
      B: placed(record('b.example.com.', 'a.example.com')),
    };
    const [node] = roadThrough(stackOf(resources)).shared;
    expect(labelsOf(node!)).toEqual([
      'www.example.com (A alias, Stack)',
      'a.example.com (A alias, Stack)',
      'b.example.com (A alias, Stack)',
      'a.example.com',
    ]);
  });

  test('shows the check that decides, whatever its kind', () => {
    const check = (config: object): Resource => ({
      Type: 'AWS::Route53::HealthCheck',
      Properties: { HealthCheckConfig: config },
    });
    const checks = {
      Tcp: check({ Type: 'TCP', IPAddress: '192.0.2.1', Port: 8443 }),
      Marker: check({
        Type: 'HTTPS_STR_MATCH',
        FullyQualifiedDomainName: 'm.example.com',
        ResourcePath: '/eu',
        SearchString: 'evacuate',
        Inverted: true,
        RequestInterval: 10,
        FailureThreshold: 1,
      }),
      Alarm: check({ Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'x', Region: 'eu-west-1' } }),
    };
    const all = check({
      Type: 'CALCULATED',
      HealthThreshold: 2,
      ChildHealthChecks: [{ Ref: 'Tcp' }, { Ref: 'Marker' }, { Ref: 'Alarm' }],
    });
    const name = placed(
      record('x.example.com', 'y.example.com', { Region: 'eu-west-1', HealthCheckId: { Ref: 'All' } }),
    );
    const [node] = roadThrough(stackOf({ ...checks, All: all, Name: name })).shared;
    expect(labelsOf(node!)).toContain(
      'calculated check, 2 of 3: TCP 192.0.2.1:8443 every 30 s × 3, ' +
        "not HTTPS m.example.com/eu holding 'evacuate' every 10 s × 1, CLOUDWATCH_METRIC Alarm",
    );
  });
});

describe('a distribution', () => {
  const config = {
    Origins: [{ Id: 'o', DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } }],
    CacheBehaviors: [
      { PathPattern: '/a/*', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6', TargetOriginId: 'o' },
      { PathPattern: '/b/*', CachePolicyId: { Ref: 'Policy' }, TargetOriginId: 'o', AllowedMethods: ['GET', 'HEAD'] },
      { PathPattern: '/c/*', CachePolicyId: 'custom-id', TargetOriginId: 'lost' },
    ],
    DefaultCacheBehavior: { TargetOriginId: 'o' },
    WebACLId: 'arn:aws:wafv2:us-east-1:1:global/webacl/x/1',
  };
  const Policy: Resource = {
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: { CachePolicyConfig: { DefaultTTL: 7200, MaxTTL: 7200 } },
  };

  test('without a record is asked for by its own name', () => {
    const Distribution = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config } };
    const [node] = roadThrough(stackOf({ Distribution, Policy, Bucket: { Type: 'AWS::S3::Bucket' } })).shared;
    expect(labelsOf(node!)).toEqual([
      'a name of CloudFront',
      'CloudFront distribution Distribution (HTTP/1.1; TLS from TLSv1)',
      'web ACL arn:aws:wafv2:us-east-1:1:global/webacl/x/1',
      'behaviors, the first that matches',
      '/a/*: GET, HEAD, cached for 1 day → Bucket',
      '/b/*: GET, HEAD, cached for 2 hours → Bucket',
      '/c/*: GET, HEAD, cache policy custom-id → lost',
      'default: GET, HEAD, cached by settings of its own → Bucket',
      'Bucket',
    ]);
  });
});

test('a web ACL says its rules in the order of their priorities', () => {
  const byte = (field: object, text: string, constraint = 'EXACTLY') => ({
    ByteMatchStatement: { FieldToMatch: field, PositionalConstraint: constraint, SearchString: text },
  });
  const Acl: Resource = {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      DefaultAction: { Block: {} },
      Rules: [
        {
          Name: 'Later',
          Priority: 9,
          Action: { Count: {} },
          Statement: { GeoMatchStatement: { CountryCodes: ['DE', 'FR'] } },
        },
        {
          Name: 'Group',
          Priority: 5,
          OverrideAction: { Count: {} },
          Statement: { ManagedRuleGroupStatement: { Name: 'G', VendorName: 'AWS', Version: '1.2' } },
        },
        {
          Name: 'Either',
          Priority: 1,
          Action: { Allow: {} },
          Statement: {
            OrStatement: {
              Statements: [byte({ UriPath: {} }, '/a', 'STARTS_WITH'), byte({ QueryString: {} }, 'b', 'CONTAINS')],
            },
          },
        },
        { Name: 'Strange', Priority: 2, Action: { Block: {} }, Statement: { XssMatchStatement: {} } },
      ],
    },
  };
  const Association: Resource = {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: { ResourceArn: { Ref: 'Balancer' }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
  };
  expect(balancerLines({ Acl, Association }).slice(1)).toEqual([
    'web ACL Acl',
    '1 Either: allow if path starts with /a or query contains b',
    '2 Strange: block if XssMatchStatement',
    '5 Group: rule group 1.2, which only counts',
    '9 Later: count if the country is DE, FR',
    'otherwise block',
  ]);
});
