import ipaddr from 'ipaddr.js';
import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { noAnswer } from '../ends';
import { type Member, type Members, ruleOf } from '../members';
import type { Block } from '../policy';

const FACTS = ['R53-6'];

/** Healthy records of other clients don't help a client whose own records are all out. */
const UNHEALTHY = {
  quality: 'undocumented',
  warning: "What Route 53 answers when no record for the client's address is healthy isn't documented.",
} as const;

/** The record of the longest block that the client's address is in, else the default (R53-6). */
export function byAddress(members: Members): Hop {
  if (members.all.length === 1 && ruleOf(members.all[0]!, 'ip-based')?.isDefault) {
    return members.branch(members.all[0]!, { because: 'IP-based: the default record', facts: FACTS });
  }
  return new AddressBlocks(members);
}

interface BlockBranch {
  readonly block: Block;
  readonly hop: Hop;
}

class AddressBlocks implements Hop {
  /** Of usable records, the longest first, then of others: the first that holds an address decides. */
  private readonly blocks: readonly BlockBranch[];
  private readonly elsewhere: Hop;
  private readonly anywhere: Hop;

  constructor(members: Members) {
    const name = String(members.all[0]!.record.name);
    const unusable = members.all.filter((member) => !members.usable.includes(member));
    const fallback = members.all.find((member) => ruleOf(member, 'ip-based')?.isDefault);
    const isFallbackUsable = fallback !== undefined && members.usable.includes(fallback);
    const lastResort = isFallbackUsable ? [] : branchesOf(members, unusable, UNHEALTHY);
    this.blocks = [...branchesOf(members, members.usable), ...lastResort];
    this.elsewhere = fallback
      ? members.branch(fallback, {
          because: 'IP-based: the default record',
          facts: FACTS,
          ...(isFallbackUsable ? {} : UNHEALTHY),
        })
      : noAnswer(name, `IP-based: no block of ${name} holds the client's address, and there is no default`, FACTS);
    const because = `IP-based: one of ${members.usable.length} records, as the client's address isn't given`;
    this.anywhere = members.guess({ because, facts: FACTS, quality: 'bounded' });
  }

  /** Behind an edge it is the edge that asks DNS, from addresses that nobody says. */
  pass(passage: Passage, road: Road): void {
    const { client, via } = passage.request;
    const address = via === 'cloudfront' ? undefined : client.address;
    if (address === undefined || !ipaddr.isValid(address)) this.anywhere.pass(passage, road);
    else this.at(address).pass(passage, road);
  }

  private at(address: string): Hop {
    const parsed = ipaddr.process(address);
    for (const { block, hop } of this.blocks) {
      if (parsed.kind() === block[0].kind() && parsed.match(block[0] as ipaddr.IPv4, block[1])) return hop;
    }
    return this.elsewhere;
  }
}

function branchesOf(members: Members, candidates: readonly Member[], more?: typeof UNHEALTHY): BlockBranch[] {
  const branches = candidates.flatMap((member) =>
    (ruleOf(member, 'ip-based')?.blocks ?? []).map((block) => {
      const because = `IP-based: ${block[0]}/${block[1]} holds the client`;
      return { block, hop: members.branch(member, { because, facts: FACTS, ...more }) };
    }),
  );
  return branches.sort((one, other) => other.block[1] - one.block[1]);
}
