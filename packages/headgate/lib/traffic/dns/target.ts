import { Fields, type Resource, resourceIn, Symbolic, type Text } from '../../template';
import type { Hop, Road } from '../hop';
import { type IpVersions, versionsOf } from '../ip-versions';
import type { Passage } from '../passage';
import { CLASSIC_LOAD_BALANCER, CONNECTION_GROUP, LOAD_BALANCER } from '../resource-types';
import { type Step, stepAt } from '../step';
import type { World } from '../world';
import { addressEnd, Branch, End, evenly, NoAddress, noAnswer } from './ends';
import { behindItsNetwork } from './inside';
import { nameKey } from './names';
import type { DnsRecord } from './record';
import { byItsVersion } from './versions';
import { type NameEntry, type RecordSet, setOfType, type Zones } from './zones';

const VERSIONS = ['R53-22'];

/** What the target of a record is looked up in. */
export interface TargetContext {
  readonly world: World;
  readonly zones: Zones;
  /** The hop of a record set, compiled when it is first passed. */
  hopOf(set: RecordSet): Hop;
  /** The hop of a name, of the type that the request asks for. */
  answer(entry: NameEntry): Hop;
}

/** Where a record leads. */
export function onwardOf(record: DnsRecord, context: TargetContext): Hop {
  if (record.alias) return aliasTarget(record, record.alias.target, context);
  if (record.values.length === 0) return noAnswer(String(record.name), `${record.label} has no value`, ['R53-18']);
  if (record.type === 'CNAME') return nameTarget(record, record.values[0]!, context);
  return evenly(record.values.map((value) => endOrResource(value, record, context.world)));
}

/** What isn't an end by its nature, unlike the endpoints of an API or a bucket: requests go on, but nobody can say where. */
const GOING_ON: Readonly<Record<string, string>> = {
  [CLASSIC_LOAD_BALANCER]: "a classic load balancer, which isn't modelled",
  [CONNECTION_GROUP]: "a connection group, of which isn't modelled which tenant takes a request",
};

/** A warning about a target that the templates don't tell, or beyond which nothing is known. */
export function targetWarning(record: DnsRecord): string | undefined {
  const target = record.alias ? record.alias.target : record.values.find((value) => value instanceof Symbolic);
  if (!(target instanceof Symbolic)) return undefined;
  const property = record.alias ? 'AliasTarget' : 'ResourceRecords';
  const resource = resourceIn(target);
  if (resource) {
    const what = GOING_ON[resource.type];
    return (
      what && `${record.where}: ${property} leads to ${resource.logicalId}, ${what}, so the road ends at its name.`
    );
  }
  return `${record.where}: ${property} is ${target}, which the templates don't tell.`;
}

/** An alias leads to a record of its own zone and type (R53-13), or to a resource. */
function aliasTarget(record: DnsRecord, target: Text, context: TargetContext): Hop {
  const entry = entryAt(target, context.zones, record);
  if (!entry) return ofVersion(record, target, unknownTarget(record, target, context));
  const set = setOfType(entry, record.type, record) ?? setOfType(entry, 'CNAME', record);
  if (set) return context.hopOf(set);
  return noAnswer(entry.key, `${entry.key} has no ${record.type} record for the alias`, ['R53-13']);
}

function nameTarget(record: DnsRecord, target: Text, context: TargetContext): Hop {
  const entry = entryAt(target, context.zones, record);
  return entry ? context.answer(entry) : byItsVersion(target, unknownTarget(record, target, context));
}

/** What an alias of a type leads to: no address, if its target has none of that version of IP (R53-22). */
function ofVersion(record: DnsRecord, target: Text, onward: Hop): Hop {
  const versions = versionsOf(target);
  const isV6 = record.type === 'AAAA';
  const id = resourceIn(target)?.logicalId ?? String(target);
  if (!(isV6 ? versions.v6 : versions.v4)) {
    const because = `${id} has no address of IPv${isV6 ? 6 : 4}`;
    return new Branch(
      { hop: 'dns-record', id: String(target), because, facts: VERSIONS },
      new End(new NoAddress(record.key)),
    );
  }
  return isV6 && versions.doubt !== undefined ? doubtful(id, target, versions, onward) : onward;
}

/** The road is taken to go on by IPv6; if it doesn't, it goes by IPv4 to the same place. */
function doubtful(id: string, target: Text, { doubt }: IpVersions, onward: Hop): Hop {
  const because = `whether ${id} has an address of IPv6 is not known`;
  const step: Step = { hop: 'dns-record', id: String(target), because, facts: VERSIONS, warning: doubt! };
  return new Branch(step, onward);
}

/** A name that no record of the templates has: nothing answers if one of their zones would have it, else somebody outside does. */
function unknownTarget(record: DnsRecord, target: Text, { world, zones }: TargetContext): Hop {
  const name = nameKey(target);
  const zone = typeof target === 'string' ? zones.zoneOver(name, record) : undefined;
  // A record whose name isn't known may be the one.
  if (zone === undefined || zones.symbolic.length > 0) return endOrResource(target, record, world);
  const which = `${zone.isPrivate ? 'the private zone' : 'the zone'} ${zone.zoneName}`;
  return noAnswer(name, `${which} has no record of ${name}`, [zone.isPrivate ? 'R53-21' : 'R53-18']);
}

function endOrResource(target: Text, { isPrivate }: DnsRecord, world: World): Hop {
  const resource = resourceIn(target);
  const onward = resource ? new ResourceTarget(resource, target, world) : addressEnd(target, world);
  return behindItsNetwork(target, onward, isPrivate);
}

/** The name of the templates that the target of a record is; undefined if it is none. */
export function entryAt(target: Text, zones: Zones, record: DnsRecord): NameEntry | undefined {
  const entry = zones.findFrom(record, nameKey(target));
  if (entry) return entry;
  const resource = resourceIn(target);
  return resource && zones.entryOf(resource);
}

/** The hop of the resource that a name or an address refers to; undefined if it refers to none. */
export function resourceTarget(target: Text, world: World): Hop | undefined {
  const resource = resourceIn(target);
  return resource && behindItsNetwork(target, new ResourceTarget(resource, target, world), false);
}

/** A resource, looked up when it is first passed: resources can lead back to names. */
class ResourceTarget implements Hop {
  private hop: Hop | undefined;
  /** That it isn't known whether it is internal. */
  private readonly doubt: Step | undefined;

  constructor(
    private readonly resource: Resource,
    private readonly name: Text,
    private readonly world: World,
  ) {
    const fields = Fields.of(resource);
    if (resource.type === LOAD_BALANCER && fields.isSymbolic('Scheme')) {
      const warning = `${fields.at('Scheme')} isn't known; it is taken for internet-facing.`;
      this.doubt = stepAt('load-balancer', resource, 'whether it is internal is not known', ['R53-12'], { warning });
    }
  }

  pass(passage: Passage, road: Road): void {
    this.hop ??= this.world.hopOf(this.resource) ?? addressEnd(this.name, this.world);
    const isOpen = this.doubt !== undefined && passage.request.via === 'health-checker';
    this.hop.pass(isOpen ? passage.part(1, 'bounded', 0, 1).note(this.doubt!) : passage, road);
  }
}
