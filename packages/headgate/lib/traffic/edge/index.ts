import type { Resource } from '../../template';
import type { Hop } from '../hop';
import { destinationAt } from '../outcome';
import type { World } from '../world';

/** Skeleton. */
export function compileDistribution(resource: Resource, _world: World): Hop {
  return { pass: (passage, road) => road.end(passage, destinationAt('origin', resource)) };
}
