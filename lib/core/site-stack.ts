import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordDefault } from './private/defaults';
import { defaultZoneCount, takeZonesAtDeploy } from './private/zones';

/** Properties of a `SiteStack`. */
export interface SiteStackProps extends StackProps {
  /**
   * How many availability zones the stack's VPCs and groups use, 2 to 6: the first ones of the Region, taken at deploy time. More than
   * the Region has for your account fails the deployment.
   *
   * @default 3, and 2 in us-west-1, which offers new accounts no third one
   */
  readonly availabilityZoneCount?: number;
}

/**
 * The stack of one Region's site. It never looks up availability zones, so its template is the same with and without an account, and
 * synthesizing needs no credentials.
 */
export class SiteStack extends Stack {
  public constructor(scope?: Construct, id?: string, props: SiteStackProps = {}) {
    super(scope, id, props);
    const count = props.availabilityZoneCount ?? defaultZoneCount(this.region);
    takeZonesAtDeploy(this, count);
    recordDefault(this, props.availabilityZoneCount, {
      prop: 'availabilityZoneCount',
      value: `${count}`,
      why: 'a zone can fail and two still serve',
    });
  }
}
