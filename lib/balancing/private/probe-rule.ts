import { Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, Dependable, type IDependable } from 'constructs';
import { problem } from '../../core/errors';
import { OwnContext } from '../../core/private/resolve-context';
import { Conditions } from '../conditions';
import type { ServiceRoutes } from '../service-routes';
import { rulesOnSameListener } from './same-listener';

/** A route as its listener's owner remembers it. */
export interface ListedRoute {
  readonly id: string;
  readonly conditions: elbv2.CfnListenerRule.RuleConditionProperty[];
  readonly priority: number;
  readonly explicit: boolean;
  readonly servesProbe?: boolean;
  readonly rule: elbv2.ApplicationListenerRule;
}

/** Properties of a `ProbeRule`. */
export interface ProbeRuleProps {
  readonly listener: elbv2.IApplicationListener;
  /** The host name that only the checkers use. */
  readonly host: string;
  /** The one path. */
  readonly path: string;
  /** The routes of which one is shared. */
  readonly routes: ServiceRoutes;
}

/** First of all rules, in the part of the priorities that no route takes. */
const PROBE_PRIORITY = 1;

/**
 * The rule that answers Route 53's checkers. It forwards as the serving route does, weights and all, so that a check says whether this
 * Region serves, and not whether a special target is alive.
 */
export class ProbeRule extends Construct {
  public constructor(scope: Construct, id: string, props: ProbeRuleProps) {
    super(scope, id);
    const { routes } = props;
    const rule = new elbv2.CfnListenerRule(this, 'Resource', {
      listenerArn: props.listener.listenerArn,
      priority: PROBE_PRIORITY,
      conditions: [
        Conditions.host(props.host).renderRawCondition(),
        Conditions.path(props.path).renderRawCondition(),
        Conditions.method('GET').renderRawCondition(),
      ],
      // Tokens resolve before validation, so what is wrong is said there, and nothing is thrown here. Not cached: a group of another stack
      // becomes an import only after the first time.
      actions: Lazy.uncachedAny({
        produce: () => {
          const route = routes._servingRoute();
          return typeof route === 'string' ? [] : [forwardOf(route.rule)];
        },
      }),
    });
    rule.node.addDependency(servingRule(routes));
    this.node.addValidation({
      validate: () => {
        const route = routes._servingRoute();
        const others = rulesOnSameListener(this, props.listener.listenerArn).filter(
          (other) => other !== rule && Stack.of(other).resolve(other.priority) === PROBE_PRIORITY,
        );
        return [
          ...(typeof route === 'string' ? [problem('HG2141', route)] : []),
          ...others.map((other) =>
            problem(
              'HG2142',
              `'priority' ${PROBE_PRIORITY} of the probe is taken by '${other.node.path}' on the same listener: move that rule, or give each service with a probe a listener of its own`,
            ),
          ),
        ];
      },
    });
  }
}

/** The serving rule, known when the synthesis asks: what it waits for, its fleets, the probe waits for too. */
function servingRule(routes: ServiceRoutes): IDependable {
  const dependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      const route = routes._servingRoute();
      return typeof route === 'string' ? [] : [route.rule];
    },
  });
  return dependable;
}

/** The route whose forward the probe shares: the one that says so, else the one for every path, else the only one that forwards. */
export function serving(routes: ListedRoute[]): ListedRoute | string {
  const forwards = routes.filter((route) => forwardOf(route.rule) !== undefined);
  const named = routes.filter((route) => route.servesProbe);
  const silent = named.find((route) => !forwards.includes(route));
  if (silent) {
    return `'servesProbe' must be given to a route that forwards, got the route '${silent.id}', which answers itself: give it to one of those whose servers the probe is to ask`;
  }
  const open = forwards.filter((route) => route.servesProbe !== false);
  const everyPath = open.filter(({ conditions }) => conditions.every(takesEveryPath));
  for (const candidates of named.length > 0 ? [named] : [everyPath, open]) {
    if (candidates.length === 1) return candidates[0]!;
  }
  return forwards.length === 0
    ? "'addRoute' must be called with a forward to a target group, got none: the probe would have nobody to ask; add a route, such as one with Conditions.pathUnder('/')"
    : `'servesProbe' must be given to exactly one of the routes ${forwards.map(({ id }) => `'${id}'`).join(', ')}: the probe is forwarded as that one is`;
}

function takesEveryPath(condition: elbv2.CfnListenerRule.RuleConditionProperty): boolean {
  const config = condition.pathPatternConfig as elbv2.CfnListenerRule.PathPatternConfigProperty | undefined;
  return config?.values?.some((value) => value === '/*' || value === '*') ?? false;
}

/** The forward among a rule's actions, without the login that may stand before it. */
function forwardOf(rule: elbv2.ApplicationListenerRule): object | undefined {
  const forward = actionsOf(rule.node.defaultChild as elbv2.CfnListenerRule).find(({ type }) => type === 'forward');
  if (!forward) return undefined;
  const { order: _, ...rest } = forward;
  return rest;
}

/** What is known of an action when its type is. */
interface TypedAction {
  readonly type: string;
  readonly order?: number;
}

/** The actions of a rule as the L2 made them: asked for often, so that no more is resolved than has to be to tell their types. */
function actionsOf(resource: elbv2.CfnListenerRule): TypedAction[] {
  const { actions } = resource;
  const made: unknown = Tokenization.isResolvable(actions)
    ? actions.resolve(new OwnContext(resource, false, (value) => Stack.of(resource).resolve(value)))
    : actions;
  const typed = Array.isArray(made) && made.every((action) => !Token.isUnresolved(action) && isType(action.type));
  return typed ? made : Stack.of(resource).resolve(actions);
}

function isType(type: unknown): boolean {
  return typeof type === 'string' && !Token.isUnresolved(type);
}
