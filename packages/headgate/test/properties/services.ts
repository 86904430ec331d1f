import fc from 'fast-check';
import type { RequestOptions } from '../../lib/traffic';
import type { trafficOfStacks } from '../support/traffic';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;
type Region = (typeof REGIONS)[number];

/** A service in two or three Regions behind one name, made up at random: every choice that moves traffic when something fails. */
export interface Service {
  /** Its stacks by name. */
  readonly stacks: Parameters<typeof trafficOfStacks>[0];
  readonly regions: readonly Region[];
  /** The target groups, as `STACK/ID`. */
  readonly groups: readonly string[];
  /** The health checks of the Regions, in the order of their records, `Choice0` and so on. */
  readonly checks: readonly string[];
  /** Whether the records have them. */
  readonly isChecked: boolean;
  /** The origins of the distribution, if there is one. */
  readonly origins: readonly string[];
}

const PATHS = ['/', '/api', '/api/*', '*.png', '/static/*', '/*'];
const weight = fc.integer({ min: 0, max: 10 });

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

const site = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    isCrossZone: fc.boolean(),
    paths: fc.uniqueArray(fc.constantFrom(...PATHS), { maxLength: 4 }),
  })
  .chain(({ groups, isCrossZone, paths }) =>
    fc.record({
      groups: fc.constant(groups),
      isCrossZone: fc.constant(isCrossZone),
      rules: fc.tuple(...paths.map((path) => action(groups).map((does) => ({ path, does })))),
      fallback: action(groups),
    }),
  );
type Site = typeof site extends fc.Arbitrary<infer T> ? T : never;

function siteResources({ groups, isCrossZone, rules, fallback }: Site, region: Region): object {
  const attribute = { Key: 'load_balancing.cross_zone.enabled', Value: String(isCrossZone) };
  const group = {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Protocol: 'HTTP', Port: 80, TargetGroupAttributes: [attribute] },
  };
  return {
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 80, Protocol: 'HTTP', DefaultActions: [fallback] },
    },
    ...Object.fromEntries(Array.from({ length: groups }, (_, index) => [`Group${index}`, group])),
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
    Record: record(`${region}.origin.example.com`, {
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['Lb', 'DNSName'] }, HostedZoneId: 'Z2', EvaluateTargetHealth: false },
    }),
  };
}

function record(Name: string, more: object): object {
  return { Type: 'AWS::Route53::RecordSet', Properties: { Name, Type: 'A', HostedZoneId: 'Z1', ...more } };
}

const steering = fc.record({
  policy: fc.constantFrom('latency', 'weighted', 'failover'),
  weights: fc.array(weight, { minLength: 3, maxLength: 3 }),
  isChecked: fc.boolean(),
  isEvaluated: fc.boolean(),
});
type Steering = typeof steering extends fc.Arbitrary<infer T> ? T : never;

function routingResources({ policy, weights, isChecked, isEvaluated }: Steering, regions: readonly Region[]): object {
  const choice = (region: Region, index: number) =>
    ({
      latency: { Region: region },
      weighted: { Weight: weights[index] },
      failover: { Failover: index === 0 ? 'PRIMARY' : 'SECONDARY' },
    })[policy];
  const used = policy === 'failover' ? regions.slice(0, 2) : regions;
  return Object.fromEntries(
    used.flatMap((region, index) => [
      [
        `Check${index}`,
        {
          Type: 'AWS::Route53::HealthCheck',
          Properties: {
            HealthCheckConfig: { Type: 'HTTP', FullyQualifiedDomainName: `${region}.origin.example.com`, Port: 80 },
          },
        },
      ],
      [
        `Choice${index}`,
        record('origin.example.com', {
          SetIdentifier: region,
          ...choice(region, index),
          ...(isChecked ? { HealthCheckId: { Ref: `Check${index}` } } : {}),
          AliasTarget: {
            DNSName: `${region}.origin.example.com`,
            HostedZoneId: 'Z1',
            EvaluateTargetHealth: isEvaluated || policy === 'failover',
          },
        }),
      ],
    ]),
  );
}

function edgeResources(regions: readonly Region[]): object {
  const origin = (Id: string, DomainName: string) => ({
    Id,
    DomainName,
    CustomOriginConfig: { OriginProtocolPolicy: 'http-only' },
  });
  const plain = { ViewerProtocolPolicy: 'allow-all', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' };
  return {
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Aliases: ['www.example.com'],
          Origins: [origin('main', 'origin.example.com'), origin('spare', `${regions[1]}.origin.example.com`)],
          OriginGroups: {
            Quantity: 1,
            Items: [
              {
                Id: 'both',
                Members: { Quantity: 2, Items: [{ OriginId: 'main' }, { OriginId: 'spare' }] },
                FailoverCriteria: { StatusCodes: { Quantity: 3, Items: [502, 503, 504] } },
              },
            ],
          },
          CacheBehaviors: [{ PathPattern: '/static/*', TargetOriginId: 'both', ...plain }],
          DefaultCacheBehavior: { TargetOriginId: 'main', ...plain },
        },
      },
    },
    Www: record('www.example.com', {
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['Distribution', 'DomainName'] }, HostedZoneId: 'Z2FDTNDATAQYW2' },
    }),
  };
}

/** Services of every make. */
export const services: fc.Arbitrary<Service> = fc
  .record({ regions: fc.shuffledSubarray([...REGIONS], { minLength: 2 }), routing: steering, hasEdge: fc.boolean() })
  .chain(({ regions, routing, hasEdge }) =>
    fc.tuple(...regions.map(() => site)).map((sites) => {
      const stacks = Object.fromEntries(
        regions.map((region, index) => [region, { region, resources: siteResources(sites[index]!, region) }]),
      );
      const used = routing.policy === 'failover' ? 2 : regions.length;
      return {
        stacks: {
          ...stacks,
          Routing: { region: 'us-west-2', resources: routingResources(routing, regions) },
          ...(hasEdge ? { Edge: { region: 'us-east-1', resources: edgeResources(regions) } } : {}),
        },
        regions,
        groups: regions.flatMap((region, index) =>
          Array.from({ length: sites[index]!.groups }, (_, group) => `${region}/Group${group}`),
        ),
        checks: Array.from({ length: used }, (_, index) => `Check${index}`),
        isChecked: routing.isChecked,
        origins: hasEdge ? ['main', 'spare'] : [],
      };
    }),
  );

/** Requests to a service, at its name and at the name behind its edge. */
export const requests: fc.Arbitrary<RequestOptions> = fc.record(
  {
    url: fc
      .tuple(
        fc.constantFrom('origin.example.com', 'www.example.com'),
        fc.constantFrom('/', '/api', '/api/orders', '/static/a.png', '/static/a.js', '/x?y=1'),
      )
      .map(([host, path]) => `http://${host}${path}`),
    method: fc.constantFrom('GET', 'POST', 'HEAD'),
    clientRegion: fc.constantFrom(...REGIONS, 'eu-central-1'),
    clientIp: fc.constantFrom('192.0.2.1', '2001:db8::1'),
  },
  { requiredKeys: ['url'] },
);
