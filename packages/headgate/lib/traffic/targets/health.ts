import type { Resource } from '../../template';
import type { TargetCounts } from '../fault';
import type { GroupState, World } from '../world';
import { type ZoneName, zoneKey, zoneText } from '../zone';
import { zonesInUse } from './in-use';
import { type Registrant, registrantsOf } from './registrants';
import { targetTypeOf } from './target-type';
import type { ZonesLeft } from './threshold';

/** How the targets of a group are, by faults and by the template. */
export interface GroupHealth {
  readonly state: GroupState;
  /** How many, where a fault says so. */
  readonly counts: TargetCounts | undefined;
  /** Why the state is what it is, for traces: `us-east-1 is down`; undefined if a fault says it of the group itself. */
  readonly because: string | undefined;
  /** The facts that this rests on, beside those of the state itself. */
  readonly facts?: readonly string[];
  /** Whether there are no targets only as far as the template begins. */
  readonly isStart?: boolean;
  /** Why there may be no targets yet, though they are taken to be there. */
  readonly doubt?: string;
  /** Whether targets are registered, but all where their balancer doesn't stand (ALB-38). */
  readonly isUnused?: boolean;
  /** The zones that the targets stand in and whether each is down; undefined if that isn't known. */
  readonly zones: ReadonlyMap<string, { readonly zone: ZoneName; readonly down: boolean }> | undefined;
  /** How many of them are left, where some are down and nothing says how many targets that are. */
  readonly zonesLeft?: ZonesLeft;
}

/** Decides how the targets of a group are. Faults on the group itself come first, then what is down around it, then the template. */
export function healthOf(group: Resource, world: World): GroupHealth {
  const registrants = registrantsOf(group, world.templates);
  const standing = zonesOf(registrants);
  const used = standing && zonesInUse(standing, group, world.templates);
  const isUnused = used !== undefined && used.length === 0;
  const zones = downOf(isUnused ? standing : used, world);
  const faulty = world.faults.targetsOf(group);
  const region = group.stack.region;
  const counts = typeof faulty === 'object' ? faulty : undefined;
  const doubt = counts === undefined ? doubtOf(registrants) : undefined;
  const health = (state: GroupState, because?: string): GroupHealth => ({
    state,
    counts,
    because,
    zones,
    ...(doubt === undefined ? {} : { doubt }),
  });
  if (counts?.registered === 0) return health('empty');
  const none = emptyBecause(group, registrants);
  if (none !== undefined && counts === undefined) {
    const isStart = registrants.some((one) => one.isStart);
    return { ...health('empty', none), isStart, facts: registrants.flatMap(({ facts }) => facts ?? []) };
  }
  if (isUnused && counts === undefined) {
    const where = standing!.map(zoneText).join(' and ');
    return { ...health('empty', `all stand in ${where}, where its balancer doesn't`), isUnused };
  }
  if (faulty === 'unhealthy' || counts?.healthy === 0) return health('unhealthy');
  if (world.faults.isRegionDown(region)) return health('unhealthy', `${region} is down`);
  const down = zones === undefined ? [] : [...zones.values()].filter((zone) => zone.down);
  const downText = down.map(({ zone }) => zoneText(zone)).join(' and ');
  if (zones && down.length > 0 && down.length === zones.size) {
    return health('unhealthy', `${downText}, where all of them stand, is down`);
  }
  if (counts && counts.healthy < counts.registered) return health('degraded');
  if (zones === undefined || down.length === 0) return health('healthy');
  const degraded = health('degraded', `those in ${downText} are down`);
  return counts ? degraded : { ...degraded, zonesLeft: { healthy: zones.size - down.length, all: zones.size } };
}

/** Why no target can register, if everything in the template that does so can't. */
function emptyBecause(group: Resource, registrants: readonly Registrant[]): string | undefined {
  if (registrants.some((one) => one.none === undefined)) return undefined;
  // Nothing at run time registers functions, as it does servers: a function stands in the group itself.
  if (registrants.length === 0) return targetTypeOf(group) === 'lambda' ? 'it has no function' : undefined;
  return registrants.map((one) => one.none).join(' and ');
}

/** Why there may be no targets yet, if nothing in the templates has registered one for certain. */
function doubtOf(registrants: readonly Registrant[]): string | undefined {
  const working = registrants.filter(({ none }) => none === undefined);
  const doubts = working.flatMap(({ doubt }) => doubt ?? []);
  return doubts.length > 0 && doubts.length === working.length ? doubts.join('; ') : undefined;
}

/** The zones that targets stand in, each once; undefined if not all are known. */
function zonesOf(registrants: readonly Registrant[]): readonly ZoneName[] | undefined {
  const working = registrants.filter((one) => one.none === undefined);
  const zones = new Map<string, ZoneName>();
  for (const registrant of working) {
    if (registrant.zones === undefined) return undefined;
    for (const zone of registrant.zones) {
      if (zone.likely === undefined) return undefined;
      zones.set(zoneKey(zone), zone);
    }
  }
  return zones.size === 0 ? undefined : [...zones.values()];
}

function downOf(zones: readonly ZoneName[] | undefined, world: World): GroupHealth['zones'] {
  const { downZones } = world.faults;
  return zones && new Map(zones.map((zone) => [zoneKey(zone), { zone, down: downZones.has(zone.likely!) }]));
}
