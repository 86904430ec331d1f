import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import type { RouteProps, TargetGroup, TargetGroupProps } from '../balancing';
import type { AutoScalingFleet, AutoScalingFleetOptions } from '../fleet';

/** A service in one Region, of this app or of another. */
export interface IRegionalService extends IConstruct {
  /** The HTTPS listener that the routes are rules of. */
  readonly listener: elbv2.IApplicationListener;

  /** The network of the balancer and of the fleets. */
  readonly vpc: ec2.IVpc;

  /** Adds an Auto Scaling group with a target group of its own. */
  addFleet(id: string, options: AutoScalingFleetOptions): AutoScalingFleet;

  /** Adds a target group for targets that exist otherwise. */
  addTargetGroup(id: string, props?: TargetGroupProps): TargetGroup;

  /** Adds a route to the listener and returns the L2 rule. */
  addRoute(id: string, props: RouteProps): elbv2.ApplicationListenerRule;
}
