import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { PROBE_PATH, type ShopNames, siteName } from './names';

export interface RoutingStackProps extends StackProps {
  readonly names: ShopNames;
  /** Where the balancers are. */
  readonly regions: string[];
}

const CHECKER_REGIONS = [
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-1',
  'sa-east-1',
  'us-east-1',
  'us-west-1',
  'us-west-2',
];

/** The health checks, and the latency sets: one of the Regions, and one in which the next Region stands in the place of each. */
export class RoutingStack extends Stack {
  private readonly names: ShopNames;
  private readonly zone: route53.IHostedZone;

  public constructor(scope: Construct, id: string, props: RoutingStackProps) {
    super(scope, id, props);
    const { names, regions } = props;
    this.names = names;
    this.zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', names);
    const checks = regions.map((region) => this.addCheck(region));
    for (const [setId, prefix, shift] of [
      ['Origin', '', 0],
      ['AltOrigin', 'alt.', 1],
    ] as const) {
      const setName = `${prefix}latency.${names.origin}`;
      const alias = this.addAlias(setId, { recordName: `${prefix}${names.origin}.`, target: this.aliasTo(setName) });
      regions.forEach((region, index) => {
        const served = (index + shift) % regions.length;
        const member = this.addAlias(`${setId}-${region}`, {
          recordName: `${setName}.`,
          target: this.aliasTo(siteName(names, regions[served]!)),
          region,
          setIdentifier: region,
          healthCheck: checks[served],
        });
        alias.node.addDependency(member);
      });
    }
  }

  private addCheck(region: string): route53.IHealthCheck {
    const live = new route53.HealthCheck(this, `Live-${region}`, {
      type: route53.HealthCheckType.HTTPS,
      fqdn: siteName(this.names, region),
      port: 443,
      resourcePath: PROBE_PATH,
      enableSNI: true,
      requestInterval: Duration.seconds(10),
      failureThreshold: 3,
      regions: CHECKER_REGIONS,
    });
    return new route53.HealthCheck(this, `Region-${region}`, {
      type: route53.HealthCheckType.CALCULATED,
      childHealthChecks: [live],
      healthThreshold: 1,
    });
  }

  private addAlias(id: string, props: Omit<route53.ARecordProps, 'zone'>): route53.ARecord {
    return new route53.ARecord(this, id, { zone: this.zone, ...props });
  }

  private aliasTo(dnsName: string): route53.RecordTarget {
    const { hostedZoneId } = this.zone;
    return route53.RecordTarget.fromAlias({ bind: () => ({ dnsName, hostedZoneId, evaluateTargetHealth: true }) });
  }
}
