import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { ServiceDomain } from '../core';
import { injected } from '../core/private/injection';

/** Properties of a `ServiceRecord`. */
export interface ServiceRecordProps {
  /** The service's name and zone. */
  readonly domain: ServiceDomain;

  /**
   * The distribution that the name leads to.
   *
   * @default - the name leads to `origin.` of itself, straight to the Regions
   */
  readonly distribution?: cloudfront.IDistribution;

  /**
   * Whether a name that leads straight to the Regions gets an AAAA record too. A distribution always has both.
   *
   * @default false
   */
  readonly dualStack?: boolean;
}

/**
 * The record of the service's own name. It stays the same record when a distribution comes or goes.
 */
export class ServiceRecord extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.dns.ServiceRecord';

  /** The A record. */
  public readonly record: route53.ARecord;

  public constructor(scope: Construct, id: string, props: ServiceRecordProps) {
    super(scope, id);
    const { domain, distribution, dualStack } = injected(ServiceRecord.PROPERTY_INJECTION_ID, scope, id, props);
    const zone = domain.importHostedZone(this, 'Zone');
    const record = {
      zone,
      recordName: `${domain.serviceName}.`,
      target: route53.RecordTarget.fromAlias(
        distribution
          ? new targets.CloudFrontTarget(distribution)
          : {
              bind: () => ({
                dnsName: domain.originName,
                hostedZoneId: zone.hostedZoneId,
                evaluateTargetHealth: false,
              }),
            },
      ),
    };
    this.record = new route53.ARecord(this, 'A', record);
    if (distribution || dualStack) new route53.AaaaRecord(this, 'Aaaa', record);
  }
}
