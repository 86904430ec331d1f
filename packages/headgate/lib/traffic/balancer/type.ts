import { Fields, type Resource, type Templates } from '../../template';
import { NETWORK_PROTOCOLS } from '../protocols';
import { listenersOf } from './parts-of';

/** The type of a load balancer. */
export interface BalancerType {
  /** `application`, `network` or `gateway`. */
  readonly name: string;
  /** Whether it isn't known and was assumed. */
  readonly isAssumed?: boolean;
}

/**
 * The type of a load balancer: CloudFormation makes an application load balancer where none is given. One that isn't known shows in the
 * protocols of its listeners, as each type has its own.
 */
export function typeOf(balancer: Resource, templates: Templates): BalancerType {
  const fields = Fields.of(balancer);
  if (!fields.isSymbolic('Type')) return { name: fields.string('Type') ?? 'application' };
  for (const listener of listenersOf(balancer, templates)) {
    const protocol = Fields.of(listener).string('Protocol')?.toUpperCase();
    if (protocol === 'HTTP' || protocol === 'HTTPS') return { name: 'application' };
    if (protocol !== undefined && NETWORK_PROTOCOLS.has(protocol)) return { name: 'network' };
  }
  return { name: 'application', isAssumed: true };
}
