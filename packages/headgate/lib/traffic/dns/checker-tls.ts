import { Fields, type Resource, Symbolic, type Text } from '../../template';
import type { Outcome } from '../outcome';
import { LISTENER, LISTENER_RULE } from '../resource-types';
import type { World } from '../world';

/** Where the TLS of a checker ends on its road. */
interface TlsEnd {
  readonly id: string;
  /** What says which versions it takes. */
  readonly policy: Text | undefined;
  /** Where that stands. */
  readonly at: string;
}

/** Why a checker's TLS fails where it ends: checkers speak TLS 1.2 at best (R53-15). Undefined if it doesn't fail. */
export function tlsFailure(outcome: Outcome, world: World): string | undefined {
  const end = tlsEndOf(outcome, world);
  return typeof end?.policy === 'string' && takesTls13Alone(end.policy) ? `${end.id} takes TLS 1.3 alone` : undefined;
}

/** That it isn't known whether it fails. */
export function tlsDoubt(outcome: Outcome, world: World): string | undefined {
  const end = tlsEndOf(outcome, world);
  if (!(end?.policy instanceof Symbolic)) return undefined;
  return `${end.at} isn't known; it is taken to let in health checkers, which speak TLS 1.2 at best.`;
}

function tlsEndOf({ trace }: Outcome, world: World): TlsEnd | undefined {
  for (const { hop, id, stack } of trace) {
    const at = world.templates.stacks.find(({ name }) => name === stack)?.resources.get(id);
    if (at === undefined) continue;
    if (hop === 'distribution') return minimumOf(at);
    const listener = hop === 'listener' || hop === 'listener-rule' ? listenerOf(at) : undefined;
    const fields = listener && Fields.of(listener);
    const protocol = fields?.string('Protocol')?.toUpperCase();
    // Other listeners hand the bytes on, and TLS ends further down the road.
    if (fields === undefined || (protocol !== 'HTTPS' && protocol !== 'TLS')) continue;
    return { id: listener!.logicalId, policy: fields.text('SslPolicy'), at: fields.at('SslPolicy') };
  }
  return undefined;
}

/** Names such as `ELBSecurityPolicy-TLS13-1-3-2021-06` of balancers, and `TLSv1.3_2025` of distributions. */
function takesTls13Alone(policy: string): boolean {
  return policy.startsWith('ELBSecurityPolicy-TLS13-1-3-') || policy.startsWith('TLSv1.3');
}

function minimumOf(distribution: Resource): TlsEnd | undefined {
  const certificate = Fields.of(distribution).object('DistributionConfig')?.object('ViewerCertificate');
  const name = 'MinimumProtocolVersion';
  return certificate && { id: distribution.logicalId, policy: certificate.text(name), at: certificate.at(name) };
}

function listenerOf(resource: Resource): Resource | undefined {
  if (resource.type === LISTENER) return resource;
  return resource.type === LISTENER_RULE ? Fields.of(resource).reference('ListenerArn') : undefined;
}
