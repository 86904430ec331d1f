import { Fields, type Resource } from '../../template';
import { destinationAt } from '../outcome';
import type { TargetGroup, World } from '../world';

/** Skeleton: ends at the group. */
export function compileTargetGroup(resource: Resource, world: World): TargetGroup {
  const faulty = world.faults.targetsOf(resource);
  const fields = Fields.of(resource);
  return {
    resource,
    state: faulty === 'unhealthy' ? 'unhealthy' : faulty?.registered === 0 ? 'empty' : 'healthy',
    protocol: fields.string('Protocol'),
    protocolVersion: fields.string('ProtocolVersion') ?? 'HTTP1',
    isSticky: false,
    pass: (passage, road) => road.end(passage, destinationAt('target-group', resource)),
  };
}
