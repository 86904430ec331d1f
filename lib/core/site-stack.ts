import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordDefault } from './private/defaults';
import { takeZonesAtDeploy, zoneCountOf } from './private/zones';
import type { ServiceStackProps } from './service-stack-props';

/**
 * The stack of one Region's site: network, firewall, balancer and fleets. It never looks up availability zones, so its template is the
 * same with and without an account, and synthesizing needs no credentials.
 */
export class SiteStack extends Stack {
  public constructor(scope?: Construct, id?: string, props: ServiceStackProps = {}) {
    const { availabilityZoneCount, ...stackProps } = props;
    super(scope, id, stackProps);
    takeZonesAtDeploy(this, availabilityZoneCount);
    recordDefault(this, availabilityZoneCount, {
      prop: 'availabilityZoneCount',
      value: `${zoneCountOf(this)}`,
      why: 'another number moves the subnets of a live VPC: choose before the first deployment',
    });
  }
}
