import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { requireRegion, US_EAST_1 } from './private/regions';
import { takeZonesAtDeploy } from './private/zones';
import type { ServiceStackProps } from './service-stack-props';

/**
 * The last stack of a service, in us-east-1, where CloudFront's certificates and web ACLs live (CP-1): the distribution, if there is one,
 * and always the service's own record.
 */
export class EdgeStack extends Stack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    const { availabilityZoneCount, ...stackProps } = props;
    super(scope, id, stackProps);
    takeZonesAtDeploy(this, availabilityZoneCount);
    requireRegion(this, US_EAST_1, 'an EdgeStack');
  }
}
