import { describeResource, Fields, type Resource } from '../../../template';
import type { Hop } from '../../hop';
import { coverKey } from '../../step';
import { compileForward, type ForwardContext } from './forward';

/** A rule of a Network Load Balancer's listener: it asks for the version of IP that the client uses (NLB-2). */
export interface NetworkRule {
  readonly priority: number;
  readonly forward: Hop;
  /** Whether clients of IPv6, or else those of IPv4, are its clients. */
  matches(isV6: boolean): boolean;
  /** Why it can't be read and counts as not matching. */
  readonly warning?: string;
}

/** Compiles a rule. `where` says which listener it is on: `port 443 (TCP)`. */
export function compileRule(rule: Resource, where: string, context: ForwardContext): NetworkRule {
  const fields = Fields.of(rule);
  const priority = fields.number('Priority');
  const types = fields.objects('Conditions').map((condition) => {
    const isSource = condition.string('Field') === 'source-ip';
    return isSource ? condition.object('SourceIpConfig')?.string('IpAddressType') : undefined;
  });
  const isReadable =
    priority !== undefined && types.length > 0 && types.every((type) => type === 'ipv4' || type === 'ipv6');
  const wantsV6 = types[0] === 'ipv6';
  const isSatisfiable = types.every((type) => type === types[0]);
  const because = `${where}, priority ${priority} matched ${wantsV6 ? 'IPv6' : 'IPv4'} clients`;
  const at = { hop: 'listener-rule' as const, resource: rule, because, covers: coverKey(rule) };
  return {
    priority: priority ?? Number.POSITIVE_INFINITY,
    forward: compileForward(fields, 'Actions', at, context),
    matches: (isV6) => isSatisfiable && isV6 === wantsV6,
    ...(isReadable
      ? {}
      : {
          warning: `${describeResource(rule)}: its priority or conditions can't be read, so it counts as not matching.`,
        }),
  };
}
