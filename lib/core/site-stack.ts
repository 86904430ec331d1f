import type { Construct } from 'constructs';
import type { ServiceStackProps } from './service-stack-props';
import { ZoneSafeStack } from './private/zone-safe-stack';

/**
 * The stack of one Region's site: network, firewall, balancer and fleets. It never looks up availability zones, so its template is the
 * same with and without an account, and synthesizing needs no credentials.
 */
export class SiteStack extends ZoneSafeStack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    super(scope, id, props);
  }
}
