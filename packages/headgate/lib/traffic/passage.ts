import { type Quality, worse } from './quality';
import type { HttpRequest } from './request';
import type { Step } from './step';

/** How many of all requests a passage stands for, and how well that is known. Most steps leave it as it is, so passages share it. */
interface Weight {
  readonly share: number;
  readonly min: number;
  readonly max: number;
  readonly quality: Quality;
  readonly filters: readonly Filter[];
}

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

const WHOLE: Weight = { share: 1, min: 1, max: 1, quality: 'exact', filters: [] };

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
    return this.filters.some(({ mayBlock }) => mayBlock) ? 0 : this.weight.min;
  }

  get max(): number {
    return this.weight.max;
  }

  get quality(): Quality {
    return this.filters.reduce<Quality>((worst, { quality }) => worse(worst, quality), this.weight.quality);
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
    return new Passage(undefined, undefined, request, WHOLE);
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
    const { weight } = this;
    return new Passage(this, undefined, this.request, {
      share: weight.share * fraction,
      min: weight.min * min,
      max: weight.max * max,
      quality: worse(weight.quality, quality),
      filters: weight.filters,
    });
  }

  /** The same, after a firewall let it pass of which that isn't certain. */
  through(filter: Filter): Passage {
    const { weight } = this;
    return new Passage(this, undefined, this.request, { ...weight, filters: [...weight.filters, filter] });
  }

  /** The same, known less well. */
  atBest(quality: Quality): Passage {
    const { weight } = this;
    if (quality === 'exact' || quality === weight.quality) return this;
    const worst = worse(weight.quality, quality);
    if (worst === weight.quality) return this;
    return new Passage(this, undefined, this.request, { ...weight, quality: worst });
  }
}
