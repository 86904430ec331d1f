import type { Construct } from 'constructs';
import type { ServiceStackProps } from './service-stack-props';
import { ZoneSafeStack } from './private/zone-safe-stack';

/**
 * The stack that sends traffic to sites, in the control Region: health checks and policy records. It is deployed after the sites, so a
 * Region gets requests once its servers have answered.
 */
export class RoutingStack extends ZoneSafeStack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    super(scope, id, props);
  }
}
