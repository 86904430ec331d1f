import { Fields, keyOf, Reference, type Resource, Symbolic, type Text, ZoneOfRegion } from '../template';
import { SUBNET } from './resource-types';

/** An availability zone, as a template names it. */
export interface ZoneName {
  /** Such as `us-east-1a`, or what stands for it. */
  readonly name: Text;
  /** The name that it has or, by its place in the Region's list, probably has; undefined if nothing tells. */
  readonly likely: string | undefined;
}

const UNKNOWN_SUBNET = (subnet: Text): ZoneName => ({ name: subnet, likely: undefined });

/**
 * The zone of an `AvailabilityZone` property. A place in the list of the Region's zones is taken as the letter of that place: the list
 * is alphabetical, but an account may lack a zone, so the name is only likely.
 */
export function zoneNamed(name: Text): ZoneName {
  if (!(name instanceof Symbolic)) return { name, likely: name };
  if (name instanceof ZoneOfRegion && name.region !== undefined && name.index < 26) {
    return { name, likely: `${name.region}${String.fromCharCode(97 + name.index)}` };
  }
  return { name, likely: undefined };
}

/** The zone of a subnet that a property refers to; of a subnet outside the templates, nothing is known. */
export function zoneOfSubnet(subnet: Text): ZoneName {
  if (subnet instanceof Reference && subnet.resource.type === SUBNET) {
    const zone = Fields.of(subnet.resource).text('AvailabilityZone');
    return zone === undefined ? UNKNOWN_SUBNET(subnet) : zoneNamed(zone);
  }
  return UNKNOWN_SUBNET(subnet);
}

/** The zones that a load balancer is enabled in: those of its subnets. None if it isn't known which subnets it has. */
export function zonesOfBalancer(balancer: Resource): readonly ZoneName[] {
  const fields = Fields.of(balancer);
  const mapped = fields.objects('SubnetMappings').flatMap((mapping) => mapping.text('SubnetId') ?? []);
  const unknown = fields.list('SubnetMappings').filter((mapping) => mapping instanceof Symbolic);
  return [...fields.texts('Subnets'), ...mapped, ...unknown].map(zoneOfSubnet);
}

/** What tells a zone from others. */
export function zoneKey(zone: ZoneName): string {
  return zone.likely ?? keyOf(zone.name);
}

/** Whether the likely name of a zone is a guess. */
export function isGuessed(zone: ZoneName): boolean {
  return zone.likely !== undefined && typeof zone.name !== 'string';
}

/** How people read a zone. */
export function zoneText(zone: ZoneName): string {
  return zone.likely ?? (typeof zone.name === 'string' ? zone.name : zone.name.text);
}

/** Whether a zone's name, such as `us-east-1a`, is of a Region; local zones such as `us-east-1-bos-1a` are of their Region too. */
export function isZoneOf(zone: string, region: string | undefined): boolean {
  return region !== undefined && zone.startsWith(region) && /^(-[a-z]+-\d+)?[a-z]$/.test(zone.slice(region.length));
}
