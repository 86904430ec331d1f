import { Fields, type Resource } from '../../template';
import type { Balancer, World } from '../world';
import { compileApplicationBalancer } from './alb';
import { compileNetworkBalancer } from './nlb';
import { compileUnmodelled } from './unmodelled';

export { balancerElements } from './elements';

/** A load balancer of any type. CloudFormation makes an application load balancer where no type is given. */
export function compileBalancer(resource: Resource, world: World): Balancer {
  const type = Fields.of(resource).string('Type') ?? 'application';
  if (type === 'application') return compileApplicationBalancer(resource, world);
  if (type === 'network') return compileNetworkBalancer(resource, world);
  return compileUnmodelled(resource, type);
}
