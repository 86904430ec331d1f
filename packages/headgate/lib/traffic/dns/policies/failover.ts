import type { Hop } from '../../hop';
import { type Member, type Members, ruleOf } from '../members';

const FACTS = ['R53-3'];

/** The primary while it is healthy, else the secondary while it is; the primary if neither is (R53-3). */
export function byFailover(members: Members): Hop {
  const primary = members.all.find((member) => ruleOf(member, 'failover')?.isPrimary);
  const secondary = members.all.find((member) => ruleOf(member, 'failover')?.isPrimary === false);
  const choose = (member: Member, because: string, restsOn: readonly Member[] = members.all) =>
    members.branch(member, { because, facts: FACTS, speaksOfHealth: true, restsOn });
  if (!primary || !secondary) {
    const only = (primary ?? secondary)!;
    return choose(only, primary ? 'primary, without a secondary' : 'secondary, without a primary');
  }
  if (primary.health.healthy) return choose(primary, 'primary is healthy', [primary]);
  if (secondary.health.healthy) return choose(secondary, `secondary, as the primary is out: ${primary.health.because}`);
  return choose(primary, `primary, as neither is healthy: ${primary.health.because}, ${secondary.health.because}`);
}
