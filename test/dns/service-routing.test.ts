import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ServiceDomain } from '../../lib/core';
import { GlobalRouting, ServiceRouting, type ServiceRoutingProps } from '../../lib/dns';

const hostedZoneId = 'Z0123456789EXAMPLE';
const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName: 'example.com', recordName: 'shop' });

interface RecordJson {
  readonly Properties: {
    readonly Name: string;
    readonly Type: string;
    readonly SetIdentifier?: string;
    readonly Region?: string;
    readonly HostedZoneId: unknown;
    readonly HealthCheckId?: unknown;
    readonly AliasTarget: { readonly DNSName: string };
  };
  readonly DependsOn?: string[];
}

interface Setting extends Partial<ServiceRoutingProps> {
  readonly partners?: Record<string, string>;
}

function synthesize(regions: string[], { partners = {}, ...props }: Setting = {}) {
  const stack = new Stack(new App(), 'Routing');
  const routing = new ServiceRouting(stack, 'Records', { domain, routing: GlobalRouting.latency(), ...props });
  for (const region of regions) {
    // By id, so that a check's place in the template tells which Region's it is.
    const healthCheck = route53.HealthCheck.fromHealthCheckId(stack, `Check-${region}`, `check-of-${region}`);
    routing.addRegion(region, { healthCheck, partner: partners[region] });
  }
  const records = Template.fromStack(stack).findResources('AWS::Route53::RecordSet') as Record<string, RecordJson>;
  return { stack, routing, records };
}

/** The records of a name, each as `[set identifier, what it stands for, its check]`. */
function answers(records: Record<string, RecordJson>, name: string, type = 'A'): unknown[] {
  return Object.values(records)
    .map(({ Properties }) => Properties)
    .filter(({ Name, Type }) => Name === `${name}.` && Type === type)
    .map(({ SetIdentifier, AliasTarget, HealthCheckId }) => [SetIdentifier, AliasTarget.DNSName, HealthCheckId]);
}

const POLICY = 'latency.origin.shop.example.com';
const of = (region: string, place = region) => [region, `${place}.origin.shop.example.com`, `check-of-${place}`];

describe.each([
  ['one Region', ['us-east-1'], ['us-east-1']],
  ['two Regions', ['us-east-1', 'eu-west-1'], ['eu-west-1', 'us-east-1']],
  ['three Regions', ['us-east-1', 'eu-west-1', 'ap-south-1'], ['eu-west-1', 'ap-south-1', 'us-east-1']],
])('with %s', (_, regions, partners) => {
  const { records } = synthesize(regions);

  test('the policy set has a record for each Region, with its own check', () => {
    expect(answers(records, POLICY)).toEqual(regions.map((region) => of(region)));
  });

  test('the mirror puts the next Region in the place of each, with its check, and the first after the last', () => {
    expect(answers(records, `alt.${POLICY}`)).toEqual(regions.map((region, index) => of(region, partners[index]!)));
  });

  test('the names that an edge uses are simple aliases to the two sets', () => {
    expect(answers(records, 'origin.shop.example.com')).toEqual([[undefined, POLICY, undefined]]);
    expect(answers(records, 'alt.origin.shop.example.com')).toEqual([[undefined, `alt.${POLICY}`, undefined]]);
  });

  test('both sets choose by latency to the Region that the record is for, and by nothing else', () => {
    const sets = Object.values(records).filter(({ Properties }) => Properties.Name.includes('latency.'));
    expect(sets).toHaveLength(2 * regions.length);
    for (const { Properties } of sets) {
      expect(Properties.Region).toBe(Properties.SetIdentifier);
      for (const other of ['Weight', 'Failover', 'GeoLocation', 'MultiValueAnswer', 'TTL', 'ResourceRecords']) {
        expect(Properties).not.toHaveProperty(other);
      }
    }
  });

  test('every alias stays in the zone and follows the health of its target', () => {
    for (const { Properties } of Object.values(records)) {
      expect(Properties.HostedZoneId).toBe(hostedZoneId);
      expect(Properties.AliasTarget).toMatchObject({ HostedZoneId: hostedZoneId, EvaluateTargetHealth: true });
    }
  });

  test('the simple aliases wait for every record of their set', () => {
    for (const prefix of ['', 'alt.']) {
      const set = Object.entries(records).filter(([, { Properties }]) => Properties.Name === `${prefix}${POLICY}.`);
      const [alias] = Object.values(records).filter(
        ({ Properties }) => Properties.Name === `${prefix}origin.shop.example.com.`,
      );
      expect(alias?.DependsOn).toEqual(set.map(([id]) => id).sort());
    }
  });
});

describe('partners', () => {
  test('can be named, before or after the partner is added', () => {
    const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'];
    const partners = { 'us-east-1': 'ap-south-1', 'ap-south-1': 'eu-west-1' };
    const { records } = synthesize(regions, { partners });
    expect(answers(records, `alt.${POLICY}`)).toEqual([
      of('us-east-1', 'ap-south-1'),
      of('eu-west-1', 'ap-south-1'),
      of('ap-south-1', 'eu-west-1'),
    ]);
  });

  test('change nothing about the policy set', () => {
    const regions = ['us-east-1', 'eu-west-1', 'ap-northeast-1'];
    const { records } = synthesize(regions, { partners: { 'us-east-1': 'ap-northeast-1' } });
    expect(answers(records, POLICY)).toEqual(regions.map((region) => of(region)));
    expect(answers(records, `alt.${POLICY}`)).toEqual([
      of('us-east-1', 'ap-northeast-1'),
      of('eu-west-1', 'ap-northeast-1'),
      of('ap-northeast-1', 'us-east-1'),
    ]);
  });

  test.each([
    [['us-east-1', 'eu-west-1'], 'ap-south-1', 'us-east-1, eu-west-1'],
    [['us-east-1'], 'nowhere', 'us-east-1'],
  ])('fail when none of %j is %s', (regions, partner, listed) => {
    expect(() => synthesize(regions, { partners: { 'us-east-1': partner } })).toThrow(
      `HG8003: 'partner' of 'us-east-1' must be another one of the routed Regions ${listed}, got '${partner}': name one of them, or leave it out`,
    );
  });
});

describe('another Region', () => {
  const before = synthesize(['us-east-1', 'eu-west-1']).records;
  const after = synthesize(['us-east-1', 'eu-west-1', 'ap-south-1']).records;
  const changed = Object.keys(before).filter((id) => {
    return JSON.stringify(before[id]!.Properties) !== JSON.stringify(after[id]?.Properties);
  });

  test('adds a record to each set, and moves the partner of the former last one alone', () => {
    const added = Object.keys(after).filter((id) => !(id in before));
    expect(added.map((id) => after[id]!.Properties.SetIdentifier)).toEqual(['ap-south-1', 'ap-south-1']);
    expect(changed.map((id) => [before[id]!.Properties.Name, before[id]!.Properties.SetIdentifier])).toEqual([
      [`alt.${POLICY}.`, 'eu-west-1'],
    ]);
  });

  test('changes no more of that record than whom it stands for', () => {
    const [id] = changed;
    const { AliasTarget: _, HealthCheckId: __, ...rest } = before[id!]!.Properties;
    expect(after[id!]!.Properties).toMatchObject(rest);
  });

  test('in front of the others keeps the logical ids and identifiers of all', () => {
    const reordered = synthesize(['ap-south-1', 'us-east-1', 'eu-west-1']).records;
    for (const id of Object.keys(before)) {
      expect(reordered[id]?.Properties.SetIdentifier).toBe(before[id]!.Properties.SetIdentifier);
    }
  });
});

describe('IPv6', () => {
  test('is absent unless asked for', () => {
    const { records } = synthesize(['us-east-1', 'eu-west-1']);
    expect(new Set(Object.values(records).map(({ Properties }) => Properties.Type))).toEqual(new Set(['A']));
  });

  test('gives every name an AAAA record like its A record', () => {
    const { records } = synthesize(['us-east-1', 'eu-west-1'], { dualStack: true });
    for (const name of ['origin.shop.example.com', POLICY]) {
      for (const prefix of ['', 'alt.']) {
        expect(answers(records, prefix + name, 'AAAA')).toEqual(answers(records, prefix + name));
      }
    }
    expect(Object.keys(records)).toHaveLength(12);
  });

  test('leaves the A records as they are', () => {
    const only = synthesize(['us-east-1']).records;
    const both = synthesize(['us-east-1'], { dualStack: true }).records;
    for (const [id, { Properties }] of Object.entries(only)) expect(both[id]?.Properties).toEqual(Properties);
  });
});

test('a check that stands in the stack is referred to by every record that it decides about', () => {
  const stack = new Stack(new App(), 'Routing');
  const routing = new ServiceRouting(stack, 'Records', { domain, routing: GlobalRouting.latency() });
  for (const region of ['us-east-1', 'eu-west-1']) {
    const fqdn = domain.regionalOriginName(region);
    const type = route53.HealthCheckType.HTTPS;
    routing.addRegion(region, { healthCheck: new route53.HealthCheck(stack, region, { type, fqdn }) });
  }
  const template = Template.fromStack(stack);
  for (const [id, { Properties }] of Object.entries(template.findResources('AWS::Route53::HealthCheck'))) {
    const decided = template.findResources('AWS::Route53::RecordSet', { Properties: { HealthCheckId: { Ref: id } } });
    expect(Object.values(decided).map((record) => record.Properties.AliasTarget.DNSName)).toEqual([
      Properties.HealthCheckConfig.FullyQualifiedDomainName,
      Properties.HealthCheckConfig.FullyQualifiedDomainName,
    ]);
  }
});

describe('errors', () => {
  test('fails without a Region', () => {
    expect(() => synthesize([])).toThrow(
      "HG8001: 'addRegion' must be called for at least one Region that gets traffic, got none: add a Region",
    );
  });

  test('fails with a Region twice', () => {
    const stack = new Stack(new App(), 'Routing');
    const routing = new ServiceRouting(stack, 'Records', { domain, routing: GlobalRouting.latency() });
    const healthCheck = route53.HealthCheck.fromHealthCheckId(stack, 'Check', 'check');
    routing.addRegion('us-east-1', { healthCheck });
    expect(() => routing.addRegion('us-east-1', { healthCheck })).toThrow(
      "HG8002: 'region' must be routed once, got 'us-east-1' twice (R53-13): add it once [at Routing/Records]",
    );
  });

  test.each(['eu-west-99', Aws.REGION])('fails with %s as a Region', (region) => {
    expect(() => synthesize([region])).toThrow("HG0201: 'region' must be a");
  });
});
