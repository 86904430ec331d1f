import type { Templates } from '../template';
import { balancerElements } from './balancer';
import { dnsElements } from './dns';
import { edgeElements } from './edge';
import type { Element } from './element';

/** All records, behaviors and rules of templates, in the order in which a request meets them. */
export function elementsOf(templates: Templates): readonly Element[] {
  return [...dnsElements(templates), ...edgeElements(templates), ...balancerElements(templates)];
}
