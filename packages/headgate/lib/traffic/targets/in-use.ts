import type { Resource, Templates } from '../../template';
import { balancersOf } from '../balancer/parts-of';
import { type ZoneName, zoneKey, zonesOfBalancer } from '../zone';

/**
 * Those of the zones of a group's targets that its balancer stands in: targets in other zones get no requests (ALB-38). All of them where
 * nobody can tell: the group isn't on one balancer of the templates, or the zones of either can't be compared.
 */
export function zonesInUse(zones: readonly ZoneName[], group: Resource, templates: Templates): readonly ZoneName[] {
  const [balancer, ...others] = balancersOf(group, templates);
  if (balancer === undefined || others.length > 0) return zones;
  const enabled = zonesOfBalancer(balancer);
  if (enabled.length === 0 || !areComparable([...enabled, ...zones])) return zones;
  const keys = new Set(enabled.map(zoneKey));
  return zones.filter((zone) => keys.has(zoneKey(zone)));
}

/** Names can be compared with names, and places in the list of the Region's zones with places. */
function areComparable(zones: readonly ZoneName[]): boolean {
  const kinds = new Set(zones.map(({ name, likely }) => (likely === undefined ? 'unknown' : typeof name)));
  return kinds.size === 1 && !kinds.has('unknown');
}
