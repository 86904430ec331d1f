import { Fields, Reference, type Resource, Symbolic, type Templates, type Text } from '../../template';
import { coverKey } from '../step';
import { HostedZones, type ZoneOfRecord } from './hosted-zones';
import { nameKey } from './names';
import { type Policy, readPolicy } from './policy';

/** The types of records that lead somewhere. */
export type AddressType = 'A' | 'AAAA' | 'CNAME';

/** A record of the templates that leads somewhere: a RecordSet, or an entry of a RecordSetGroup. */
export interface DnsRecord extends ZoneOfRecord {
  readonly resource: Resource;
  /** Where it stands, for messages. */
  readonly where: string;
  /** How people tell it from others of its name: its SetIdentifier or logical id. */
  readonly label: string;
  /** What it counts as in coverage. */
  readonly cover: string;
  /** As in traces: without the dot at its end. */
  readonly name: Text;
  readonly key: string;
  readonly type: AddressType;
  readonly policy: Policy;
  readonly alias: Alias | undefined;
  /** The values of a record that is no alias. */
  readonly values: readonly Text[];
  readonly healthCheck: Text | undefined;
}

/** The target of an alias record. */
export interface Alias {
  readonly target: Text;
  /** Whether it is as healthy as its target; true also where the template doesn't tell. */
  readonly evaluatesHealth: boolean;
  /** Where that stands, if the template doesn't tell it. */
  readonly unknown?: string;
}

/** All records of the templates. */
export interface Records {
  readonly addresses: readonly DnsRecord[];
  /** All names that exist, of records of other types too and of the zones themselves. */
  readonly names: readonly ExistingName[];
  readonly zones: readonly ZoneOfRecord[];
  /** By the keys of names: that a record of theirs has a type that isn't known, so that it is left out. */
  readonly untyped: ReadonlyMap<string, readonly string[]>;
}

/** A name that exists in a zone. */
export interface ExistingName extends ZoneOfRecord {
  readonly key: string;
  /** Whether a record of it names name servers. */
  readonly hasServers: boolean;
}

/** Reads the records of all templates, in their order. */
export function readRecords(templates: Templates): Records {
  const addresses: DnsRecord[] = [];
  const zones = new HostedZones(templates);
  const untyped = new Map<string, readonly string[]>();
  const names: ExistingName[] = zones.all.flatMap((zone) =>
    zone.zoneName === undefined ? [] : [{ ...zone, key: zone.zoneName, hasServers: false }],
  );
  const read = (resource: Resource, record: Fields, owner: Fields, part: string | undefined) => {
    const name = knownName(record.text('Name'));
    if (name === undefined) return;
    const zone = zones.of(record.has('HostedZoneId') || record.has('HostedZoneName') ? record : owner);
    const type = record.string('Type')?.toUpperCase();
    const key = nameKey(name);
    names.push({ ...zone, key, hasServers: type === 'NS' });
    if (record.isSymbolic('Type')) {
      untyped.set(key, [...(untyped.get(key) ?? []), `${record.at('Type')} isn't known; the record is left out.`]);
    }
    if (type !== 'A' && type !== 'AAAA' && type !== 'CNAME') return;
    addresses.push(readRecord(resource, record, zone, part, name, type));
  };
  for (const resource of templates.ofType('AWS::Route53::RecordSet')) {
    const fields = Fields.of(resource);
    read(resource, fields, fields, undefined);
  }
  for (const resource of templates.ofType('AWS::Route53::RecordSetGroup')) {
    const group = Fields.of(resource);
    for (const [index, record] of group.objects('RecordSets').entries()) {
      read(resource, record, group, `record ${index + 1}`);
    }
  }
  return { addresses, names, zones: zones.all, untyped };
}

const CUSTOM_DOMAINS = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'];

/** A name that is written as `Ref` of a custom domain of an API: it gives the domain's name. */
function knownName(name: Text | undefined): Text | undefined {
  if (!(name instanceof Reference) || name.attribute !== undefined) return name;
  return (CUSTOM_DOMAINS.includes(name.resource.type) && Fields.of(name.resource).text('DomainName')) || name;
}

function readRecord(
  resource: Resource,
  record: Fields,
  zone: ZoneOfRecord,
  part: string | undefined,
  name: Text,
  type: AddressType,
): DnsRecord {
  const values = record.raw('ResourceRecords');
  return {
    resource,
    where: record.where,
    label: record.string('SetIdentifier') ?? (part ? `${resource.logicalId} ${part}` : resource.logicalId),
    cover: coverKey(resource, part),
    name: typeof name === 'string' ? nameKey(name) : name,
    key: nameKey(name),
    type,
    ...zone,
    policy: readPolicy(record),
    alias: readAlias(record),
    values: values instanceof Symbolic ? [values] : record.texts('ResourceRecords'),
    healthCheck: record.text('HealthCheckId'),
  };
}

function readAlias(record: Fields): Alias | undefined {
  const whole = record.raw('AliasTarget');
  if (whole instanceof Symbolic) return { target: whole, evaluatesHealth: false };
  const fields = record.object('AliasTarget');
  const target = fields?.text('DNSName');
  if (fields === undefined || target === undefined) return undefined;
  if (fields.isSymbolic('EvaluateTargetHealth')) {
    return { target, evaluatesHealth: true, unknown: fields.at('EvaluateTargetHealth') };
  }
  return { target, evaluatesHealth: fields.boolean('EvaluateTargetHealth') ?? false };
}
