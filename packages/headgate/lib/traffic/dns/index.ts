import type { Dns, World } from '../world';
import { Resolver } from './resolver';

export { dnsElements } from './elements';
export { compileHealthCheck } from './health-check';

/** DNS as the templates' zones have it, under the world's faults. */
export function compileDns(world: World): Dns {
  return new Resolver(world);
}
