import { Fields, Reference, type Resource, resourceIn, Symbolic, type Templates, type Text } from '../../template';
import { HOSTED_ZONE } from '../resource-types';
import { coverKey } from '../step';
import { nameKey } from './names';
import { type Policy, readPolicy } from './policy';

/** The types of records that lead somewhere. */
export type AddressType = 'A' | 'AAAA' | 'CNAME';

/** A record of the templates that leads somewhere: a RecordSet, or an entry of a RecordSetGroup. */
export interface DnsRecord {
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
  /** The hosted zone; undefined if the template doesn't tell it from others. */
  readonly zone: string | undefined;
  readonly isPrivate: boolean;
  readonly policy: Policy;
  readonly alias: Alias | undefined;
  /** The values of a record that is no alias. */
  readonly values: readonly Text[];
  readonly healthCheck: Text | undefined;
}

/** The target of an alias record. */
export interface Alias {
  readonly target: Text;
  readonly evaluatesHealth: boolean;
}

/** All records of the templates. */
export interface Records {
  readonly addresses: readonly DnsRecord[];
  /** The keys of all names of public zones, of records of other types too and of the zones themselves. */
  readonly names: ReadonlySet<string>;
  /** Those of private zones. */
  readonly privateNames: ReadonlySet<string>;
}

/** Reads the records of all templates, in their order. */
export function readRecords(templates: Templates): Records {
  const addresses: DnsRecord[] = [];
  const names = new Set<string>();
  const privateNames = new Set<string>();
  for (const zone of templates.ofType(HOSTED_ZONE)) {
    const name = Fields.of(zone).text('Name');
    if (name !== undefined) (isPrivateZone(zone) ? privateNames : names).add(nameKey(name));
  }
  const read = (resource: Resource, record: Fields, owner: Fields, part: string | undefined) => {
    const name = knownName(record.text('Name'));
    if (name === undefined) return;
    const zone = readZone(record.has('HostedZoneId') || record.has('HostedZoneName') ? record : owner);
    (zone.isPrivate ? privateNames : names).add(nameKey(name));
    const type = record.string('Type')?.toUpperCase();
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
  return { addresses, names, privateNames };
}

function isPrivateZone(zone: Resource): boolean {
  return Fields.of(zone).has('VPCs') && (Fields.of(zone).isSymbolic('VPCs') || Fields.of(zone).list('VPCs').length > 0);
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
  zone: Pick<DnsRecord, 'zone' | 'isPrivate'>,
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
  const target = record.object('AliasTarget')?.text('DNSName');
  if (target === undefined) return undefined;
  return { target, evaluatesHealth: record.object('AliasTarget')?.boolean('EvaluateTargetHealth') ?? false };
}

function readZone(fields: Fields): Pick<DnsRecord, 'zone' | 'isPrivate'> {
  const id = fields.raw('HostedZoneId');
  const zone = resourceIn(id);
  if (zone?.type === HOSTED_ZONE) return { zone: coverKey(zone), isPrivate: isPrivateZone(zone) };
  return { zone: typeof id === 'string' ? id : undefined, isPrivate: false };
}
