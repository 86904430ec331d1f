import { HeadgateError } from '../../errors';
import { describeResource, type Resource } from '../../template';
import type { Hop, Road } from '../hop';
import type { Passage } from '../passage';
import type { Step } from '../step';
import type { Dns, Health, World } from '../world';
import { addressEnd, Branch, noAnswer } from './ends';
import { UNCHECKED } from './finding';
import { NameHop } from './name-hop';
import { nameKey } from './names';
import { Progress } from './progress';
import type { DnsRecord } from './record';
import { compileSet } from './record-set';
import { SetHop } from './set-hop';
import { type NameEntry, type RecordSet, Zones } from './zones';

const FACTS = ['R53-18'];

const MAX_NESTED = 100;

/** DNS as the templates' records have it, compiled name by name. */
export class Resolver implements Dns {
  readonly zones: Zones;
  private readonly progress: Progress;
  private readonly hops = new Map<RecordSet, SetHop>();
  private readonly answers = new Map<NameEntry, Hop>();
  private readonly privateAnswers = new Map<NameEntry, Hop>();

  constructor(readonly world: World) {
    this.zones = new Zones(world.templates);
    this.progress = Progress.of(world);
  }

  pass(passage: Passage, road: Road): void {
    const { askedName } = passage.request;
    (this.find(askedName) ?? this.unknown(askedName)).pass(passage, road);
  }

  lookup(name: string): Hop {
    return this.find(name) ?? addressEnd(name, this.world);
  }

  knows(name: string): boolean {
    return this.zones.find(name) !== undefined || this.zones.findPrivate(name) !== undefined;
  }

  lacks(name: string): boolean {
    return !this.knows(name) && this.zones.zoneOver(nameKey(name)) !== undefined;
  }

  /** What the public zones answer, else what the private ones do. */
  private find(name: string): Hop | undefined {
    const entry = this.zones.find(name);
    if (entry) return this.answer(entry);
    const inside = this.zones.findPrivate(name);
    return inside && this.privately(inside);
  }

  /** A client asks for a name and gets what its policy chooses, so a record stands for all records of its name. */
  record(resource: Resource): Hop {
    const records = this.zones.recordsOf(resource);
    if (records.length === 0) {
      throw new HeadgateError(
        'HM2001',
        `${describeResource(resource)} has no record of type A, AAAA or CNAME where a request could enter.`,
      );
    }
    const names = [...new Set(records.map(({ key }) => key))];
    const hops = new Map(names.map((name) => [name, this.hopAt(name, records)]));
    if (names.length === 1) return hops.get(names[0]!)!;
    return {
      pass: (passage, road) => {
        const hop = hops.get(nameKey(passage.request.askedName));
        if (!hop) throw severalNames(resource, records);
        hop.pass(passage, road);
      },
    };
  }

  answer(entry: NameEntry): Hop {
    let hop = this.answers.get(entry);
    if (!hop) {
      const { key } = entry;
      const handedOn = this.zones.handedOn(key);
      const untyped = this.zones.untypedAt(key);
      hop = new NameHop(entry, this);
      if (untyped !== undefined) hop = besideUntyped(key, untyped, hop);
      if (handedOn !== undefined) hop = behindServers(handedOn, hop);
      this.answers.set(entry, hop);
    }
    return hop;
  }

  private privately(entry: NameEntry): Hop {
    let hop = this.privateAnswers.get(entry);
    if (!hop) {
      hop = new PrivateName(entry.key, this.answer(entry));
      this.privateAnswers.set(entry, hop);
    }
    return hop;
  }

  hopOf(set: RecordSet): Hop {
    return this.setHop(set);
  }

  healthOf(set: RecordSet): Health {
    const { compiling } = this.progress.walk;
    if (compiling.has(set) || compiling.size > MAX_NESTED) return UNCHECKED;
    return this.setHop(set).compiled().health;
  }

  private setHop(set: RecordSet): SetHop {
    let hop = this.hops.get(set);
    if (!hop) {
      hop = new SetHop(set, this.progress, () => compileSet(set, this));
      this.hops.set(set, hop);
    }
    return hop;
  }

  /** A name, with the sets that some records are in. */
  private hopAt(name: string, records: readonly DnsRecord[]): Hop {
    const here = records.filter(({ key }) => key === name);
    const sets = [...new Set(here.map((record) => this.zones.setOf(record)))];
    return sets.length === 1 ? this.hopOf(sets[0]!) : new NameHop({ key: name, sets }, this);
  }

  private unknown(name: string): Hop {
    const handedOut = this.zones.handedOut(nameKey(name));
    if (handedOut !== undefined) return outsideServers(handedOut, addressEnd(name, this.world));
    const { symbolic } = this.zones;
    const listed = symbolic.slice(0, 5).map((record) => `${record.label} (${record.name})`);
    const unnamed =
      symbolic.length === 0
        ? []
        : [
            `Names of records depend on what the templates don't tell: ${listed.join(', ')}${symbolic.length > 5 ? '…' : ''}. Give the parameters values, or enter at one of the records.`,
          ];
    const warning = [...(this.zones.untypedAt(nameKey(name)) ?? []), ...unnamed].join(' ') || undefined;
    return noAnswer(name, `no record of the templates answers for ${name}`, FACTS, warning);
  }
}

/** A name of which records are left out, as their types aren't known. */
function besideUntyped(name: string, warnings: readonly string[], onward: Hop): Hop {
  const because = 'a record of the name is left out, as its type is not known';
  return new Branch({ hop: 'dns-record', id: name, because, facts: FACTS, warning: warnings.join(' ') }, onward);
}

/** A name whose zone is handed on within the templates. */
function behindServers(name: string, onward: Hop): Hop {
  const because = `${name} has name servers of its own, so the records of the zone above aren't asked`;
  return new Branch({ hop: 'dns-record', id: name, because, facts: ['R53-20'] }, onward);
}

/** A name whose zone is handed on to somebody whom the templates don't tell. */
function outsideServers(name: string, onward: Hop): Hop {
  const because = `${name} has name servers of its own`;
  const warning = `The zone ${name} is handed on to name servers that aren't of zones of the templates; what they answer isn't known.`;
  return new Branch({ hop: 'dns-record', id: name, because, facts: ['R53-20'], warning }, onward);
}

function severalNames(resource: Resource, records: readonly DnsRecord[]): HeadgateError {
  const names = [...new Set(records.map(({ name }) => String(name)))].join(', ');
  const isKnown = records.some(({ name }) => typeof name === 'string');
  const advice = isKnown
    ? 'Ask for one of them in the URL'
    : 'Give the parameters in them values, and ask for one of them';
  return new HeadgateError('HM2006', `${describeResource(resource)} has several names: ${names}. ${advice}.`);
}

/** A name that only private zones have: the client is taken to be inside one of their VPCs; the edge and public checkers never are. */
class PrivateName implements Hop {
  private readonly inside: Step;
  private readonly outside: Hop;

  constructor(
    name: string,
    private readonly answer: Hop,
  ) {
    const because = `only a private zone has ${name}`;
    const warning = `${name} stands in a private zone only: clients outside of its VPCs get no answer.`;
    this.inside = { hop: 'dns-record', id: name, because, facts: FACTS, warning };
    this.outside = noAnswer(name, because, FACTS);
  }

  pass(passage: Passage, road: Road): void {
    if (passage.request.via === 'client') this.answer.pass(passage.note(this.inside), road);
    else this.outside.pass(passage, road);
  }
}
