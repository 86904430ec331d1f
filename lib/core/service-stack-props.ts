import type { StackProps } from 'aws-cdk-lib';

/** Properties of the four kinds of stacks of a service. */
export interface ServiceStackProps extends StackProps {
  /**
   * How many availability zones the stack's VPCs and groups use, 2 to 6: the first ones of the Region, taken at deploy time. More than
   * the Region has for your account fails the deployment. Choose it for good: another number moves the subnets of a live VPC.
   *
   * @default 3, and 2 in us-west-1, which offers new accounts no third one
   */
  readonly availabilityZoneCount?: number;
}
