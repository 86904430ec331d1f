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
  /** What about it isn't known: a clause that goes on after the rule's name, or before a list of such rules. */
  readonly text: string;
  /** How such a list names it; absent if the clause goes on after the rule's name. */
  readonly listedAs?: string;
  readonly facts: readonly string[];
  /** Where the request would end if the presumption is wrong; undefined if that can't be said. */
  readonly otherwise: End | undefined;
}

/** A list of doubts. The same doubts in the same order are the same object, so what follows from them is worked out once. */
export class Doubts {
  static empty(): Doubts {
    return new Doubts([]);
  }

  /** The last one that was made of this: requests mostly raise the same doubts. */
  private added: Doubt | undefined = undefined;
  private extended: Doubts = this;
  private readonly longer = new Map<Doubt, Doubts>();
  private readonly settled = new Map<End, unknown>();

  private constructor(readonly list: readonly Doubt[]) {}

  with(doubt: Doubt): Doubts {
    if (doubt !== this.added) {
      this.extended = this.find(doubt);
      this.added = doubt;
    }
    return this.extended;
  }

  private find(doubt: Doubt): Doubts {
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
  const places = new Map<string, Map<string, Doubt[]>>();
  for (const doubt of doubts) {
    const texts = places.get(doubt.where) ?? new Map<string, Doubt[]>();
    places.set(doubt.where, texts.set(doubt.text, [...(texts.get(doubt.text) ?? []), doubt]));
  }
  const clauses = (texts: Map<string, Doubt[]>) => [...texts.values()].map(clause).join('; ');
  return `${[...places].map(([where, texts]) => `${where}: ${clauses(texts)}`).join('; ')}.`;
}

/** Rules of which the same is to say are named together. */
function clause(alike: readonly Doubt[]): string {
  const { text, rule, listedAs } = alike[0]!;
  const names = (list: readonly (string | undefined)[]) => [...new Set(list)].join(', ');
  if (listedAs !== undefined) return `${text}: ${names(alike.map((doubt) => doubt.listedAs))}`;
  if (rule === undefined) return text;
  const rules = names(alike.map((doubt) => doubt.rule));
  return alike.length === 1 ? `rule ${rules} ${text}` : `each of the rules ${rules} ${text}`;
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
