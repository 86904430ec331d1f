import { Fields, type Resource, resourceIn, type Templates } from '../../template';
import type { Element } from '../element';
import { coverKey } from '../step';
import { LISTENER, LISTENER_RULE, LOAD_BALANCER } from './types';

/** The rules and the default actions of all listeners that requests can reach: those of balancers in the templates. */
export function balancerElements(templates: Templates): readonly Element[] {
  const listeners = new Set(
    templates.ofType(LISTENER).filter((listener) => refersTo(listener, 'LoadBalancerArn', LOAD_BALANCER)),
  );
  const rules = templates.ofType(LISTENER_RULE).filter((rule) => {
    const listener = refersTo(rule, 'ListenerArn', LISTENER);
    return listener !== undefined && listeners.has(listener);
  });
  return [
    ...rules.map((rule) => element(rule, undefined, `priority ${Fields.of(rule).text('Priority') ?? 'unknown'}`)),
    ...[...listeners].map((listener) => element(listener, 'default', 'default')),
  ];
}

function refersTo(resource: Resource, property: string, type: string): Resource | undefined {
  const found = resourceIn(Fields.of(resource).raw(property));
  return found?.type === type ? found : undefined;
}

function element(resource: Resource, part: string | undefined, label: string): Element {
  const { stack, logicalId } = resource;
  return { kind: 'rule', key: coverKey(resource, part), stack: stack.name, logicalId, label };
}
