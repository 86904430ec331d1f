import fc from 'fast-check';
import type { RequestOptions } from '../../lib/traffic';
import type { trafficOfStacks } from '../support/traffic';
import { firewall, type Site, siteResources, sites, webAcl, weight } from './sites';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;
type Region = (typeof REGIONS)[number];

/** The Region of the stack with what leads to the Regions of a service. */
const ROUTING = 'us-west-2';

/** A service in two or three Regions behind one name, made up at random: every choice that moves traffic when something fails. */
export interface Service {
  /** Its stacks by name. */
  readonly stacks: Parameters<typeof trafficOfStacks>[0];
  readonly regions: readonly Region[];
  /** The zones that balancers stand in. */
  readonly zones: readonly Zone[];
  /** The target groups, as `STACK/ID`. */
  readonly groups: readonly string[];
  /** The health checks of the Regions, in the order of their records, `Choice0` and so on. */
  readonly checks: readonly string[];
  /** Whether the records have them. */
  readonly isChecked: boolean;
  /** The origins of the distribution, if there is one. */
  readonly origins: readonly string[];
}

/** A zone of a site. */
export interface Zone {
  readonly name: string;
  readonly region: Region;
  /** The groups, as `STACK/ID`, whose targets all stand in it. */
  readonly groups: readonly string[];
}

function record(Name: string, more: object): object {
  return { Type: 'AWS::Route53::RecordSet', Properties: { Name, Type: 'A', HostedZoneId: 'Z1', ...more } };
}

const steering = fc.record({
  policy: fc.constantFrom('latency', 'weighted', 'failover', 'accelerator'),
  weights: fc.array(weight, { minLength: 3, maxLength: 3 }),
  dials: fc.array(fc.constantFrom(0, 50, 100), { minLength: 3, maxLength: 3 }),
  isChecked: fc.boolean(),
  isEvaluated: fc.boolean(),
});
type Steering = typeof steering extends fc.Arbitrary<infer T> ? T : never;

/** The Regions that records choose among. */
function chosenAmong({ policy }: Steering, regions: readonly Region[]): readonly Region[] {
  if (policy === 'accelerator') return [];
  return policy === 'failover' ? regions.slice(0, 2) : regions;
}

function recordResources(choices: Steering, regions: readonly Region[]): object {
  const { policy, weights, isChecked, isEvaluated } = choices;
  const choice = (region: Region, index: number) =>
    ({
      latency: { Region: region },
      weighted: { Weight: weights[index] },
      failover: { Failover: index === 0 ? 'PRIMARY' : 'SECONDARY' },
      accelerator: {},
    })[policy];
  return Object.fromEntries(
    chosenAmong(choices, regions).flatMap((region, index) => [
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

/** An accelerator with an endpoint group a Region. */
function acceleratorResources({ weights, dials }: Steering, regions: readonly Region[]): object {
  const endpointGroup = (region: Region, index: number) => ({
    Type: 'AWS::GlobalAccelerator::EndpointGroup',
    Properties: {
      ListenerArn: { Ref: 'AcceleratorListener' },
      EndpointGroupRegion: region,
      TrafficDialPercentage: dials[index],
      EndpointConfigurations: [{ EndpointId: { 'Fn::GetAtt': ['Fronts', frontOf(region)] }, Weight: weights[index] }],
    },
  });
  return {
    Fronts: { Type: 'Custom::CrossRegionExportReader' },
    Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'service' } },
    AcceleratorListener: {
      Type: 'AWS::GlobalAccelerator::Listener',
      Properties: {
        AcceleratorArn: { Ref: 'Accelerator' },
        Protocol: 'TCP',
        PortRanges: [{ FromPort: 80, ToPort: 80 }],
      },
    },
    ...Object.fromEntries(regions.map((region, index) => [`Endpoints${index}`, endpointGroup(region, index)])),
    Accelerated: record('origin.example.com', {
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['Accelerator', 'DnsName'] }, HostedZoneId: 'Z2BJ6XQ5FK7U4H' },
    }),
  };
}

/** What carries the front of a site to the accelerator, in the way of the CDK. */
function frontOf(region: Region): string {
  return `/cdk/exports/Routing/${region}`;
}

function stackOf(site: Site, region: Region): object {
  const exports = { [frontOf(region)]: { Ref: 'Front' } };
  return {
    ...siteResources(site, region),
    Record: record(`${region}.origin.example.com`, {
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['Front', 'DNSName'] }, HostedZoneId: 'Z2', EvaluateTargetHealth: false },
    }),
    Writer: {
      Type: 'Custom::CrossRegionExportWriter',
      Properties: { WriterProps: { region: ROUTING, exports } },
    },
  };
}

function edgeResources(regions: readonly Region[], rules: readonly object[] | undefined): object {
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
          ...(rules === undefined ? {} : { WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } }),
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
    ...(rules === undefined ? {} : { Acl: webAcl('CLOUDFRONT', rules) }),
    Www: record('www.example.com', {
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['Distribution', 'DomainName'] }, HostedZoneId: 'Z2FDTNDATAQYW2' },
    }),
  };
}

/** Services of every make. */
export const services: fc.Arbitrary<Service> = fc
  .record({
    regions: fc.shuffledSubarray([...REGIONS], { minLength: 2 }),
    routing: steering,
    hasEdge: fc.boolean(),
    edgeFirewall: firewall,
  })
  .chain(({ regions, routing, hasEdge, edgeFirewall }) =>
    fc.tuple(...regions.map(() => sites)).map((made) => {
      const stacks = Object.fromEntries(
        regions.map((region, index) => [region, { region, resources: stackOf(made[index]!, region) }]),
      );
      const isAccelerated = routing.policy === 'accelerator';
      const leads = isAccelerated ? acceleratorResources(routing, regions) : recordResources(routing, regions);
      return {
        stacks: {
          ...stacks,
          Routing: { region: ROUTING, resources: leads },
          ...(hasEdge ? { Edge: { region: 'us-east-1', resources: edgeResources(regions, edgeFirewall) } } : {}),
        },
        regions,
        zones: regions.flatMap((region, index) => zonesOf(made[index]!, region)),
        groups: regions.flatMap((region, index) => groupsOf(made[index]!, region)),
        checks: chosenAmong(routing, regions).map((_, index) => `Check${index}`),
        isChecked: routing.isChecked,
        origins: hasEdge ? ['main', 'spare'] : [],
      };
    }),
  );

function zonesOf({ zones, groups }: Site, region: Region): readonly Zone[] {
  return [...zones].map((letter) => ({
    name: `${region}${letter}`,
    region,
    groups: groups.flatMap((of, index) => (of === letter ? [`${region}/Group${index}`] : [])),
  }));
}

function groupsOf({ groups, front }: Site, region: Region): readonly string[] {
  const own = groups.map((_, index) => `${region}/Group${index}`);
  return front === 'network-before-application' ? [...own, `${region}/Inners`] : own;
}

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
