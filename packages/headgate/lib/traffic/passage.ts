import { type Quality, worse } from './quality';
import type { HttpRequest } from './request';
import type { Step } from './step';

/**
 * A request on its way: which share of all such requests it stands for, and how it came here. Passages are a linked list: each holds
 * the one before, so that noting a step costs one small object and a trace is written only when somebody reads it.
 */
export class Passage {
  private constructor(
    readonly before: Passage | undefined,
    readonly step: Step | undefined,
    readonly request: HttpRequest,
    readonly share: number,
    readonly min: number,
    readonly max: number,
    readonly quality: Quality,
  ) {}

  /** A request that sets out. */
  static start(request: HttpRequest): Passage {
    return new Passage(undefined, undefined, request, 1, 1, 1, 'exact');
  }

  /** The same, after something happened to it. */
  note(step: Step): Passage {
    return new Passage(this, step, this.request, this.share, this.min, this.max, this.quality);
  }

  /** The same, with another request: rewritten, or sent on by a proxy. */
  as(request: HttpRequest): Passage {
    return new Passage(this, undefined, request, this.share, this.min, this.max, this.quality);
  }

  /** A part of it, as a fraction of this passage; with the least and most that the fraction can be. */
  part(fraction: number, quality: Quality = 'exact', min = fraction, max = fraction): Passage {
    return new Passage(
      this,
      undefined,
      this.request,
      this.share * fraction,
      this.min * min,
      this.max * max,
      worse(this.quality, quality),
    );
  }

  /** The same, known less well. */
  atBest(quality: Quality): Passage {
    const worst = worse(this.quality, quality);
    if (worst === this.quality) return this;
    return new Passage(this, undefined, this.request, this.share, this.min, this.max, worst);
  }
}
