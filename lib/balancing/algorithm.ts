import type { Duration } from 'aws-cdk-lib';
import { TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** Options of `Algorithm.roundRobin`. */
export interface RoundRobinOptions {
  /**
   * How long a new target's share grows from nothing to its full size: 30 to 900 seconds. The first targets of an empty group get no slow
   * start, since no older one could take the rest (ALB-24).
   *
   * @default - no slow start: a new target gets its full share at once
   */
  readonly slowStart?: Duration;
}

/** Options of `Algorithm.weightedRandom`. */
export interface WeightedRandomOptions {
  /**
   * Whether a target that answers worse than the others gets fewer requests. Detection needs at least three healthy targets (ALB-24).
   *
   * @default true
   */
  readonly anomalyMitigation?: boolean;
}

/**
 * How a balancer chooses a target in a group. Only what AWS takes together can be said together: slow start goes with round robin alone,
 * anomaly mitigation with weighted random alone (ALB-24).
 */
export class Algorithm {
  /** Each healthy target in turn. */
  public static roundRobin(options: RoundRobinOptions = {}): Algorithm {
    return new Algorithm(TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN, options.slowStart);
  }

  /** The target with the fewest requests in progress: what other balancers call least connections. */
  public static leastOutstandingRequests(): Algorithm {
    return new Algorithm(TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS);
  }

  /** A random target, fewer requests to those that answer anomalously. */
  public static weightedRandom(options: WeightedRandomOptions = {}): Algorithm {
    return new Algorithm(
      TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM,
      undefined,
      options.anomalyMitigation ?? true,
    );
  }

  private constructor(
    /** @internal */
    public readonly _type: TargetGroupLoadBalancingAlgorithmType,
    /** @internal */
    public readonly _slowStart?: Duration,
    /** @internal */
    public readonly _anomalyMitigation?: boolean,
  ) {}
}
