import type { Resource } from '../../template';
import type { Dns, HealthCheck, World } from '../world';

/** Skeleton: every name is outside of the templates. */
export function compileDns(_world: World): Dns {
  const outside = (name: string) => ({
    pass(passage: import('../passage').Passage, road: import('../hop').Road) {
      road.end(passage, { type: 'address', id: name });
    },
  });
  return {
    lookup: outside,
    knows: () => false,
    record: (resource) => outside(resource.logicalId),
    pass: (passage, road) => outside(passage.request.hostname).pass(passage, road),
  };
}

/** Skeleton: only faults make a check unhealthy. */
export function compileHealthCheck(resource: Resource, world: World): HealthCheck {
  const healthy = !world.faults.isCheckUnhealthy(resource);
  return { resource, healthy, because: `${resource.logicalId} is ${healthy ? 'healthy' : 'unhealthy'}`, facts: [] };
}
