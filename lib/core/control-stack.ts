import type { Construct } from 'constructs';
import type { ServiceStackProps } from './service-stack-props';
import { ZoneSafeStack } from './private/zone-safe-stack';

/**
 * The first stack of a service, in its control Region, which serves no traffic: what all sites and the edge need before they exist, such
 * as the origin secrets.
 */
export class ControlStack extends ZoneSafeStack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    super(scope, id, props);
  }
}
