import type { Hop, Road } from '../hop';
import type { Destination } from '../outcome';
import type { Passage } from '../passage';
import type { Quality } from '../quality';
import type { Step } from '../step';

/** Notes a step and goes on. */
export class Branch implements Hop {
  constructor(
    readonly step: Step,
    private readonly onward: Hop,
    private readonly quality: Quality = 'exact',
  ) {}

  pass(passage: Passage, road: Road): void {
    this.onward.pass(passage.atBest(this.quality).note(this.step), road);
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

/** Ends the road at a name or address outside of the templates. */
export function addressEnd(id: string, stack?: string): Hop {
  return new End({ type: 'address', id, ...(stack === undefined ? {} : { stack }) });
}

/** Ends the road because DNS has no answer. */
export function noAnswer(name: string, because: string, facts: readonly string[], warning?: string): Hop {
  const step: Step = { hop: 'dns-record', id: name, because, facts, ...(warning === undefined ? {} : { warning }) };
  return new Branch(step, new End({ type: 'no-answer', id: name }));
}
