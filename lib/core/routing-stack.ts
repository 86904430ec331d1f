import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { takeZonesAtDeploy } from './private/zones';
import type { ServiceStackProps } from './service-stack-props';

/**
 * The stack that sends traffic to sites, in the control Region: health checks and policy records. It is deployed after the sites, so a
 * Region gets requests once its servers have answered.
 */
export class RoutingStack extends Stack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    const { availabilityZoneCount, ...stackProps } = props;
    super(scope, id, stackProps);
    takeZonesAtDeploy(this, availabilityZoneCount);
  }
}
