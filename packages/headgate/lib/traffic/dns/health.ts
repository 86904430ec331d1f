import { Reference, resourceIn } from '../../template';
import type { Quality } from '../quality';
import { worse } from '../quality';
import type { World } from '../world';
import { nameKey, regionInName } from './names';
import type { Alias, DnsRecord } from './record';
import { entryAt } from './target';
import { type RecordSet, setOfType, type Zones } from './zones';

/** Whether a record or a set of records counts as healthy, and why. */
export interface Health {
  readonly healthy: boolean;
  /** A clause about what makes it unhealthy; about nothing in particular if it is healthy. */
  readonly why: string;
  readonly facts: readonly string[];
  readonly quality: Quality;
  readonly warnings: readonly string[];
}

/** The health of what nothing checks. */
export const UNCHECKED: Health = { healthy: true, why: 'nothing checks it', facts: [], quality: 'exact', warnings: [] };

/** What the health of a record is decided with. */
export interface HealthContext {
  readonly world: World;
  readonly zones: Zones;
  /** The health of a set of records that an alias leads to. */
  healthOf(set: RecordSet): Health;
}

/** The health of a record: its check and, for an alias that evaluates it, its target; if it has both, both must be fine (R53-4). */
export function healthOfRecord(record: DnsRecord, context: HealthContext): Health {
  const check = healthByCheck(record, context.world);
  const target = record.alias?.evaluatesHealth ? healthOfTarget(record, record.alias, context) : UNCHECKED;
  const isUpToTarget = check === UNCHECKED || (check.healthy && !target.healthy);
  return {
    healthy: check.healthy && target.healthy,
    why: (isUpToTarget ? target : check).why,
    facts: [...new Set([...check.facts, ...target.facts])],
    quality: worse(check.quality, target.quality),
    warnings: [...check.warnings, ...target.warnings],
  };
}

/** The health of a set: one healthy record is enough (R53-4). */
export function healthOfMembers(set: RecordSet, members: readonly Health[]): Health {
  const healthy = members.find((member) => member.healthy);
  const facts = [...new Set(['R53-4', ...members.flatMap((member) => member.facts)])];
  const quality = members.reduce<Quality>((worst, member) => worse(worst, member.quality), 'exact');
  const warnings = members.flatMap((member) => member.warnings);
  const why = healthy?.why ?? `no record of ${set.key} is healthy (${members[0]?.why ?? 'it has none'})`;
  return { healthy: healthy !== undefined, why, facts, quality, warnings };
}

function healthByCheck(record: DnsRecord, world: World): Health {
  const value = record.healthCheck;
  if (!(value instanceof Reference) || value.resource.type !== 'AWS::Route53::HealthCheck') return UNCHECKED;
  const check = world.healthCheck(value.resource);
  return {
    healthy: check.healthy,
    why: check.because,
    facts: check.facts,
    quality: check.quality ?? 'exact',
    warnings: check.warning === undefined ? [] : [check.warning],
  };
}

function healthOfTarget(record: DnsRecord, { target }: Alias, context: HealthContext): Health {
  const { world, zones } = context;
  const entry = entryAt(target, zones);
  const set = entry && setOfType(entry, record.type, record);
  if (set) return context.healthOf(set);
  const resource = resourceIn(target);
  if (resource?.type === 'AWS::CloudFront::Distribution') {
    const warning = `${record.where}: EvaluateTargetHealth isn't available for a CloudFront distribution and is ignored.`;
    return { ...UNCHECKED, facts: ['R53-4'], warnings: [warning] };
  }
  if (resource?.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    const balancer = world.balancer(resource);
    const why = balancer.healthyForDns
      ? `${resource.logicalId} is healthy`
      : `${resource.logicalId} is unhealthy: ${balancer.unhealthyBecause ?? 'not every target group has a healthy target'}`;
    return { healthy: balancer.healthyForDns, why, facts: ['R53-4', 'R53-5'], quality: 'exact', warnings: [] };
  }
  const region = typeof target === 'string' ? regionInName(nameKey(target)) : undefined;
  if (world.faults.isRegionDown(region)) {
    return { ...UNCHECKED, healthy: false, why: `${target} is in ${region}, which is down`, facts: ['R53-4'] };
  }
  return { ...UNCHECKED, facts: ['R53-4'] };
}
