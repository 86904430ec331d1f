import { type Resource, Symbolic, type Templates } from '../../template';
import { RECORD_SET } from '../resource-types';
import { Delegations } from './delegations';
import { isOneZone, isWithin, type ZoneOfRecord } from './hosted-zones';
import { ancestors, nameKey } from './names';
import { type AddressType, type DnsRecord, type ExistingName, readRecords } from './record';

/** The records of one name and type in one zone: what a query is answered from. */
export interface RecordSet {
  readonly key: string;
  readonly type: AddressType;
  readonly records: readonly DnsRecord[];
  /** Whether another public zone of the templates has the same name and type. */
  readonly isContested: boolean;
}

/** The record sets of one name. */
export interface NameEntry {
  readonly key: string;
  readonly sets: readonly RecordSet[];
}

/** The names of the public zones, or those of the private ones: clients see the ones or the others. */
class View {
  private readonly entries = new Map<string, NameEntry>();
  /** All names that exist, those that only have names below them included. */
  private readonly existing = new Set<string>();

  constructor(records: readonly DnsRecord[], names: readonly ExistingName[]) {
    for (const [key, ofName] of groupBy(records, (record) => record.key)) {
      this.entries.set(key, { key, sets: [...groupBy(ofName, ({ type }) => type).values()].flatMap(partition) });
    }
    for (const { key } of names) {
      if (key.includes('${')) continue;
      this.existing.add(key);
      for (const above of ancestors(key)) this.existing.add(above);
    }
  }

  get sets(): readonly RecordSet[] {
    return [...this.entries.values()].flatMap(({ sets }) => sets);
  }

  at(key: string): NameEntry | undefined {
    return this.entries.get(key);
  }

  /**
   * What answers for a name: its own records, else the wildcard below the closest name that exists (R53-18). A name that exists without
   * an address hides the wildcard, as DNS has it.
   */
  find(name: string): NameEntry | undefined {
    const exact = this.entries.get(name);
    if (exact) return exact;
    const key = nameKey(name);
    const found = this.entries.get(key);
    if (found || this.existing.has(key)) return found;
    for (const above of ancestors(key)) {
      if (this.existing.has(above)) return this.entries.get(`*.${above}`);
    }
    return undefined;
  }
}

/** The names of all zones of the templates. */
export class Zones {
  /** Records whose names depend on what only a deployment knows. */
  readonly symbolic: readonly DnsRecord[];
  private readonly open: View;
  private readonly closed: View;
  /** What public zones have at or below names that they hand on. */
  private readonly hidden: View;
  private readonly delegations: Delegations;
  private readonly untyped: ReadonlyMap<string, readonly string[]>;
  private readonly zones: readonly ZoneOfRecord[];
  private readonly byRecord = new Map<DnsRecord, RecordSet>();

  constructor(templates: Templates) {
    const { addresses, names, zones, untyped } = readRecords(templates);
    this.zones = zones;
    this.delegations = new Delegations(names);
    this.untyped = untyped;
    const inside = <T extends ZoneOfRecord>(all: readonly T[]) => all.filter(({ isPrivate }) => isPrivate);
    const outside = <T extends ZoneOfRecord>(all: readonly T[]) => all.filter(({ isPrivate }) => !isPrivate);
    const isAsked = (name: Omit<ExistingName, 'hasServers'>) => this.delegations.hiding(name) === undefined;
    const isThere = (name: ExistingName) => name.hasServers || isAsked(name);
    this.open = new View(outside(addresses).filter(isAsked), outside(names).filter(isThere));
    this.hidden = new View(
      outside(addresses).filter((record) => !isAsked(record)),
      [],
    );
    this.closed = new View(inside(addresses), inside(names));
    for (const set of [...this.open.sets, ...this.hidden.sets, ...this.closed.sets]) {
      for (const record of set.records) this.byRecord.set(record, set);
    }
    this.symbolic = addresses.filter(({ name }) => name instanceof Symbolic);
  }

  /** What the public zones answer for a name. */
  find(name: string): NameEntry | undefined {
    return this.open.find(name);
  }

  /** What the private zones answer for a name. */
  findPrivate(name: string): NameEntry | undefined {
    return this.closed.find(name);
  }

  /** What answers for a name that a record leads to: who got a record of a private zone asks its zones first (R53-21). */
  findFrom(record: DnsRecord, name: string): NameEntry | undefined {
    const inside = record.isPrivate ? this.closed.find(name) : undefined;
    return inside ?? (this.privateZoneOver(name, record) === undefined ? this.open.find(name) : undefined);
  }

  /** The zone of the templates that answers for a name, whether it has a record of it or not; undefined if none does for certain. */
  zoneOver(name: string, from?: DnsRecord): ZoneOfRecord | undefined {
    const inside = from && this.privateZoneOver(name, from);
    if (inside) return inside;
    const zone = lowestOver(
      name,
      this.zones.filter(({ isPrivate }) => !isPrivate),
    );
    const handedOn = this.delegations.over(name);
    return handedOn === undefined || isWithin(zone?.zoneName ?? '', handedOn) ? zone : undefined;
  }

  /** The name by which a name is handed on to name servers that aren't of zones of the templates; undefined if it isn't. */
  handedOut(name: string): string | undefined {
    return this.zoneOver(name) === undefined ? this.delegations.over(name) : undefined;
  }

  /** The name by which the names of a key were handed on, if the zone above has records that are therefore not asked. */
  handedOn(key: string): string | undefined {
    const name = this.delegations.over(key);
    return name !== undefined && this.hidden.sets.some((set) => isWithin(set.key, name)) ? name : undefined;
  }

  /** What isn't known of the types of a name's records, as warnings. */
  untypedAt(key: string): readonly string[] | undefined {
    return this.untyped.get(key);
  }

  /** The private zone that alone answers for a name where a record of one is seen: the lowest, in the VPCs of the record's own. */
  private privateZoneOver(name: string, { isPrivate, zone, vpcs }: DnsRecord): ZoneOfRecord | undefined {
    if (!isPrivate) return undefined;
    const shared = (other: ZoneOfRecord) => other.zone === zone || other.vpcs.some((vpc) => vpcs.includes(vpc));
    return lowestOver(
      name,
      this.zones.filter((other) => other.isPrivate && shared(other)),
    );
  }

  /** The name of a RecordSet that is referred to: `Ref` gives the name. */
  entryOf(resource: Resource): NameEntry | undefined {
    if (resource.type !== RECORD_SET) return undefined;
    const [record] = this.recordsOf(resource);
    return record && (record.isPrivate ? this.closed : this.open).at(record.key);
  }

  /** The records that a RecordSet or a RecordSetGroup holds. */
  recordsOf(resource: Resource): readonly DnsRecord[] {
    return [...this.byRecord.keys()].filter((record) => record.resource === resource);
  }

  /** The record set that a record is in. */
  setOf(record: DnsRecord): RecordSet {
    return this.byRecord.get(record)!;
  }
}

/** The lowest of some zones that a name is in. */
function lowestOver(name: string, zones: readonly ZoneOfRecord[]): ZoneOfRecord | undefined {
  return zones
    .filter(({ zoneName }) => zoneName !== undefined && !zoneName.includes('${') && isWithin(name, zoneName))
    .sort((one, other) => other.zoneName!.length - one.zoneName!.length)[0];
}

/** The set of a type that is asked: of the zone that a record is in, else of the first. */
export function setOfType(entry: NameEntry, type: AddressType, near?: DnsRecord): RecordSet | undefined {
  const sets = entry.sets.filter((set) => set.type === type);
  return (near && sets.find(({ records }) => isOneZone(records[0]!, near) !== false)) ?? sets[0];
}

/** Splits records of one name and type by zone. One whose zone isn't known belongs to the first that it can be in. */
function partition(records: readonly DnsRecord[]): readonly RecordSet[] {
  const parts: DnsRecord[][] = [];
  for (const record of records) {
    const part = parts.find((others) => others.every((other) => isOneZone(other, record) !== false));
    if (part) part.push(record);
    else parts.push([record]);
  }
  return parts.map((part) => ({
    key: part[0]!.key,
    type: part[0]!.type,
    records: part,
    isContested: parts.length > 1 && !part[0]!.isPrivate,
  }));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
