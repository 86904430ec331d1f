import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { distance, type Place, placeOfRegion } from '../../regions';
import { type Member, type Members, ruleOf } from '../members';

const FACTS = ['R53-6'];
const AT_ITS_REGION =
  'The client is taken to be where its Region is; Route 53 goes by where it thinks that the client is.';

/** The record that is nearest to the client, with distances that its bias makes shorter or longer (R53-6). */
export function byProximity(members: Members): Hop {
  const { usable } = members;
  if (usable.length === 1) {
    return members.branch(usable[0]!, { because: 'geoproximity: the only place', facts: FACTS });
  }
  return new Proximity(members);
}

class Proximity implements Hop {
  private readonly byRegion = new Map<string, Hop>();
  private readonly anywhere: Hop;

  constructor(private readonly members: Members) {
    const because = `geoproximity: one of ${members.usable.length} places, as where the client is isn't known`;
    this.anywhere = members.guess({ because, facts: FACTS });
  }

  pass(passage: Passage, road: Road): void {
    const { region } = passage.request.client;
    const hop = region === undefined ? this.anywhere : (this.byRegion.get(region) ?? this.compile(region));
    hop.pass(passage, road);
  }

  private compile(region: string): Hop {
    const from = placeOfRegion(region);
    if (!from) return this.anywhere;
    const { usable } = this.members;
    const [nearest] = usable
      .map((member) => ({ member, ...biased(member, from) }))
      .sort((one, other) => one.kilometres - other.kilometres);
    const isPlain = usable.every((member) => ruleOf(member, 'geoproximity')?.bias === 0);
    const isAtHome = ruleOf(nearest!.member, 'geoproximity')?.region === region;
    const bias = nearest!.bias === 0 ? '' : ` with its bias of ${nearest!.bias}`;
    const hop = this.members.branch(nearest!.member, {
      because: `geoproximity: ${nearest!.member.record.label} is nearest to ${region}${bias}`,
      facts: FACTS,
      ...(isPlain && isAtHome ? {} : { quality: 'undocumented', warning: AT_ITS_REGION }),
    });
    this.byRegion.set(region, hop);
    return hop;
  }
}

function biased(member: Member, from: Place): { readonly kilometres: number; readonly bias: number } {
  const rule = ruleOf(member, 'geoproximity');
  if (!rule) return { kilometres: Number.POSITIVE_INFINITY, bias: 0 };
  return { kilometres: biasedDistance(distance(from, rule.place), rule.bias), bias: rule.bias };
}

/** A distance as a bias makes it: 50 halves it. */
export function biasedDistance(kilometres: number, bias: number): number {
  return kilometres * (1 - bias / 100);
}
