import { type Resource, Symbolic, type Templates } from '../../template';
import { RECORD_SET } from '../resource-types';
import { isOneZone } from './hosted-zones';
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

/** The names of the public zones, or those of the private ones: clients see the ones or the others. */
class View {
  private readonly entries = new Map<string, NameEntry>();
  /** All names that exist, those that only have names below them included. */
  private readonly existing = new Set<string>();

  constructor(records: readonly DnsRecord[], names: Iterable<string>) {
    for (const [key, ofName] of groupBy(records, (record) => record.key)) {
      this.entries.set(key, { key, sets: [...groupBy(ofName, ({ type }) => type).values()].flatMap(partition) });
    }
    for (const name of names) {
      if (name.includes('${')) continue;
      this.existing.add(name);
      for (const above of ancestors(name)) this.existing.add(above);
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
  private readonly byRecord = new Map<DnsRecord, RecordSet>();

  constructor(templates: Templates) {
    const { addresses, names } = readRecords(templates);
    const keysOf = (isPrivate: boolean) => names.filter((name) => name.isPrivate === isPrivate).map(({ key }) => key);
    this.open = new View(
      addresses.filter(({ isPrivate }) => !isPrivate),
      keysOf(false),
    );
    this.closed = new View(
      addresses.filter(({ isPrivate }) => isPrivate),
      keysOf(true),
    );
    for (const set of [...this.open.sets, ...this.closed.sets]) {
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

  /** What answers for a name that a record leads to: who got a record of a private zone asks its zones first. */
  findFrom(record: DnsRecord, name: string): NameEntry | undefined {
    return (record.isPrivate ? this.closed.find(name) : undefined) ?? this.open.find(name);
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
