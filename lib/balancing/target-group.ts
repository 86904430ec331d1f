import { Duration, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { HeadgateError, problem } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import type { Algorithm } from './algorithm';
import { checkWeight } from './private/forward-limits';
import { checkTargetGroup } from './private/target-group-limits';
import type { Stickiness } from './stickiness';

/** Properties of a `TargetGroup`: those of the L2, and two that say algorithm and stickiness in terms that can't contradict themselves. */
export interface TargetGroupProps extends elbv2.ApplicationTargetGroupProps {
  /**
   * How a target is chosen. In place of the L2's `loadBalancingAlgorithmType`, `slowStart` and `enableAnomalyMitigation`.
   *
   * @default - round robin without slow start
   */
  readonly algorithm?: Algorithm;

  /**
   * How a returning client finds its target. In place of the L2's `stickinessCookieDuration` and `stickinessCookieName`.
   *
   * @default - a client may meet another target on each request
   */
  readonly stickiness?: Stickiness;
}

const DEFAULT_CHECK_PATH = '/ready';
const DEFAULT_CHECK_INTERVAL = Duration.seconds(5);
const DEFAULT_CHECK_TIMEOUT = Duration.seconds(2);
const DEFAULT_CHECK_THRESHOLD = 2;

/**
 * A target group of an application load balancer that is checked fast enough to matter: `/ready` every 5 seconds, in or out after two
 * answers. `/ready` should say whether this one server can serve, and ask nothing of what lies behind it.
 *
 * It is an L2 `ApplicationTargetGroup`: whatever takes one takes this.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export class TargetGroup extends elbv2.ApplicationTargetGroup {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.balancing.TargetGroup';

  public constructor(scope: Construct, id: string, props: TargetGroupProps = {}) {
    const given = injected(TargetGroup.PROPERTY_INJECTION_ID, scope, id, props);
    super(scope, id, l2Props(given));
    this.node.addValidation({ validate: () => this.portProblem() });
    recordDefault(this, given.healthCheck, {
      prop: 'healthCheck',
      value: `${DEFAULT_CHECK_PATH} every ${DEFAULT_CHECK_INTERVAL.toSeconds()} s, in or out after ${DEFAULT_CHECK_THRESHOLD}`,
      why: 'a dead server is left alone after 7.5 to 12 s',
    });
    recordDefault(this, given.algorithm ?? given.loadBalancingAlgorithmType, {
      prop: 'algorithm',
      value: 'round robin',
      why: 'even shares for servers of one size',
    });
  }

  /**
   * This group as one of several that a route forwards to.
   *
   * @param weight an integer from 0 to 999; the group's share is its weight over the sum of the weights (ALB-20)
   */
  public weighted(weight: number): elbv2.WeightedTargetGroup {
    checkWeight(weight, this);
    return { targetGroup: this, weight };
  }

  /** Whether the targets are a Lambda function, which needs no port, is known only when they are all there. */
  private portProblem(): string[] {
    const resource = this.node.defaultChild as elbv2.CfnTargetGroup;
    if (resource.port !== undefined || this.targetType === elbv2.TargetType.LAMBDA) return [];
    return [
      problem('HG2113', "'port' must be given for targets that are no Lambda function: say on which port they listen"),
    ];
  }
}

function l2Props(given: TargetGroupProps): elbv2.ApplicationTargetGroupProps {
  const { algorithm, stickiness, ...rest } = given;
  refuseBoth('algorithm', algorithm, {
    loadBalancingAlgorithmType: rest.loadBalancingAlgorithmType,
    slowStart: rest.slowStart,
    enableAnomalyMitigation: rest.enableAnomalyMitigation,
  });
  refuseBoth('stickiness', stickiness, {
    stickinessCookieDuration: rest.stickinessCookieDuration,
    stickinessCookieName: rest.stickinessCookieName,
  });
  const protocol = rest.protocol ?? defaultProtocol(rest);
  const props: elbv2.ApplicationTargetGroupProps = {
    ...rest,
    protocol,
    healthCheck: healthCheck({ ...rest, protocol }),
    ...(algorithm && {
      loadBalancingAlgorithmType: algorithm._type,
      slowStart: algorithm._slowStart,
      enableAnomalyMitigation: algorithm._anomalyMitigation,
    }),
    ...(stickiness && {
      stickinessCookieDuration: stickiness._duration,
      stickinessCookieName: stickiness._cookieName,
    }),
  };
  checkTargetGroup(props);
  return props;
}

/** The L2 knows a protocol for a few ports only; servers behind a balancer speak HTTP on any other. */
function defaultProtocol({
  port,
  targetType,
}: elbv2.ApplicationTargetGroupProps): elbv2.ApplicationProtocol | undefined {
  if (port === undefined || targetType === elbv2.TargetType.LAMBDA) return undefined;
  return port === 443 || port === 8443 ? elbv2.ApplicationProtocol.HTTPS : elbv2.ApplicationProtocol.HTTP;
}

/** A Lambda target is checked only when its owner says so, since each check is an invocation. gRPC has a path and codes of its own. */
function healthCheck(props: elbv2.ApplicationTargetGroupProps): elbv2.HealthCheck | undefined {
  if (props.targetType === elbv2.TargetType.LAMBDA) return props.healthCheck;
  const grpc = props.protocolVersion === elbv2.ApplicationProtocolVersion.GRPC;
  return {
    ...(grpc ? {} : { path: DEFAULT_CHECK_PATH, healthyHttpCodes: '200' }),
    protocol: props.protocol === elbv2.ApplicationProtocol.HTTPS ? elbv2.Protocol.HTTPS : elbv2.Protocol.HTTP,
    interval: DEFAULT_CHECK_INTERVAL,
    timeout: DEFAULT_CHECK_TIMEOUT,
    healthyThresholdCount: DEFAULT_CHECK_THRESHOLD,
    unhealthyThresholdCount: DEFAULT_CHECK_THRESHOLD,
    ...props.healthCheck,
  };
}

function refuseBoth(prop: string, value: object | undefined, others: Record<string, unknown>): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  const other = Object.entries(others).find(([, given]) => given !== undefined);
  if (other) {
    throw new HeadgateError('HG2112', `'${prop}' and '${other[0]}' say the same thing, got both: give '${prop}' alone`);
  }
}
