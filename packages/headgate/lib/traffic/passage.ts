import { type Quality, worse } from './quality';
import type { HttpRequest } from './request';
import type { Step } from './step';

/**
 * A firewall on the road of which isn't known what it blocks; the request counts as one that it lets pass. Apart from the weight, as
 * the shares of what passes are known as well as ever.
 */
export interface Filter {
  /** The logical id of the web ACL, or what names it. */
  readonly id: string;
  /** How well it is known that the request passes. */
  readonly quality: Quality;
  /** Whether it may, for all that was given, block every such request. */
  readonly mayBlock: boolean;
}

/** How many of all requests a passage stands for, and how well that is known. Most steps leave it as it is, so passages share it. */
class Weight {
  /** What came of it at the last firewall: nearly always, the next request comes with the same weight to the same firewall. */
  private filtered: { readonly by: Filter; readonly to: Weight } | undefined;

  constructor(
    /** Of what the firewalls on the road let pass. */
    readonly share: number,
    readonly min: number,
    readonly max: number,
    readonly quality: Quality,
    readonly filters: readonly Filter[],
    /** With what these firewalls may block counted in. */
    readonly minInAll: number,
    readonly qualityInAll: Quality,
  ) {}

  static readonly WHOLE = new Weight(1, 1, 1, 'exact', [], 1, 'exact');

  part(fraction: number, quality: Quality, min: number, max: number): Weight {
    return new Weight(
      this.share * fraction,
      this.min * min,
      this.max * max,
      worse(this.quality, quality),
      this.filters,
      this.minInAll * min,
      worse(this.qualityInAll, quality),
    );
  }

  through(filter: Filter): Weight {
    if (this.filtered?.by !== filter) this.filtered = { by: filter, to: this.behind(filter) };
    return this.filtered.to;
  }

  private behind(filter: Filter): Weight {
    const { share, min, max, quality, filters, minInAll, qualityInAll } = this;
    const least = filter.mayBlock ? 0 : minInAll;
    return new Weight(share, min, max, quality, [...filters, filter], least, worse(qualityInAll, filter.quality));
  }

  atBest(quality: Quality): Weight {
    const worst = worse(this.quality, quality);
    if (worst === this.quality) return this;
    const { share, min, max, filters, minInAll, qualityInAll } = this;
    return new Weight(share, min, max, worst, filters, minInAll, worse(qualityInAll, quality));
  }
}

/**
 * A request on its way: which share of all such requests it stands for, and how it came here. Passages are a linked list: each holds
 * the one before, so that noting a step costs one small object and a trace is written only when somebody reads it.
 */
export class Passage {
  private constructor(
    readonly before: Passage | undefined,
    readonly step: Step | undefined,
    readonly request: HttpRequest,
    private readonly weight: Weight,
  ) {}

  get share(): number {
    return this.weight.share;
  }

  get min(): number {
    return this.weight.minInAll;
  }

  get max(): number {
    return this.weight.max;
  }

  get quality(): Quality {
    return this.weight.qualityInAll;
  }

  /** Whether nothing has happened to it yet. */
  get isAtStart(): boolean {
    return this.before === undefined;
  }

  /** The firewalls behind it of which isn't known what they block. */
  get filters(): readonly Filter[] {
    return this.weight.filters;
  }

  /** Its share of what these firewalls let pass. */
  get passing(): Pick<Weight, 'share' | 'min' | 'max' | 'quality'> {
    return this.weight;
  }

  /** A request that sets out. */
  static start(request: HttpRequest): Passage {
    return new Passage(undefined, undefined, request, Weight.WHOLE);
  }

  /** The same, after something happened to it. */
  note(step: Step): Passage {
    return new Passage(this, step, this.request, this.weight);
  }

  /** The same, with another request: rewritten, or sent on by a proxy. */
  as(request: HttpRequest): Passage {
    return new Passage(this, undefined, request, this.weight);
  }

  /** A part of it, as a fraction of this passage; with the least and most that the fraction can be. */
  part(fraction: number, quality: Quality = 'exact', min = fraction, max = fraction): Passage {
    return this.weighing(this.weight.part(fraction, quality, min, max));
  }

  /** The same, after a firewall let it pass of which that isn't certain. */
  through(filter: Filter): Passage {
    return this.weighing(this.weight.through(filter));
  }

  /** The same, known less well. */
  atBest(quality: Quality): Passage {
    const known = this.weight.atBest(quality);
    return known === this.weight ? this : this.weighing(known);
  }

  private weighing(weight: Weight): Passage {
    return new Passage(this, undefined, this.request, weight);
  }
}
