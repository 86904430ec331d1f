import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { takeZonesAtDeploy } from './private/zones';
import type { ServiceStackProps } from './service-stack-props';

/**
 * The first stack of a service, in its control Region, which serves no traffic: what all sites and the edge need before they exist, such
 * as the origin secrets.
 */
export class ControlStack extends Stack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    const { availabilityZoneCount, ...stackProps } = props;
    super(scope, id, stackProps);
    takeZonesAtDeploy(this, availabilityZoneCount);
  }
}
