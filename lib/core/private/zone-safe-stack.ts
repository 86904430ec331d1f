import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ServiceStackProps } from '../service-stack-props';
import { defaultZoneCount, takeZonesAtDeploy } from './zones';

/** A stack that takes its availability zones at deploy time, whatever its environment (CDK-9). */
export abstract class ZoneSafeStack extends Stack {
  protected constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    const { availabilityZoneCount, ...stackProps } = props;
    super(scope, id, stackProps);
    takeZonesAtDeploy(this, availabilityZoneCount ?? defaultZoneCount(this.region));
  }
}
