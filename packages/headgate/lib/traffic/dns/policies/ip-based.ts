import ipaddr from 'ipaddr.js';
import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { noAnswer } from '../ends';
import { type Members, oneOf, type Reason, ruleOf } from '../members';
import type { Block } from '../policy';

const FACTS = ['R53-6'];

/** What Route 53 does is documented neither for shorter blocks nor for the default. */
const PASSED_OVER = {
  quality: 'undocumented',
  warning:
    "What Route 53 answers when the record of the longest block with the client's address is unhealthy isn't documented; the next block, or the default, is assumed.",
} as const;

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
  readonly isUsable: boolean;
  readonly hop: Hop;
  /** Where a longer block holds the address too, whose record is out. */
  readonly afterOthers: Hop;
}

class AddressBlocks implements Hop {
  /** The longest first: the first that holds an address decides, if its record can be chosen. */
  private readonly blocks: readonly BlockBranch[];
  private readonly elsewhere: Hop;
  /** What is left for an address whose blocks are all of records that are out; undefined if nothing is. */
  private readonly afterOthers: Hop | undefined;
  private readonly anywhere: Hop;

  constructor(members: Members) {
    const name = String(members.all[0]!.record.name);
    const fallback = members.all.find((member) => ruleOf(member, 'ip-based')?.isDefault);
    const isFallbackUsable = fallback !== undefined && members.usable.includes(fallback);
    this.blocks = branchesOf(members);
    const byDefault = (more: Partial<Reason>) =>
      members.branch(fallback!, { because: 'IP-based: the default record', facts: FACTS, ...more });
    if (isFallbackUsable) this.afterOthers = byDefault(PASSED_OVER);
    this.elsewhere = fallback
      ? byDefault(isFallbackUsable ? {} : UNHEALTHY)
      : noAnswer(name, `IP-based: no block of ${name} holds the client's address, and there is no default`, FACTS);
    const because = `IP-based: ${oneOf(members)}, as the client's address isn't given`;
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
    let longest: BlockBranch | undefined;
    for (const branch of this.blocks) {
      const [base, bits] = branch.block;
      if (parsed.kind() !== base.kind() || !parsed.match(base as ipaddr.IPv4, bits)) continue;
      if (branch.isUsable) return longest === undefined ? branch.hop : branch.afterOthers;
      longest ??= branch;
    }
    return longest === undefined ? this.elsewhere : (this.afterOthers ?? longest.hop);
  }
}

function branchesOf(members: Members): readonly BlockBranch[] {
  const branches = members.all.flatMap((member) =>
    (ruleOf(member, 'ip-based')?.blocks ?? []).map((block): BlockBranch => {
      const isUsable = members.usable.includes(member);
      const branch = (more: Partial<Reason>) =>
        members.branch(member, {
          because: `IP-based: ${block[0]}/${block[1]} holds the client`,
          facts: FACTS,
          ...more,
        });
      return { block, isUsable, hop: branch(isUsable ? {} : UNHEALTHY), afterOthers: branch(PASSED_OVER) };
    }),
  );
  return branches.sort((one, other) => other.block[1] - one.block[1]);
}
