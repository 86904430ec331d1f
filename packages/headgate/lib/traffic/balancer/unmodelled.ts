import type { Resource } from '../../template';
import { destinationAt } from '../outcome';
import { stepAt } from '../step';
import type { Balancer } from '../world';

/** A balancer that no client can speak HTTP to, such as a gateway load balancer: requests that are sent to it fail. */
export function compileUnmodelled(resource: Resource, type: string): Balancer {
  const unhealthyBecause = `a ${type} load balancer takes no requests`;
  const step = stepAt('load-balancer', resource, unhealthyBecause, []);
  const destination = destinationAt('error', resource);
  return {
    resource,
    reachable: false,
    healthyForDns: false,
    unhealthyBecause,
    pass: (passage, road) => road.end(passage.note(step), destination),
  };
}
