import { Annotations, type Duration, Stack, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { HeadgateError, problem } from '../core/errors';
import { injected } from '../core/private/injection';
import { checkAnswer } from './private/answer-limits';
import { ruleProblems } from './private/condition-limits';
import { type Forward, forwardOf, forwardTo } from './private/forward';
import { checkForward, stickinessProblem } from './private/forward-limits';
import { type ListedRoute, serving } from './private/probe-rule';
import { type Band, bandProblem, OWNER_BAND, placeRoute } from './private/route-priority';
import { rulesOnSameListener } from './private/same-listener';
import { TargetGroup } from './target-group';

/** Properties of one route. */
export interface RouteProps {
  /** What a request must meet, all of it. Up to five values together (ALB-2). */
  readonly conditions: elbv2.ListenerCondition[];

  /**
   * The target groups that share the route, up to five, with weights from 0 to 999. Either this or `action`.
   *
   * @default - `action` says what is done
   */
  readonly forwardTo?: elbv2.WeightedTargetGroup[];

  /**
   * Any L2 action: a redirect, a fixed response, a login before a forward. Either this or `forwardTo`.
   *
   * @default - the request is forwarded
   */
  readonly action?: elbv2.ListenerAction;

  /**
   * How long a client stays with the group that it met first: 1 second to 7 days. Shifting weights then moves new clients only (ALB-22).
   *
   * @default - each request meets the weights anew
   */
  readonly groupStickiness?: Duration;

  /**
   * The rule's priority, inside the service's band.
   *
   * @default - computed from the conditions and the route's id, so that no other route moves it
   */
  readonly priority?: number;

  /**
   * Whether the probe that Route 53 asks is forwarded as this route is.
   *
   * @default - true for the one route that takes every path, else for the only route that forwards
   */
  readonly servesProbe?: boolean;
}

/** Properties of `ServiceRoutes`. */
export interface ServiceRoutesProps {
  /** The listener that the routes are rules of: an own, another team's or an imported one. */
  readonly listener: elbv2.IApplicationListener;

  /**
   * The first priority that routes take, 100 to 50,000; 1 to 99 stay free for the probe and for shielding.
   *
   * @default 30000
   */
  readonly firstPriority?: number;

  /**
   * The last priority that routes take. The band spans at least 1,000; a changed band moves every route.
   *
   * @default 49999
   */
  readonly lastPriority?: number;
}

const MAX_RULES = 100;

/**
 * The routes of one owner on one listener. A route's priority is a function of the route alone: the more specific its conditions, the
 * earlier it is tried, and its id decides the rest. So adding, removing, renaming or reordering routes moves no other one.
 */
export class ServiceRoutes extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.balancing.ServiceRoutes';

  private readonly listener: elbv2.IApplicationListener;
  private readonly band: Band;
  private readonly routes: ListedRoute[] = [];

  public constructor(scope: Construct, id: string, props: ServiceRoutesProps) {
    super(scope, id);
    const given = injected(ServiceRoutes.PROPERTY_INJECTION_ID, scope, id, props);
    this.listener = given.listener;
    this.band = { first: given.firstPriority ?? OWNER_BAND.first, last: given.lastPriority ?? OWNER_BAND.last };
    const flaw = bandProblem(this.band);
    if (flaw) throw new HeadgateError(flaw.code, flaw.message, this);
    this.node.addValidation({ validate: () => this.collisions() });
  }

  /**
   * Adds a route and returns the L2 rule.
   *
   * @param id the route's construct id, permanent: its priority is computed from it and from the conditions
   * @param props what is routed, and where
   */
  public addRoute(id: string, props: RouteProps): elbv2.ApplicationListenerRule {
    if (this.routes.some((route) => route.id === id)) {
      throw new HeadgateError(
        'HG2128',
        `'id' must be new, got '${id}' twice: give the second route a name of its own`,
        this,
      );
    }
    this.checkAction(id, props);
    const forward = props.action
      ? forwardOf(props.action)
      : forwardTo(props.forwardTo!, props.groupStickiness !== undefined);
    if (forward) this.checkForward(forward);
    if (props.action) checkAnswer(props.action, this.listener, this);
    const conditions = props.conditions.map((condition) => condition.renderRawCondition());
    const problems = ruleProblems(conditions);
    const error = problems.find(({ severity }) => severity === 'error');
    if (error) throw new HeadgateError(error.code, `route '${id}': ${error.message}`, this);
    const priority = placeRoute({ id, conditions, priority: props.priority }, this.routes, this.band);
    if (typeof priority !== 'number') throw new HeadgateError(priority.code, priority.message, this);

    const rule = new elbv2.ApplicationListenerRule(this, id, {
      listener: this.listener,
      priority,
      conditions: props.conditions,
      action:
        props.action ??
        elbv2.ListenerAction.weightedForward(props.forwardTo!, { stickinessDuration: props.groupStickiness }),
    });
    for (const { targetGroup } of forward?.groups ?? []) {
      if (targetGroup instanceof TargetGroup) rule.node.addDependency(targetGroup._targetsMade);
    }
    for (const { code, message } of problems) Annotations.of(rule).addWarningV2(`cdk-headgate:${code}`, message);
    if (forward) this.watchStickiness(rule, forward);
    if (this.routes.length === MAX_RULES) {
      Annotations.of(this).addWarningV2(
        'cdk-headgate:rules',
        `these are more than ${MAX_RULES} routes, and a balancer takes ${MAX_RULES} rules unless its account's quota was raised (ALB-2)`,
      );
    }
    this.routes.push({
      id,
      conditions,
      priority,
      explicit: props.priority !== undefined,
      servesProbe: props.servesProbe,
      rule,
    });
    return rule;
  }

  /**
   * The route whose forward the probe shares, or what keeps it from being known.
   *
   * @internal
   */
  public _servingRoute(): ListedRoute | string {
    return serving(this.routes);
  }

  /** Whether there is one action, and what it says of stickiness can be done. */
  private checkAction(id: string, { forwardTo, action, groupStickiness }: RouteProps): void {
    if ((forwardTo === undefined) === (action === undefined)) {
      throw new HeadgateError(
        'HG2131',
        `route '${id}' must have 'forwardTo' or 'action', got ${forwardTo ? 'both' : 'neither'}: give exactly one`,
        this,
      );
    }
    if (groupStickiness === undefined) return;
    if (forwardTo === undefined) {
      throw new HeadgateError(
        'HG2127',
        "'groupStickiness' goes with 'forwardTo', got 'action': give it to the action",
        this,
      );
    }
    const seconds = groupStickiness.toSeconds({ integral: false });
    if (!Token.isUnresolved(seconds) && (!Number.isInteger(seconds) || seconds < 1 || seconds > 604_800)) {
      throw new HeadgateError(
        'HG2127',
        `'groupStickiness' must be whole seconds from 1 to 604800, got ${seconds} s (ALB-22): give a duration of up to 7 days`,
        this,
      );
    }
  }

  private checkForward(forward: Forward): void {
    checkForward(forward, this);
    const flaw = stickinessProblem(forward);
    if (flaw) throw new HeadgateError(flaw.code, flaw.message, this);
  }

  /** An L2 target group can be made sticky after the route is added. */
  private watchStickiness(rule: elbv2.ApplicationListenerRule, forward: Forward): void {
    rule.node.addValidation({
      validate: () => {
        const flaw = stickinessProblem(forward);
        return flaw ? [problem(flaw.code, flaw.message)] : [];
      },
    });
  }

  /** Rules that somebody else put on the same listener are seen only at the end. */
  private collisions(): string[] {
    const others = rulesOnSameListener(this, this.listener.listenerArn);
    return this.routes.flatMap(({ id, priority, rule }) =>
      others
        .filter((other) => Stack.of(other).resolve(other.priority) === priority && other !== rule.node.defaultChild)
        .map((other) =>
          problem(
            'HG2142',
            `'priority' ${priority} of route '${id}' is taken by '${other.node.path}' on the same listener: move that rule, or give this route another 'priority'`,
          ),
        ),
    );
  }
}
