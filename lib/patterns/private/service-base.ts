import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import {
  type RouteProps,
  ServiceRoutes,
  type ServiceRoutesProps,
  TargetGroup,
  type TargetGroupProps,
} from '../../balancing';
import { AutoScalingFleet, type AutoScalingFleetOptions } from '../../fleet';

/**
 * What a service of this app and an imported one share: fleets, target groups and routes, each kind in a scope of its own (D12).
 *
 * @internal
 */
export abstract class ServiceBase extends Construct {
  private readonly fleets = new Construct(this, 'Fleets');
  private readonly targetGroups = new Construct(this, 'TargetGroups');
  private routes?: ServiceRoutes;

  /** The network of balancer and fleets. */
  public abstract readonly vpc: ec2.IVpc;

  /** To be called once, when the listener is known. */
  protected initRoutes(props: ServiceRoutesProps): ServiceRoutes {
    this.routes = new ServiceRoutes(this, 'Routes', props);
    return this.routes;
  }

  /**
   * Adds an Auto Scaling group with a target group of its own. It gets traffic once a route forwards to it.
   *
   * @param id the fleet's construct id, permanent: another id is another fleet
   */
  public addFleet(id: string, options: AutoScalingFleetOptions): AutoScalingFleet {
    return new AutoScalingFleet(this.fleets, id, { ...options, vpc: this.vpc });
  }

  /**
   * Adds a target group for targets that exist otherwise: an ECS service, an L2 Auto Scaling group, addresses, a Lambda function.
   *
   * @param id the group's construct id, permanent: another id is another group
   */
  public addTargetGroup(id: string, props: TargetGroupProps = {}): TargetGroup {
    return new TargetGroup(this.targetGroups, id, { vpc: this.vpc, ...props });
  }

  /**
   * Adds a route to the listener and returns the L2 rule.
   *
   * @param id the route's construct id, permanent: its priority is computed from it and from the conditions
   */
  public addRoute(id: string, props: RouteProps): elbv2.ApplicationListenerRule {
    return this.routes!.addRoute(id, props);
  }
}
