import type { Element } from './element';
import type { Outcome } from './outcome';

/** How many elements of one kind were reached. */
export interface KindCoverage {
  readonly reached: number;
  readonly total: number;
  readonly unreached: readonly Element[];
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

  /** @param elements what can be reached, from `elementsOf(templates)` */
  constructor(private readonly elements: readonly Element[]) {}

  /** Counts what an answer reached. A road that no request can take reaches nothing. */
  add(answer: { readonly outcomes: readonly Outcome[] }): void {
    for (const outcome of answer.outcomes) {
      if (outcome.max <= 0) continue;
      for (const key of outcome.covered) this.reached.add(key);
    }
  }

  report(): CoverageReport {
    const total = this.elements.length;
    const reached = this.elements.filter(({ key }) => this.reached.has(key)).length;
    return {
      rules: this.of('rule'),
      behaviors: this.of('behavior'),
      records: this.of('record'),
      percent: total === 0 ? 100 : Math.floor((reached * 10_000) / total) / 100,
    };
  }

  private of(kind: Element['kind']): KindCoverage {
    const all = this.elements.filter((element) => element.kind === kind);
    const unreached = all.filter(({ key }) => !this.reached.has(key));
    return { reached: all.length - unreached.length, total: all.length, unreached };
  }
}
