import { resourceIn } from '../../template';
import { downRegionOf } from '../reach';
import { ACCELERATOR, DISTRIBUTION, LOAD_BALANCER } from '../resource-types';
import type { Health, World } from '../world';
import { doubting, found, isCertain, restingOn, UNCHECKED } from './finding';
import { healthById } from './health-check';
import type { Alias, DnsRecord } from './record';
import { entryAt } from './target';
import { type RecordSet, setOfType, type Zones } from './zones';

/** What the health of a record is decided with. */
export interface HealthContext {
  readonly world: World;
  readonly zones: Zones;
  /** The health of a set of records that an alias leads to. */
  healthOf(set: RecordSet): Health;
}

/** The health of a record: its check and, for an alias that evaluates it, its target; if it has both, both must be fine (R53-4). */
export function healthOfRecord(record: DnsRecord, context: HealthContext): Health {
  const id = record.healthCheck;
  const check = id === undefined ? UNCHECKED : healthById(id, record.where, context.world);
  const target = record.alias?.evaluatesHealth ? healthOfTarget(record, record.alias, context) : UNCHECKED;
  const certainlyOut = [check, target].filter((health) => !health.healthy && isCertain(health));
  const isUpToTarget = id === undefined || (check.healthy && !target.healthy);
  return {
    healthy: check.healthy && target.healthy,
    because: (isUpToTarget ? target : check).because,
    isTurned: check.isTurned === true && target.healthy,
    ...restingOn(certainlyOut.length > 0 ? certainlyOut : [check, target]),
  };
}

/** The health of a set: one healthy record is enough (R53-4). */
export function healthOfMembers(set: RecordSet, members: readonly Health[]): Health {
  const healthy = members.find((member) => member.healthy);
  const isSure = members.some((member) => member.healthy && isCertain(member));
  const { facts, quality, warnings } = restingOn(members);
  const because = healthy?.because ?? `no record of ${set.key} is healthy (${members[0]?.because ?? 'it has none'})`;
  return found(healthy !== undefined, because, [...new Set(['R53-4', ...facts])], isSure ? {} : { quality, warnings });
}

/** Where it isn't known whether an alias evaluates its target, one that is out leaves the alias open. */
function healthOfTarget(record: DnsRecord, alias: Alias, context: HealthContext): Health {
  const health = judgeTarget(record, alias, context);
  if (alias.unknown === undefined || health.healthy) return health;
  return doubting(UNCHECKED, [`${alias.unknown} isn't known; it is taken for false, and ${health.because}.`]);
}

function judgeTarget(record: DnsRecord, { target }: Alias, context: HealthContext): Health {
  const { world, zones } = context;
  const entry = entryAt(target, zones, record);
  const set = entry && setOfType(entry, record.type, record);
  if (set) return context.healthOf(set);
  const resource = resourceIn(target);
  switch (resource?.type) {
    case DISTRIBUTION:
      return assumed(
        `${record.where}: EvaluateTargetHealth isn't available for a CloudFront distribution and is ignored.`,
      );
    case LOAD_BALANCER: {
      const { healthyForDns, unhealthyBecause, dnsHealth: { facts = [], doubt } = {} } = world.balancer(resource);
      const because = healthyForDns
        ? `${resource.logicalId} is healthy`
        : `${resource.logicalId} is unhealthy: ${unhealthyBecause ?? 'not every target group has a healthy target'}`;
      const doubtful = doubt === undefined ? {} : { quality: 'bounded' as const, warnings: [doubt] };
      return found(healthyForDns, because, ['R53-4', 'R53-5', ...facts], doubtful);
    }
    case ACCELERATOR:
      // Without a fault it is healthy by any reading.
      if (world.faults.list.length === 0) return found(true, UNCHECKED.because, ['R53-4']);
      return assumed(
        `${record.where}: AWS doesn't document when EvaluateTargetHealth finds an accelerator unhealthy; ${resource.logicalId} counts as healthy.`,
        'undocumented',
      );
    default: {
      const region = downRegionOf(target, world);
      if (region !== undefined) return found(false, `${target} is in ${region}, which is down`, ['R53-4']);
      return found(true, UNCHECKED.because, ['R53-4']);
    }
  }
}

function assumed(warning: string, quality: Health['quality'] = 'exact'): Health {
  return found(true, UNCHECKED.because, ['R53-4'], { quality, warnings: [warning] });
}
