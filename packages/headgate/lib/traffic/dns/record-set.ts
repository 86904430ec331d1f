import { didYouMean } from '../../near';
import type { Templates } from '../../template';
import type { Hop } from '../hop';
import { isRegion, regionNames } from '../known';
import type { Health } from '../world';
import { type HealthContext, healthOfMembers, healthOfRecord } from './health';
import { type Member, Members } from './members';
import { byFailover } from './policies/failover';
import { byGeolocation } from './policies/geolocation';
import { byProximity } from './policies/geoproximity';
import { byAddress } from './policies/ip-based';
import { byLatency } from './policies/latency';
import { byMultivalue, bySimple } from './policies/simple';
import { byWeight } from './policies/weighted';
import type { PolicyKind } from './policy';
import type { DnsRecord } from './record';
import { onwardOf, type TargetContext, targetWarning } from './target';
import type { RecordSet } from './zones';

const POLICIES: Readonly<Record<PolicyKind, (members: Members) => Hop>> = {
  simple: bySimple,
  multivalue: byMultivalue,
  weighted: byWeight,
  latency: byLatency,
  failover: byFailover,
  geolocation: byGeolocation,
  geoproximity: byProximity,
  'ip-based': byAddress,
};

/** A record set, compiled: how it chooses, and whether it is healthy as the target of an alias. */
export interface CompiledSet {
  readonly hop: Hop;
  readonly health: Health;
}

/** Compiles a record set. */
export function compileSet(set: RecordSet, context: HealthContext & TargetContext): CompiledSet {
  const { kept, warnings: refused } = onePolicy(set);
  const warnings = [...refused, ...kept.flatMap((record) => unknownRegion(record, context.world.templates))];
  const all = kept.map((record): Member => {
    return {
      record,
      health: healthOfRecord(record, context),
      onward: onwardOf(record, context),
      unclear: targetWarning(record),
    };
  });
  const members = new Members(all, warnings);
  return {
    hop: choice(members),
    health: healthOfMembers(
      set,
      all.map((member) => member.health),
    ),
  };
}

function choice(members: Members): Hop {
  const unknown = members.all.flatMap(({ record }) => ('unknown' in record.policy ? [record.policy.unknown] : []));
  const { kind } = members.all[0]!.record.policy;
  if (unknown.length === 0) return POLICIES[kind](members);
  if (members.usable.length === 1 && kind !== 'geolocation' && kind !== 'ip-based') {
    return members.branch(members.usable[0]!, { because: `${kind}: the only record that is left`, facts: ['R53-1'] });
  }
  return members.guess({
    because: `${kind}: one of ${members.usable.length} records, as their policy isn't known`,
    facts: ['R53-1'],
    warning: `${unknown.join(', ')}: the template doesn't tell the value, so which record is chosen isn't known.`,
  });
}

/** A name and type have one policy, and each of its places once (R53-13): the first record of the templates decides. */
function onePolicy(set: RecordSet): { readonly kept: readonly DnsRecord[]; readonly warnings: readonly string[] } {
  const [first] = set.records;
  const warnings: string[] = [];
  const taken = new Map<string, DnsRecord>();
  const kept = set.records.filter((record) => {
    const place = placeOf(record);
    const other = record.policy.kind === first!.policy.kind ? taken.get(place ?? '') : first;
    if (other !== undefined) {
      const why = `${record.policy.kind} beside ${other.label} (${other.policy.kind})`;
      warnings.push(`${record.where}: Route 53 refuses a second record of ${set.key} and type ${set.type}: ${why}.`);
      return false;
    }
    if (place !== undefined) taken.set(place, record);
    return true;
  });
  if (set.isContested) {
    warnings.push(
      `${set.key} stands in several public zones of the templates; the first is assumed to be the one in use.`,
    );
  }
  return { kept, warnings };
}

/** A Region that AWS hasn't, as far as is known: Route 53 refuses a record with it. */
function unknownRegion({ policy, where }: DnsRecord, templates: Templates): readonly string[] {
  if (policy.kind !== 'latency' || 'unknown' in policy || isRegion(policy.region, templates)) return [];
  const hint = didYouMean(policy.region, regionNames(templates)) || '.';
  return [`${where}: Route 53 refuses a Region that AWS hasn't, and none is known as '${policy.region}'${hint}`];
}

/** What only one record of a set can be: a Region, a role, a territory. Undefined where there is no such limit. */
function placeOf({ policy }: DnsRecord): string | undefined {
  if ('unknown' in policy) return undefined;
  switch (policy.kind) {
    case 'simple':
      return 'simple';
    case 'latency':
      return policy.region;
    case 'failover':
      return policy.isPrimary ? 'primary' : 'secondary';
    case 'geolocation':
      return JSON.stringify(policy.territory);
    default:
      return undefined;
  }
}
