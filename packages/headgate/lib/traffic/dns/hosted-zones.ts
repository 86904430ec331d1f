import { Fields, keyOf, type Resource, resourceIn, type Templates } from '../../template';
import { HOSTED_ZONE } from '../resource-types';
import { coverKey } from '../step';
import { nameKey } from './names';

/** The hosted zone that a record stands in, as far as the templates tell. */
export interface ZoneOfRecord {
  /** What tells it from others; undefined if the template doesn't. */
  readonly zone: string | undefined;
  /** The key of its name, if the template has it. */
  readonly zoneName: string | undefined;
  readonly isPrivate: boolean;
  /** The keys of the VPCs that a private one of the templates answers in. */
  readonly vpcs: readonly string[];
}

/** The hosted zones that are resources of the templates. */
export class HostedZones {
  readonly all: readonly ZoneOfRecord[];
  private readonly byResource = new Map<Resource, ZoneOfRecord>();

  constructor(templates: Templates) {
    this.all = templates.ofType(HOSTED_ZONE).map((resource) => {
      const zone = readZone(resource);
      this.byResource.set(resource, zone);
      return zone;
    });
  }

  /** The zone that the properties of a record or a group name, by id or by name; a name that several zones have tells none. */
  of(fields: Fields): ZoneOfRecord {
    const id = fields.text('HostedZoneId');
    const resource = resourceIn(id);
    const zone = resource && this.byResource.get(resource);
    if (zone) return zone;
    const name = fields.text('HostedZoneName');
    const zoneName = name === undefined ? undefined : nameKey(name);
    const named = this.all.filter((each) => zoneName !== undefined && each.zoneName === zoneName);
    if (id === undefined && named.length === 1) return named[0]!;
    return { zone: typeof id === 'string' ? id : undefined, zoneName, isPrivate: false, vpcs: [] };
  }
}

/** Whether two records stand in one zone; undefined if the templates don't tell. */
export function isOneZone(one: ZoneOfRecord, other: ZoneOfRecord): boolean | undefined {
  if (one.zone !== undefined && other.zone !== undefined) return one.zone === other.zone;
  if (one.zoneName === undefined || other.zoneName === undefined) return undefined;
  if (one.zoneName === other.zoneName) return true;
  return one.zoneName.includes('${') || other.zoneName.includes('${') ? undefined : false;
}

/** Whether a name is another one or below it. */
export function isWithin(name: string, top: string): boolean {
  return name === top || name.endsWith(`.${top}`);
}

function readZone(resource: Resource): ZoneOfRecord {
  const fields = Fields.of(resource);
  const name = fields.text('Name');
  return {
    zone: coverKey(resource),
    zoneName: name === undefined ? undefined : nameKey(name),
    isPrivate: fields.isSymbolic('VPCs') || fields.list('VPCs').length > 0,
    vpcs: fields.objects('VPCs').flatMap((vpc) => {
      const id = vpc.text('VPCId');
      return id === undefined ? [] : [keyOf(id)];
    }),
  };
}
