import type { Quality } from '../quality';
import type { End } from './end';

/** Something that an inspection doesn't know and had to presume: made once while a web ACL is compiled. */
export interface Doubt {
  /** `exact` where the presumption only deserves a warning. */
  readonly quality: Quality;
  /** The web ACL or the rule group that it is about, for messages. */
  readonly where: string;
  /** The name of the rule; absent if the web ACL or the rule group itself is in doubt. */
  readonly rule?: string;
  /** What about it isn't known: a clause that goes on after the rule's name. */
  readonly text: string;
  readonly facts: readonly string[];
  /** Where the request would end if the presumption is wrong; undefined if that can't be said. */
  readonly otherwise: End | undefined;
}

/** A list of doubts. The same doubts in the same order are the same object, so what follows from them is worked out once. */
export class Doubts {
  static empty(): Doubts {
    return new Doubts([]);
  }

  private readonly longer = new Map<Doubt, Doubts>();
  private readonly settled = new Map<End, unknown>();

  private constructor(readonly list: readonly Doubt[]) {}

  with(doubt: Doubt): Doubts {
    let longer = this.longer.get(doubt);
    if (!longer) {
      longer = this.list.includes(doubt) ? this : new Doubts([...this.list, doubt]);
      this.longer.set(doubt, longer);
    }
    return longer;
  }

  /** What follows from these doubts at an end of the inspection. */
  at<T>(end: End, settle: (relevant: readonly Doubt[]) => T): T {
    let settled = this.settled.get(end) as T | undefined;
    if (settled === undefined) {
      settled = settle(this.list.filter((doubt) => end.presumed || !isSameEnd(doubt.otherwise, end)));
      this.settled.set(end, settled);
    }
    return settled;
  }
}

/** One warning about all of some doubts. */
export function warningOf(doubts: readonly Doubt[]): string {
  const places = new Map<string, Map<string, readonly string[]>>();
  for (const { where, rule, text } of doubts) {
    const texts = places.get(where) ?? new Map<string, readonly string[]>();
    places.set(where, texts.set(text, [...(texts.get(text) ?? []), ...(rule === undefined ? [] : [rule])]));
  }
  return [...places].map(([where, texts]) => `${where}: ${[...texts].map(clause).join('; ')}`).join('; ');
}

/** Rules of which the same is to say are named together. */
function clause([text, rules]: readonly [string, readonly string[]]): string {
  if (rules.length === 0) return text;
  return rules.length === 1 ? `rule ${rules[0]} ${text}` : `each of the rules ${rules.join(', ')} ${text}`;
}

/** A doubt doesn't matter where the request ends in the same way either way. */
function isSameEnd(otherwise: End | undefined, end: End): boolean {
  return (
    otherwise !== undefined &&
    otherwise.kind === end.kind &&
    otherwise.status === end.status &&
    otherwise.location === end.location &&
    otherwise.headers.length === 0 &&
    end.headers.length === 0
  );
}
