import { Fields, type Resource, type Templates } from '../../template';
import { LISTENER, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP } from '../resource-types';
import { straysOf, strayWarning } from '../strays';

const SERVICE = 'elasticloadbalancing';

type PartsByOwner = ReadonlyMap<Resource, readonly Resource[]>;

/** Templates never change: what belongs to what is looked up once, whatever situations are asked about. */
const LISTENERS = new WeakMap<Templates, PartsByOwner>();
const RULES = new WeakMap<Templates, PartsByOwner>();
const BALANCERS = new WeakMap<Templates, PartsByOwner>();

/** The listeners of a balancer, of any stack, in the order of the templates. */
export function listenersOf(balancer: Resource, templates: Templates): readonly Resource[] {
  return partsOf(balancer, templates, LISTENERS, LISTENER, 'LoadBalancerArn');
}

/** The rules of a listener, of any stack, in the order of the templates. */
export function rulesOf(listener: Resource, templates: Templates): readonly Resource[] {
  return partsOf(listener, templates, RULES, LISTENER_RULE, 'ListenerArn');
}

/** A warning about listeners that may be of any balancer, since theirs isn't known; undefined if there are none. */
export function strayListeners(templates: Templates): string | undefined {
  return strayWarning(straysOf(LISTENER, 'LoadBalancerArn', SERVICE, templates), 'LoadBalancerArn');
}

/** Rules that may be of any listener, likewise. */
export function strayRules(templates: Templates): readonly Resource[] {
  return straysOf(LISTENER_RULE, 'ListenerArn', SERVICE, templates);
}

/** A warning about such rules; undefined if there are none. */
export function strayRuleWarning(rules: readonly Resource[]): string | undefined {
  return strayWarning(rules, 'ListenerArn');
}

function partsOf(
  owner: Resource,
  templates: Templates,
  known: WeakMap<Templates, PartsByOwner>,
  type: string,
  property: string,
): readonly Resource[] {
  let byOwner = known.get(templates);
  if (byOwner === undefined) {
    const parts = new Map<Resource, Resource[]>();
    for (const part of templates.ofType(type)) {
      const its = Fields.of(part).reference(property);
      if (its === undefined) continue;
      const others = parts.get(its);
      if (others) others.push(part);
      else parts.set(its, [part]);
    }
    byOwner = parts;
    known.set(templates, byOwner);
  }
  return byOwner.get(owner) ?? [];
}

/**
 * Every target group that an action of a balancer's listeners and rules names, each once, whatever its weight: those that Route 53
 * asks about (R53-5). Groups outside the templates aren't among them.
 */
export function groupsOf(balancer: Resource, templates: Templates): readonly Resource[] {
  const groups = new Set<Resource>();
  for (const listener of listenersOf(balancer, templates)) {
    addGroups(Fields.of(listener).objects('DefaultActions'), groups);
    for (const rule of rulesOf(listener, templates)) addGroups(Fields.of(rule).objects('Actions'), groups);
  }
  return [...groups];
}

/** The balancers that a target group is on: those of which {@link groupsOf} names it. */
export function balancersOf(group: Resource, templates: Templates): readonly Resource[] {
  let byGroup = BALANCERS.get(templates);
  if (byGroup === undefined) {
    const balancers = new Map<Resource, Resource[]>();
    for (const balancer of templates.ofType(LOAD_BALANCER)) {
      for (const its of groupsOf(balancer, templates)) balancers.set(its, [...(balancers.get(its) ?? []), balancer]);
    }
    byGroup = balancers;
    BALANCERS.set(templates, byGroup);
  }
  return byGroup.get(group) ?? [];
}

function addGroups(actions: readonly Fields[], groups: Set<Resource>): void {
  for (const action of actions) {
    const tuples = action.object('ForwardConfig')?.objects('TargetGroups') ?? [];
    for (const holder of [action, ...tuples]) {
      const resource = holder.reference('TargetGroupArn');
      if (resource?.type === TARGET_GROUP) groups.add(resource);
    }
  }
}
