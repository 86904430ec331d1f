import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { type Construct, DependencyGroup, type IConstruct } from 'constructs';
import { HeadgateError, problem } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import type { Algorithm } from './algorithm';
import { attributesOf } from './private/forward';
import { checkWeight } from './private/forward-limits';
import {
  ALL_ZONES_IN_ONE,
  healthCheckProblems,
  lambdaProblems,
  STICKY_AT_RANDOM,
  STICKY_IN_ONE_ZONE,
  targetGroupProblems,
} from './private/target-group-limits';
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

/** What an algorithm is made of, and what each part is when nobody says more. */
const ALGORITHM_ATTRIBUTES = {
  'load_balancing.algorithm.type': 'round_robin',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
};
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

  /**
   * What makes the targets: a rule waits for it, so that it forwards to no group that is empty (ALB-21). The balancer checks a group from
   * then on, and not before.
   *
   * @internal
   */
  public readonly _targetsMade = new DependencyGroup();

  private readonly given: TargetGroupProps;
  private readonly serverCheck: elbv2.HealthCheck;
  private readonly saidByUs: string[] = [];
  private balancer?: elbv2.IApplicationLoadBalancer;

  public constructor(scope: Construct, id: string, props: TargetGroupProps = {}) {
    const given = injected(TargetGroup.PROPERTY_INJECTION_ID, scope, id, props);
    super(scope, id, l2Props(given, scope));
    this.given = given;
    this.serverCheck = this.healthCheck;
    this.sayWhatIsOff();
    this.node.addValidation({ validate: () => [...this.portProblem(), ...this.lateProblems()] });
    if (this.targetType === elbv2.TargetType.LAMBDA) return;
    const path = given.protocolVersion === elbv2.ApplicationProtocolVersion.GRPC ? 'gRPC' : DEFAULT_CHECK_PATH;
    recordDefault(this, given.healthCheck, {
      prop: 'healthCheck',
      value: `${path} every ${DEFAULT_CHECK_INTERVAL.toSeconds()} s, in or out after ${DEFAULT_CHECK_THRESHOLD}`,
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

  /** Registers targets. A Lambda function is checked only when `healthCheck` was given, since each check is an invocation. */
  public override addTarget(...targets: elbv2.IApplicationLoadBalancerTarget[]): void {
    super.addTarget(...targets);
    // The L2's constructor calls this too, before there are fields; what it is given has settled the type by then.
    if (this.targetType !== elbv2.TargetType.LAMBDA || this.given === undefined) return;
    if (this.healthCheck === this.serverCheck) this.configureHealthCheck(this.given.healthCheck ?? {});
    for (const key of this.saidByUs) this.setAttribute(key, undefined);
  }

  /**
   * CloudFormation leaves an attribute of a live group as it is when it is no longer in the template, so each part of an algorithm is always
   * in it (https://github.com/aws/aws-cdk/issues/29437).
   */
  private sayWhatIsOff(): void {
    if (this.targetType === elbv2.TargetType.LAMBDA) return;
    const said = attributesOf(this);
    for (const [key, off] of Object.entries(ALGORITHM_ATTRIBUTES)) {
      if (said.has(key)) continue;
      this.setAttribute(key, off);
      this.saidByUs.push(key);
    }
  }

  /** Takes note of a listener that forwards here, as the L2 does. Fails when it stands on another balancer than the ones before. */
  public override registerListener(listener: elbv2.IApplicationListener, associatingConstruct?: IConstruct): void {
    if (listener instanceof elbv2.ApplicationListener) this.checkBalancer(listener.loadBalancer);
    super.registerListener(listener, associatingConstruct);
  }

  private checkBalancer(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    this.balancer ??= loadBalancer;
    const both = [this.balancer, loadBalancer];
    // Of two imported ones with tokens for ARNs nobody knows whether they are one.
    const own = both.every((one) => one instanceof elbv2.ApplicationLoadBalancer);
    const literal = both.every((one) => !Token.isUnresolved(one.loadBalancerArn));
    if (this.balancer.loadBalancerArn === loadBalancer.loadBalancerArn || (!own && !literal)) return;
    throw new HeadgateError(
      'HG2117',
      `a target group must stand on one balancer, got '${this.balancer.node.path}' and '${loadBalancer.node.path}' (ALB-37): add a target group with the same targets for the other`,
      this,
    );
  }

  /** Whether the targets are a Lambda function, which needs no port, is known only when they are all there. */
  private portProblem(): string[] {
    const resource = this.node.defaultChild as elbv2.CfnTargetGroup;
    if (resource.port !== undefined || this.targetType === elbv2.TargetType.LAMBDA) return [];
    return [
      problem(
        'HG2113',
        "'port' must be given for targets that are no Lambda function, got none: say on which port they listen",
      ),
    ];
  }

  /** The L2's setters come after the constructor. */
  private lateProblems(): string[] {
    const { targetType, given } = this;
    const flaws = [...healthCheckProblems(this.healthCheck, { targetType, protocolVersion: given.protocolVersion })];
    if (targetType === elbv2.TargetType.LAMBDA) flaws.push(...lambdaProblems(settled(given)));
    const attributes = attributesOf(this);
    const weighted = attributes.get('load_balancing.algorithm.type') === 'weighted_random';
    if (weighted && attributes.get('stickiness.enabled') === 'true') flaws.push(STICKY_AT_RANDOM);
    if (attributes.get('load_balancing.cross_zone.enabled') === 'false') {
      if (attributes.get('stickiness.enabled') === 'true') flaws.push(STICKY_IN_ONE_ZONE);
      if (this.hasTargetOfAllZones()) flaws.push(ALL_ZONES_IN_ONE);
    }
    return flaws.map(({ code, message }) => problem(code, message));
  }

  private hasTargetOfAllZones(): boolean {
    const resource = this.node.defaultChild as elbv2.CfnTargetGroup;
    const targets: elbv2.CfnTargetGroup.TargetDescriptionProperty[] = Stack.of(this).resolve(resource.targets) ?? [];
    return targets.some(({ availabilityZone }) => availabilityZone === 'all');
  }
}

/** Our props in the words of the L2. */
function settled({ algorithm, stickiness, ...rest }: TargetGroupProps): elbv2.ApplicationTargetGroupProps {
  return {
    ...rest,
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
}

function l2Props(given: TargetGroupProps, scope: Construct): elbv2.ApplicationTargetGroupProps {
  const { algorithm, stickiness, ...others } = given;
  const rest = { ...others, targetType: isLambda(others) ? elbv2.TargetType.LAMBDA : others.targetType };
  refuseBoth('algorithm', algorithm, scope, {
    loadBalancingAlgorithmType: rest.loadBalancingAlgorithmType,
    slowStart: rest.slowStart,
    enableAnomalyMitigation: rest.enableAnomalyMitigation,
  });
  refuseBoth('stickiness', stickiness, scope, {
    stickinessCookieDuration: rest.stickinessCookieDuration,
    stickinessCookieName: rest.stickinessCookieName,
  });
  const protocol = rest.protocol ?? defaultProtocol(rest);
  const props: elbv2.ApplicationTargetGroupProps = {
    ...settled({ algorithm, stickiness, ...rest }),
    protocol,
    healthCheck: healthCheck({ ...rest, protocol }),
  };
  const [flaw] = targetGroupProblems(props);
  if (flaw) throw new HeadgateError(flaw.code, flaw.message, scope);
  return props;
}

/** The L2 learns it from its targets, too late for what a function doesn't take. */
function isLambda({ targetType, targets = [] }: elbv2.ApplicationTargetGroupProps): boolean {
  return targetType === elbv2.TargetType.LAMBDA || targets.some((target) => target instanceof LambdaTarget);
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
    ...Object.fromEntries(Object.entries(props.healthCheck ?? {}).filter(([, value]) => value !== undefined)),
  };
}

function refuseBoth(prop: string, value: object | undefined, scope: Construct, others: Record<string, unknown>): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  const other = Object.entries(others).find(([, given]) => given !== undefined);
  if (other) {
    const message = `'${prop}' and '${other[0]}' say the same thing, got both: give '${prop}' alone`;
    throw new HeadgateError('HG2112', message, scope);
  }
}
