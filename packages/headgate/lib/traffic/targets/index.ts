import type { Resource } from '../../template';
import type { TargetGroup, World } from '../world';
import { ServerGroup } from './server-group';

/**
 * Compiles a target group: how its targets are, and what happens to requests that it is chosen for.
 *
 * Without a fault its targets are healthy, unless everything that registers them in the templates can't register any. A group that
 * nothing in the templates fills is taken as filled, without a warning: services, controllers and deployments often do it at run time.
 */
export function compileTargetGroup(resource: Resource, world: World): TargetGroup {
  return new ServerGroup(resource, world);
}
