import type { Resource } from '../../template';
import { destinationAt } from '../outcome';
import type { Balancer, World } from '../world';

/** Skeleton. */
export function compileBalancer(resource: Resource, world: World): Balancer {
  return {
    resource,
    healthyForDns: true,
    reachable: !world.faults.isRegionDown(resource.stack.region),
    pass: (passage, road) => road.end(passage, destinationAt('error', resource), 503),
  };
}
