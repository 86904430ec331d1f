import { type Quality, worse } from './quality';
import type { HttpRequest } from './request';
import type { Step } from './step';

/** How many of all requests a passage stands for, and how well that is known. Most steps leave it as it is, so passages share it. */
interface Weight {
  readonly share: number;
  readonly min: number;
  readonly max: number;
  readonly quality: Quality;
}

const WHOLE: Weight = { share: 1, min: 1, max: 1, quality: 'exact' };

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
    return this.weight.min;
  }

  get max(): number {
    return this.weight.max;
  }

  get quality(): Quality {
    return this.weight.quality;
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
    });
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
