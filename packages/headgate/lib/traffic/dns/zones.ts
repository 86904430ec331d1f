import { type Resource, Symbolic, type Templates } from '../../template';
import { ancestors, nameKey } from './names';
import { type AddressType, type DnsRecord, readRecords } from './record';

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

/** The names of all zones of the templates. */
export class Zones {
  /** Records whose names depend on what only a deployment knows. */
  readonly symbolic: readonly DnsRecord[];
  private readonly entries = new Map<string, NameEntry>();
  private readonly byRecord = new Map<DnsRecord, RecordSet>();
  /** All names that exist, those that only have names below them included. */
  private readonly existing = new Set<string>();

  constructor(templates: Templates) {
    const { addresses, names } = readRecords(templates);
    for (const [key, records] of groupBy(addresses, (record) => record.key)) {
      const sets = [...groupBy(records, (record) => record.type).values()].flatMap(partition);
      this.entries.set(key, { key, sets });
      for (const set of sets) {
        for (const record of set.records) this.byRecord.set(record, set);
      }
    }
    for (const name of names) {
      if (name.includes('${')) continue;
      this.existing.add(name);
      for (const above of ancestors(name)) this.existing.add(above);
    }
    this.symbolic = addresses.filter(({ name }) => name instanceof Symbolic);
  }

  /** All records that lead somewhere. */
  get records(): Iterable<DnsRecord> {
    return this.byRecord.keys();
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

  /** The name of a RecordSet that is referred to: `Ref` gives the name. */
  entryOf(resource: Resource): NameEntry | undefined {
    if (resource.type !== 'AWS::Route53::RecordSet') return undefined;
    const [record] = this.recordsOf(resource);
    return record && this.entries.get(record.key);
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

/** The set of a type that is asked: of the zone that a record is in, else of the first public zone, else of a private one. */
export function setOfType(entry: NameEntry, type: AddressType, near?: DnsRecord): RecordSet | undefined {
  const sets = entry.sets.filter((set) => set.type === type);
  const first = (matches: (record: DnsRecord) => boolean) => sets.find(({ records }) => matches(records[0]!));
  return (
    (near && first((record) => record.isPrivate === near.isPrivate && isOneZone(record, near))) ??
    first((record) => !record.isPrivate) ??
    sets[0]
  );
}

/** Splits records of one name and type by zone. One whose zone isn't known belongs to the first that it can be in. */
function partition(records: readonly DnsRecord[]): readonly RecordSet[] {
  const parts: DnsRecord[][] = [];
  for (const record of records) {
    const part = parts.find((others) =>
      others.every((other) => other.isPrivate === record.isPrivate && isOneZone(other, record)),
    );
    if (part) part.push(record);
    else parts.push([record]);
  }
  const isContested = parts.filter(([record]) => !record!.isPrivate).length > 1;
  return parts.map((part) => ({
    key: part[0]!.key,
    type: part[0]!.type,
    records: part,
    isContested: isContested && !part[0]!.isPrivate,
  }));
}

function isOneZone(one: DnsRecord, other: DnsRecord): boolean {
  return one.zone === undefined || other.zone === undefined || one.zone === other.zone;
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
