import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

/** What an alias to another record of the same zone says. */
export interface AliasRecordsProps {
  readonly zone: route53.IHostedZone;
  /** The record's whole name. */
  readonly recordName: string;
  /** The whole name of the record that it stands for. */
  readonly target: string;
  readonly evaluateTargetHealth: boolean;
  /** AAAA beside A. */
  readonly dualStack?: boolean;
  readonly region?: string;
  readonly setIdentifier?: string;
  readonly healthCheck?: route53.IHealthCheck;
}

/** An alias, by name, to a record of the same zone: A, and AAAA when all of the service has IPv6. */
export class AliasRecords extends Construct {
  public constructor(scope: Construct, id: string, props: AliasRecordsProps) {
    super(scope, id);
    const { target, evaluateTargetHealth, dualStack, recordName, ...rest } = props;
    const record = {
      ...rest,
      // The trailing dot keeps the L2 from appending the zone's name.
      recordName: `${recordName}.`,
      target: route53.RecordTarget.fromAlias({
        bind: () => ({ dnsName: target, hostedZoneId: props.zone.hostedZoneId, evaluateTargetHealth }),
      }),
    };
    new route53.ARecord(this, 'A', record);
    if (dualStack) new route53.AaaaRecord(this, 'Aaaa', record);
  }
}
