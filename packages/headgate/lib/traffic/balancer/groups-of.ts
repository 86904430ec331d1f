import { Fields, type Resource, resourceIn, type Templates } from '../../template';
import { LISTENER, LISTENER_RULE, TARGET_GROUP } from './types';

/** The listeners of a balancer, in the order of the templates. */
export function listenersOf(balancer: Resource, templates: Templates): readonly Resource[] {
  return templates
    .ofType(LISTENER)
    .filter((listener) => resourceIn(Fields.of(listener).raw('LoadBalancerArn')) === balancer);
}

/** The rules of a listener, of any stack, in the order of the templates. */
export function rulesOf(listener: Resource, templates: Templates): readonly Resource[] {
  return templates.ofType(LISTENER_RULE).filter((rule) => resourceIn(Fields.of(rule).raw('ListenerArn')) === listener);
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

function addGroups(actions: readonly Fields[], groups: Set<Resource>): void {
  for (const action of actions) {
    const tuples = action.object('ForwardConfig')?.objects('TargetGroups') ?? [];
    for (const value of [action.raw('TargetGroupArn'), ...tuples.map((tuple) => tuple.raw('TargetGroupArn'))]) {
      const resource = resourceIn(value);
      if (resource?.type === TARGET_GROUP) groups.add(resource);
    }
  }
}
