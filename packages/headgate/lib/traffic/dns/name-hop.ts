import { resourceIn } from '../../template';
import type { Hop, Road } from '../hop';
import { type IpVersion, versionsOf } from '../ip-versions';
import type { Passage } from '../passage';
import { RECORD_SET } from '../resource-types';
import type { Step } from '../step';
import { noAnswer } from './ends';
import type { DnsRecord } from './record';
import { canChange, changed, OtherVersion, preferredVersion } from './versions';
import { type NameEntry, type RecordSet, setOfType } from './zones';

const FACTS = ['R53-18'];

/** What record sets lead to. */
export interface SetHops {
  hopOf(set: RecordSet): Hop;
}

/** What a name gives who asks for a version of IP. */
interface Way {
  readonly version: IpVersion;
  /** Undefined if it has no record of that type. */
  readonly hop: Hop | undefined;
  /** Whether it may have no address in the end, where the other version has records of its own. */
  readonly mayLack: boolean;
  readonly nothing: Hop;
  readonly nothingForEdge: Hop;
  /** That it is used because the other version has no record. */
  readonly alone: Step;
  /** That it is used because the other version has no address. */
  readonly instead: Step;
}

/**
 * A name: A records, unless who asks uses IPv6; by the other version of IP where there is no address of the one, from an address that then
 * isn't known (R53-22). Checkers know IPv4 alone (R53-7), edges what their origin says (CF-23).
 */
export class NameHop implements Hop {
  private readonly ways: Readonly<Record<IpVersion, Way>>;
  private readonly edgeChooses: Step;

  constructor({ key, sets }: NameEntry, hops: SetHops) {
    const setOf = (type: RecordSet['type']) => setOfType({ key, sets }, type);
    const alias = setOf('CNAME');
    const v4 = setOf('A') ?? (sets.some(({ type }) => type === 'AAAA') ? undefined : alias);
    const v6 = setOf('AAAA') ?? (v4 === alias ? alias : undefined);
    const way = (version: IpVersion, set: RecordSet | undefined, other: RecordSet | undefined): Way => {
      const [type, otherType] = version === 4 ? ['A', 'AAAA'] : ['AAAA', 'A'];
      const none = `${key} has no ${type} record`;
      const step = (because: string): Step => {
        return { hop: 'dns-record', id: key, because, facts: [...FACTS, 'R53-22'] };
      };
      return {
        version,
        hop: set && hops.hopOf(set),
        mayLack: set !== undefined && other !== undefined && set !== other && set.records.some(mayLackAddress),
        nothing: noAnswer(key, none, [...FACTS, 'R53-7']),
        nothingForEdge: noAnswer(key, none, [...FACTS, 'CF-23']),
        alone: step(`${key} has no ${otherType} record, so IPv${version} is used`),
        instead: step(`IPv${version} is used instead`),
      };
    };
    this.ways = { 4: way(4, v4, v6), 6: way(6, v6, v4) };
    const warning = `CloudFront itself chooses between the A and the AAAA records of ${key}; its A records are assumed.`;
    const because = `${key} has A and AAAA records`;
    this.edgeChooses = { hop: 'dns-record', id: key, because, facts: ['CF-23'], warning };
  }

  pass(passage: Passage, road: Road): void {
    const preferred = preferredVersion(passage.request);
    const first = this.ways[preferred ?? 4];
    const second = this.ways[first.version === 4 ? 6 : 4];
    if (preferred === undefined && first.hop && second.hop && first.hop !== second.hop) {
      pass(passage.atBest('undocumented').note(this.edgeChooses), road, first, second);
    } else {
      pass(passage, road, first, second);
    }
  }
}

/** Sends a passage the first way, and where that has no address the second, if who asks can use either. */
function pass(passage: Passage, road: Road, first: Way, second: Way): void {
  const { request } = passage;
  if (first.hop === undefined) {
    if (second.hop !== undefined && canChange(request)) {
      second.hop.pass(changed(passage, second.version, second.alone), road);
    } else {
      (request.via === 'cloudfront' ? first.nothingForEdge : first.nothing).pass(passage, road);
    }
  } else if (first.mayLack && canChange(request)) {
    const other = (from: Passage) => second.hop!.pass(changed(from, second.version, second.instead), road);
    first.hop.pass(passage, new OtherVersion(road, other));
  } else {
    first.hop.pass(passage, road);
  }
}

/** Whether an alias may lead to what has no address of its type: a resource that has none, or whatever is behind another name. */
function mayLackAddress({ alias, type }: DnsRecord): boolean {
  if (alias === undefined) return false;
  const { v4, v6 } = versionsOf(alias.target);
  return typeof alias.target === 'string' || resourceIn(alias.target)?.type === RECORD_SET || !(type === 'A' ? v4 : v6);
}
