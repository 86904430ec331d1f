import { Fields, type Resource } from '../../template';
import type { TargetCounts } from '../fault';
import type { GroupState, World } from '../world';
import { type ZoneName, zoneKey, zoneText } from '../zone';
import { type Registrant, registrantsOf } from './registrants';
import type { ZonesLeft } from './threshold';

/** How the targets of a group are, by faults and by the template. */
export interface GroupHealth {
  readonly state: GroupState;
  /** How many, where a fault says so. */
  readonly counts: TargetCounts | undefined;
  /** Why the state is what it is, for traces: `us-east-1 is down`; undefined if a fault says it of the group itself. */
  readonly because: string | undefined;
  /** The zones that the targets stand in and whether each is down; undefined if that isn't known. */
  readonly zones: ReadonlyMap<string, { readonly zone: ZoneName; readonly down: boolean }> | undefined;
  /** How many of them are left, where some are down and nothing says how many targets that are. */
  readonly zonesLeft?: ZonesLeft;
}

/** Decides how the targets of a group are. Faults on the group itself come first, then what is down around it, then the template. */
export function healthOf(group: Resource, world: World): GroupHealth {
  const registrants = registrantsOf(group, world.templates);
  const zones = zonesOf(registrants, world);
  const faulty = world.faults.targetsOf(group);
  const region = group.stack.region;
  const counts = typeof faulty === 'object' ? faulty : undefined;
  const health = (state: GroupState, because?: string): GroupHealth => ({ state, counts, because, zones });
  if (counts?.registered === 0) return health('empty');
  const none = emptyBecause(group, registrants);
  if (none !== undefined && counts === undefined) return health('empty', none);
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
  const fields = Fields.of(group);
  if (fields.isSymbolic('Targets') || registrants.some((one) => one.none === undefined)) return undefined;
  // Nothing at run time registers functions, as it does servers: a function stands in the group itself.
  if (registrants.length === 0) return fields.string('TargetType') === 'lambda' ? 'it has no function' : undefined;
  return registrants.map((one) => one.none).join(' and ');
}

function zonesOf(registrants: readonly Registrant[], world: World): GroupHealth['zones'] {
  const working = registrants.filter((one) => one.none === undefined);
  const zones = new Map<string, { zone: ZoneName; down: boolean }>();
  for (const registrant of working) {
    if (registrant.zones === undefined) return undefined;
    for (const zone of registrant.zones) {
      if (zone.likely === undefined) return undefined;
      zones.set(zoneKey(zone), { zone, down: world.faults.downZones.has(zone.likely) });
    }
  }
  return zones.size === 0 ? undefined : zones;
}
