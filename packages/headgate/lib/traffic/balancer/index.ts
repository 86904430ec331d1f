import { Fields, type Resource } from '../../template';
import { stepAt } from '../step';
import type { Balancer, World } from '../world';
import { compileApplicationBalancer } from './alb';
import { compileNetworkBalancer } from './nlb';
import { typeOf } from './type';
import { compileUnmodelled } from './unmodelled';

export { balancerElements } from './elements';

/** A load balancer of any type. */
export function compileBalancer(resource: Resource, world: World): Balancer {
  const { name, isAssumed } = typeOf(resource, world.templates);
  if (isAssumed) return ofAssumedType(compileApplicationBalancer(resource, world));
  if (name === 'application') return compileApplicationBalancer(resource, world);
  if (name === 'network') return compileNetworkBalancer(resource, world);
  return compileUnmodelled(resource, name);
}

/** A balancer that may as well be of another type. */
function ofAssumedType(balancer: Balancer): Balancer {
  const { resource } = balancer;
  const warning = `${Fields.of(resource).at('Type')} isn't known: application is assumed.`;
  const step = stepAt('load-balancer', resource, 'its type is not known', [], { warning });
  return {
    resource,
    reachable: balancer.reachable,
    get healthyForDns() {
      return balancer.healthyForDns;
    },
    get unhealthyBecause() {
      return balancer.unhealthyBecause;
    },
    get dnsHealth() {
      return balancer.dnsHealth;
    },
    pass: (passage, road) => balancer.pass(passage.part(1, 'bounded', 0, 1).note(step), road),
  };
}
