import { Fields, type Resource, type Templates } from '../../template';
import type { Element } from '../element';
import { LISTENER, LISTENER_RULE, LOAD_BALANCER } from '../resource-types';
import { coverKey } from '../step';
import { listenersOf, rulesOf } from './parts-of';
import { type Shadows, shadowsOf } from './shadows';
import { typeOf } from './type';

const NO_SHADOWS: Shadows = { rules: new Map(), byDefault: undefined };

/** The rules and the default actions of all listeners that requests can reach: those of balancers in the templates. */
export function balancerElements(templates: Templates): readonly Element[] {
  const shadows = new Map<Resource, Shadows>();
  const listenerOf = new Map<Resource, Resource>();
  for (const balancer of templates.ofType(LOAD_BALANCER)) {
    // Whether paths decide: a rule of a Network Load Balancer asks for the client's address alone.
    const { name, isAssumed } = typeOf(balancer, templates);
    const hasPaths = name === 'application' && !isAssumed;
    for (const listener of listenersOf(balancer, templates)) {
      const rules = rulesOf(listener, templates);
      shadows.set(listener, hasPaths ? shadowsOf(rules) : NO_SHADOWS);
      for (const rule of rules) listenerOf.set(rule, listener);
    }
  }
  const rules = templates.ofType(LISTENER_RULE).filter((rule) => listenerOf.has(rule));
  const listeners = templates.ofType(LISTENER).filter((listener) => shadows.has(listener));
  const shadowOf = (rule: Resource) => shadows.get(listenerOf.get(rule)!)?.rules.get(rule);
  const nameOf = (rule: Resource) => `priority ${Fields.of(rule).text('Priority') ?? 'unknown'}`;
  return [
    ...rules.map((rule) => element(rule, undefined, nameOf(rule), shadowOf(rule))),
    ...listeners.map((listener) => element(listener, 'default', 'default', shadows.get(listener)?.byDefault)),
  ];
}

function element(resource: Resource, part: string | undefined, label: string, shadowedBy: string | undefined): Element {
  const { stack, logicalId } = resource;
  const more = shadowedBy === undefined ? {} : { shadowedBy };
  return { kind: 'rule', key: coverKey(resource, part), stack: stack.name, logicalId, label, ...more };
}
