import { Fields, type Resource, resourceIn } from '../../template';
import type { Outcome } from '../outcome';
import { LISTENER, LISTENER_RULE } from '../resource-types';
import type { World } from '../world';

/** Where a checker's TLS ends and why it fails there: checkers speak TLS 1.2 at best (R53-15). Undefined if it doesn't fail. */
export function tlsFailure({ trace }: Outcome, world: World): string | undefined {
  for (const { hop, id, stack } of trace) {
    const at = world.templates.stacks.find(({ name }) => name === stack)?.resources.get(id);
    if (at === undefined) continue;
    if (hop === 'distribution') return takesTls13Alone(minimumOf(at)) ? `${id} takes TLS 1.3 alone` : undefined;
    const listener = hop === 'listener' || hop === 'listener-rule' ? listenerOf(at) : undefined;
    const protocol = listener && Fields.of(listener).string('Protocol')?.toUpperCase();
    // Other listeners hand the bytes on, and TLS ends further down the road.
    if (listener === undefined || (protocol !== 'HTTPS' && protocol !== 'TLS')) continue;
    const policy = Fields.of(listener).string('SslPolicy') ?? '';
    return takesTls13Alone(policy) ? `${listener.logicalId} takes TLS 1.3 alone` : undefined;
  }
  return undefined;
}

/** Names such as `ELBSecurityPolicy-TLS13-1-3-2021-06` of balancers, and `TLSv1.3_2025` of distributions. */
function takesTls13Alone(policy: string): boolean {
  return policy.startsWith('ELBSecurityPolicy-TLS13-1-3-') || policy.startsWith('TLSv1.3');
}

function minimumOf(distribution: Resource): string {
  const config = Fields.of(distribution).object('DistributionConfig');
  return config?.object('ViewerCertificate')?.string('MinimumProtocolVersion') ?? '';
}

function listenerOf(resource: Resource): Resource | undefined {
  if (resource.type === LISTENER) return resource;
  return resource.type === LISTENER_RULE ? resourceIn(Fields.of(resource).raw('ListenerArn')) : undefined;
}
