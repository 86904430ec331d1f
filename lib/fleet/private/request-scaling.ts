import { Lazy } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { problem } from '../../core/errors';

/**
 * Holds the requests that each server gets in a minute at a target. Unlike the L2's `scaleOnRequestCount` it may be declared before the
 * target group is on a balancer, own or imported (CDK-13), whose name the metric needs (ASG-2).
 */
export function scaleOnRequests(
  scope: Construct,
  id: string,
  autoScalingGroup: autoscaling.AutoScalingGroup,
  targetGroup: elbv2.ApplicationTargetGroup,
  targetValue: number,
): void {
  const policy = new autoscaling.TargetTrackingScalingPolicy(scope, id, {
    autoScalingGroup,
    predefinedMetric: autoscaling.PredefinedMetric.ALB_REQUEST_COUNT_PER_TARGET,
    targetValue,
    // Never throws: tokens are resolved before validations run, and the validation has the better message.
    resourceLabel: Lazy.string({ produce: () => resourceLabel(targetGroup) ?? 'unattached' }),
  });
  policy.node.addDependency(targetGroup.loadBalancerAttached);
  scope.node.addValidation({
    validate: () =>
      resourceLabel(targetGroup) !== undefined
        ? []
        : [
            problem(
              'HG3007',
              "'requestsPerTargetPerMinute' needs the fleet on a balancer, got no route to it: add a route that forwards to the fleet, or leave the prop out",
              scope,
            ),
          ],
  });
}

function resourceLabel(targetGroup: elbv2.ApplicationTargetGroup): string | undefined {
  try {
    return `${targetGroup.firstLoadBalancerFullName}/${targetGroup.targetGroupFullName}`;
  } catch {
    return undefined;
  }
}
