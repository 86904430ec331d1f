import type { Element } from './element';
import type { Outcome } from './outcome';

/** How many elements of one kind were reached. */
export interface KindCoverage {
  readonly reached: number;
  /** All that a request may reach. */
  readonly total: number;
  readonly unreached: readonly Element[];
  /** What provably no request reaches, which isn't counted: {@link Element.shadowedBy} says why. */
  readonly outOfReach: readonly Element[];
}

/** What requests reached of templates. */
export interface CoverageReport {
  /** Rules of listeners, default actions among them. */
  readonly rules: KindCoverage;
  /** Behaviors of distributions, default ones among them. */
  readonly behaviors: KindCoverage;
  /** Records of DNS. */
  readonly records: KindCoverage;
  /** Reached of all three together, from 0 to 100, rounded down to hundredths, so that 100 is all; 100 if there is nothing to reach. */
  readonly percent: number;
}

/** Counts which elements of templates requests reach. */
export class Coverage {
  private readonly reached = new Set<string>();

  /** @param elements what there is, from `elementsOf(templates)` */
  constructor(private readonly elements: readonly Element[]) {}

  /** Counts what an answer reached. A road that no request can take reaches nothing. */
  add(answer: { readonly outcomes: readonly Outcome[] }): void {
    for (const outcome of answer.outcomes) {
      if (outcome.max <= 0) continue;
      for (const key of outcome.covered) this.reached.add(key);
    }
  }

  report(): CoverageReport {
    const [rules, behaviors, records] = [this.of('rule'), this.of('behavior'), this.of('record')];
    const total = rules.total + behaviors.total + records.total;
    const reached = rules.reached + behaviors.reached + records.reached;
    const percent = total === 0 ? 100 : Math.floor((reached * 10_000) / total) / 100;
    return { rules, behaviors, records, percent };
  }

  private of(kind: Element['kind']): KindCoverage {
    const all = this.elements.filter((element) => element.kind === kind);
    const missed = all.filter(({ key }) => !this.reached.has(key));
    const unreached = missed.filter(({ shadowedBy }) => shadowedBy === undefined);
    const outOfReach = missed.filter(({ shadowedBy }) => shadowedBy !== undefined);
    const reached = all.length - missed.length;
    return { reached, total: reached + unreached.length, unreached, outOfReach };
  }
}
