import { resourceIn, type Text } from '../../template';
import type { Hop, Road } from '../hop';
import type { Destination } from '../outcome';
import type { Passage } from '../passage';
import type { Quality } from '../quality';
import { downRegionOf } from '../reach';
import type { Step } from '../step';
import type { World } from '../world';

/** Notes a step and goes on. */
export class Branch implements Hop {
  constructor(
    readonly step: Step,
    private readonly onward: Hop,
    private readonly quality: Quality = 'exact',
  ) {}

  pass(passage: Passage, road: Road): void {
    // What depends on what wasn't given can also be another way.
    const known = this.quality === 'bounded' ? passage.part(1, 'bounded', 0, 1) : passage.atBest(this.quality);
    this.onward.pass(known.note(this.step), road);
  }
}

/** One of several ways on, and which fraction of the requests takes it. */
export interface Part {
  readonly hop: Hop;
  readonly fraction: number;
}

/** Divides requests among several hops. */
export class Split implements Hop {
  constructor(
    private readonly parts: readonly Part[],
    /** Whether the fractions are a guess, so that each can be anything from 0 to 1. */
    private readonly isGuess = false,
  ) {}

  pass(passage: Passage, road: Road): void {
    for (const { hop, fraction } of this.parts) {
      const part = this.isGuess ? passage.part(fraction, 'bounded', 0, 1) : passage.part(fraction);
      hop.pass(part, road);
    }
  }
}

/** Divides requests evenly. */
export function evenly(hops: readonly Hop[]): Hop {
  return hops.length === 1 ? hops[0]! : new Split(fractions(hops));
}

/** Divides requests evenly, where any of them may go anywhere. */
export function guessed(hops: readonly Hop[]): Hop {
  return new Split(fractions(hops), true);
}

function fractions(hops: readonly Hop[]): readonly Part[] {
  return hops.map((hop) => ({ hop, fraction: 1 / hops.length }));
}

/** Ends the road at a fixed place. */
export class End implements Hop {
  constructor(private readonly destination: Destination) {}

  pass(passage: Passage, road: Road): void {
    road.end(passage, this.destination);
  }
}

/** The likely way, and others that some of the requests may take instead. */
export function likely(hop: Hop, others: readonly Hop[]): Hop {
  if (others.length === 0) return hop;
  return new Split([{ hop, fraction: 1 }, ...others.map((other) => ({ hop: other, fraction: 0 }))], true);
}

/** Ends the road at a name or address outside of the templates, where nobody answers if its Region is down. */
export function addressEnd(address: Text, world: World): Hop {
  const id = String(address);
  const resource = resourceIn(address);
  const at = { id, ...(resource === undefined ? {} : { stack: resource.stack.name }) };
  const region = downRegionOf(address, world);
  if (region === undefined) return new End({ type: 'address', ...at });
  const step: Step = { hop: 'dns-record', ...at, because: `it leads into ${region}, which is down`, facts: [] };
  return new Branch(step, new End({ type: 'error', ...at }));
}

/** That a name has no address of the version of IP that was asked for: a client goes on by the other one. */
export class NoAddress implements Destination {
  readonly type = 'no-answer';

  constructor(readonly id: string) {}
}

/** Ends the road because DNS has no answer. */
export function noAnswer(name: string, because: string, facts: readonly string[], warning?: string): Hop {
  const step: Step = { hop: 'dns-record', id: name, because, facts, ...(warning === undefined ? {} : { warning }) };
  return new Branch(step, new End({ type: 'no-answer', id: name }));
}
