import fc from 'fast-check';

/** A service in one Region, made up at random: balancers in zones, their rules and groups, and what looks at requests before them. */
export interface Site {
  /** What requests reach first: `Front`; an application balancer behind a network one is `Inner`. */
  readonly front: 'application' | 'network' | 'network-before-application';
  /** The letters of the zones that balancers stand in. */
  readonly zones: string;
  /** The letters of the zones that the targets of each group stand in; none if nothing tells. */
  readonly groups: readonly string[];
  readonly isCrossZone: { readonly balancer: boolean; readonly groups: boolean };
  readonly rules: readonly { readonly path: string; readonly does: object }[];
  readonly fallback: object;
  /** The rules of a web ACL; undefined if there is none. */
  readonly firewall: readonly object[] | undefined;
}

const PATHS = ['/', '/api', '/api/*', '*.png', '/static/*', '/*'];

/** A weight of a record or a group. */
export const weight = fc.integer({ min: 0, max: 10 });

const action = (groups: number) =>
  fc
    .array(fc.tuple(fc.nat(groups - 1), weight), { minLength: 1, maxLength: 3 })
    .filter((tuples) => tuples.some(([, one]) => one > 0))
    .map((tuples) => ({
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: tuples.map(([index, Weight]) => ({ TargetGroupArn: { Ref: `Group${index}` }, Weight })),
      },
    }));

const startsWith = (path: string) => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    SearchString: path,
    PositionalConstraint: 'STARTS_WITH',
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  },
});

/** Rules of a web ACL that block for certain, at times or never; undefined for no web ACL. */
export const firewall = fc.option(
  fc.uniqueArray(
    fc.constantFrom<object>(
      { Statement: startsWith('/api'), Action: { Block: {} } },
      { Statement: startsWith('/static'), Action: { Allow: {} } },
      { Statement: startsWith('/'), Action: { Count: {} } },
      { Statement: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } }, Action: { Block: {} } },
      {
        Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
        OverrideAction: { None: {} },
      },
    ),
    { maxLength: 3 },
  ),
  { nil: undefined },
);

/** A web ACL with these rules, in this order. */
export function webAcl(Scope: 'REGIONAL' | 'CLOUDFRONT', rules: readonly object[]): object {
  const Rules = rules.map((rule, Priority) => ({ Name: `rule${Priority}`, Priority, ...rule }));
  return { Type: 'AWS::WAFv2::WebACL', Properties: { Name: 'acl', Scope, DefaultAction: { Allow: {} }, Rules } };
}

/** Sites of every make. */
export const sites: fc.Arbitrary<Site> = fc
  .record({
    groups: fc.array(fc.constantFrom('', 'a', 'b', 'ab'), { minLength: 1, maxLength: 3 }),
    paths: fc.uniqueArray(fc.constantFrom(...PATHS), { maxLength: 4 }),
  })
  .chain(({ groups, paths }) =>
    fc.record({
      front: fc.constantFrom('application', 'network', 'network-before-application'),
      zones: fc.constantFrom('ab', 'abc'),
      groups: fc.constant(groups),
      isCrossZone: fc.record({ balancer: fc.boolean(), groups: fc.boolean() }),
      rules: fc.tuple(...paths.map((path) => action(groups.length).map((does) => ({ path, does })))),
      fallback: action(groups.length),
      firewall,
    }),
  );

/** The resources of a site in a Region. */
export function siteResources(site: Site, region: string): object {
  const { front, zones, groups, isCrossZone } = site;
  const isNetwork = front === 'network';
  const protocol = isNetwork ? 'TCP' : 'HTTP';
  return {
    ...Object.fromEntries([...zones].map((letter) => [`Subnet${letter}`, subnet(`${region}${letter}`)])),
    ...Object.fromEntries(
      groups.flatMap((of, index) => [
        [`Group${index}`, group(protocol, isCrossZone.groups)],
        ...(of === '' ? [] : [[`Fleet${index}`, fleet(`Group${index}`, of)] as const]),
      ]),
    ),
    ...(isNetwork
      ? networkResources(site, site.fallback)
      : applicationResources(site, front === 'application' ? 'Front' : 'Inner')),
    ...(front === 'network-before-application'
      ? {
          ...networkResources(site, { Type: 'forward', TargetGroupArn: { Ref: 'Inners' } }),
          Inners: inners(),
        }
      : {}),
  };
}

function networkResources({ zones, isCrossZone }: Site, does: object): object {
  return {
    Front: balancer('network', zones, isCrossZone.balancer),
    NetworkListener: listener('Front', 'TCP', does),
  };
}

function applicationResources({ zones, rules, fallback, firewall: acl }: Site, id: string): object {
  return {
    [id]: balancer('application', zones, true),
    Listener: listener(id, 'HTTP', fallback),
    ...Object.fromEntries(
      rules.map(({ path, does }, index) => [
        `Rule${index}`,
        {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          Properties: {
            ListenerArn: { Ref: 'Listener' },
            Priority: index + 1,
            Conditions: [{ Field: 'path-pattern', Values: [path] }],
            Actions: [does],
          },
        },
      ]),
    ),
    ...(acl === undefined
      ? {}
      : {
          Acl: webAcl('REGIONAL', acl),
          Association: {
            Type: 'AWS::WAFv2::WebACLAssociation',
            Properties: { ResourceArn: { Ref: id }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
          },
        }),
  };
}

function balancer(Type: string, zones: string, isCrossZone: boolean): object {
  const LoadBalancerAttributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: String(isCrossZone) }];
  return {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type, Subnets: [...zones].map((letter) => ({ Ref: `Subnet${letter}` })), LoadBalancerAttributes },
  };
}

function listener(of: string, Protocol: string, does: object): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: of }, Port: 80, Protocol, DefaultActions: [does] },
  };
}

function subnet(AvailabilityZone: string): object {
  return { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } };
}

function group(Protocol: string, isCrossZone: boolean): object {
  const attribute = { Key: 'load_balancing.cross_zone.enabled', Value: String(isCrossZone) };
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Protocol, Port: 80, TargetGroupAttributes: [attribute] },
  };
}

function inners(): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Protocol: 'TCP', Port: 80, TargetType: 'alb', Targets: [{ Id: { Ref: 'Inner' }, Port: 80 }] },
  };
}

function fleet(of: string, zones: string): object {
  return {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MaxSize: '4',
      TargetGroupARNs: [{ Ref: of }],
      VPCZoneIdentifier: [...zones].map((letter) => ({ Ref: `Subnet${letter}` })),
    },
  };
}
