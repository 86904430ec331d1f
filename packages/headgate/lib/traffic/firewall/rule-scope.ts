import { type Resource, resourceKey } from '../../template';
import type { Regexes } from '../matching/regex';
import type { Quality } from '../quality';
import type { Doubt } from './doubts';
import type { End } from './end';
import type { LabelBook } from './labels';
import { PRESUMED_NO, type Predicate } from './verdict';

/** The rule that a statement stands in: names it in warnings and gathers the facts that it rests on. */
export class RuleScope {
  private readonly cited = new Set<string>();

  constructor(
    /** The web ACL or the rule group. */
    readonly owner: Resource,
    readonly rule: string,
    readonly labels: LabelBook,
    /** Where a request ends if the rule matches; undefined if it goes on. */
    private readonly end: End | undefined,
    readonly regexes: Regexes,
  ) {}

  get facts(): readonly string[] {
    return [...this.cited];
  }

  cite(...facts: readonly string[]): void {
    for (const fact of facts) this.cited.add(fact);
  }

  /** Something unknown in this rule; `text` goes on after the rule's name, or before a list of rules if it is to be listed. */
  doubt(quality: Quality, text: string, facts: readonly string[] = [], listedAs?: string): Doubt {
    return {
      quality,
      where: resourceKey(this.owner),
      rule: this.rule,
      text,
      facts,
      otherwise: this.end,
      ...(listedAs === undefined ? {} : { listedAs }),
    };
  }

  /** Something unknown in a statement. It is told of that statement alone: inside a negation, the rule comes to the opposite. */
  statementDoubt(quality: Quality, text: string, facts: readonly string[] = []): Doubt {
    return this.doubt(quality, `has a statement that ${text}`, facts);
  }

  /** A statement of which isn't known whether it matches: it counts as not matching. */
  unsure(quality: Quality, text: string, facts: readonly string[] = []): Predicate {
    const doubt = this.statementDoubt(quality, text, facts);
    return (inspection) => {
      inspection.doubt(doubt);
      return PRESUMED_NO;
    };
  }
}
