import type { Construct } from 'constructs';
import { requireRegion, US_EAST_1 } from './private/regions';
import type { ServiceStackProps } from './service-stack-props';
import { ZoneSafeStack } from './private/zone-safe-stack';

/**
 * The last stack of a service, in us-east-1, where CloudFront's certificates and web ACLs live (CP-1): the distribution, if there is one,
 * and always the service's own record.
 */
export class EdgeStack extends ZoneSafeStack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    super(scope, id, props);
    requireRegion(this, US_EAST_1, 'an EdgeStack');
  }
}
