import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { distance, placeOfRegion } from '../../regions';
import { type Member, type Members, ruleOf } from '../members';

const FACTS = ['R53-6'];
const BY_DISTANCE =
  "Route 53 goes by latencies that it measures and doesn't publish; the Region that is nearest on the map is assumed.";

/** The Region with the lowest latency from the client (R53-6). */
export function byLatency(members: Members): Hop {
  const { usable } = members;
  if (usable.length === 1) {
    const only = usable[0]!;
    const left = members.all.length === 1 ? 'is the only Region' : 'is all that is left';
    return members.branch(only, { because: `latency: ${regionOf(only)} ${left}`, facts: FACTS });
  }
  return new Latency(members);
}

class Latency implements Hop {
  private readonly byRegion = new Map<string, Hop>();
  private readonly anywhere: Hop;
  private readonly regions: string;

  constructor(private readonly members: Members) {
    this.regions = members.usable.map(regionOf).join(', ');
    this.anywhere = this.guess("the client's Region isn't given");
    for (const member of members.usable) {
      const because = `latency: ${regionOf(member)} is where the client is`;
      this.byRegion.set(regionOf(member), members.branch(member, { because, facts: FACTS }));
    }
  }

  pass(passage: Passage, road: Road): void {
    const { region } = passage.request.client;
    const hop = region === undefined ? this.anywhere : (this.byRegion.get(region) ?? this.compile(region));
    hop.pass(passage, road);
  }

  /** Kept for the Regions that are known: there are few, whatever is asked. */
  private compile(region: string): Hop {
    const from = placeOfRegion(region);
    if (!from) return this.guess(`where the client's Region '${region}' is isn't known`);
    const [nearest] = this.members.usable
      .map((member) => ({ member, to: placeOfRegion(regionOf(member)) }))
      .map(({ member, to }) => ({ member, kilometres: to ? distance(from, to) : Number.POSITIVE_INFINITY }))
      .sort((one, other) => one.kilometres - other.kilometres);
    const hop = this.members.branch(nearest!.member, {
      because: `latency: nearest of ${this.regions} to ${region}`,
      facts: FACTS,
      quality: 'undocumented',
      warning: BY_DISTANCE,
    });
    this.byRegion.set(region, hop);
    return hop;
  }

  private guess(why: string): Hop {
    return this.members.guess({ because: `latency: one of ${this.regions}, as ${why}`, facts: FACTS });
  }
}

function regionOf(member: Member): string {
  return ruleOf(member, 'latency')?.region ?? member.record.label;
}
