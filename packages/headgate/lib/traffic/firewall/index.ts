import type { Resource } from '../../template';
import type { WebAcl, World } from '../world';

/** Skeleton: lets everything pass. */
export function compileWebAcl(resource: Resource, _world: World): WebAcl {
  return { resource, inspect: (passage, road, onward) => onward.pass(passage, road) };
}
