import type { Resource } from '../template';
import type { Filter, Passage } from './passage';
import type { Quality } from './quality';
import type { HopKind } from './step';

/** What kind of end a road has. */
export type DestinationType =
  /** A target group takes the request; id: its logical id. */
  | 'target-group'
  /** An origin outside the templates takes it; id: the origin's Id in its distribution. */
  | 'origin'
  /** A DNS answer that ends the road; id: the address or name. */
  | 'address'
  /** A rule answers; id: the logical id of the rule or listener. */
  | 'fixed-response'
  /** A rule, behavior or function redirects; `location` says where to. */
  | 'redirect'
  /** A firewall or an access rule refuses; id: the logical id of what does. */
  | 'blocked'
  /** DNS gives nothing. */
  | 'no-answer'
  /** The road itself fails; status 464, 500, 502, 503, 504, or null if the client can't even connect. */
  | 'error';

/** Where a road ends. */
export interface Destination {
  readonly type: DestinationType;
  readonly id: string;
  /** The stack of the resource, where it is one. */
  readonly stack?: string;
}

/**
 * A destination that is a resource.
 *
 * @internal
 */
export function destinationAt(type: DestinationType, resource: Resource, id = resource.logicalId): Destination {
  return { type, id, stack: resource.stack.name };
}

/**
 * A page that took the place of an error. The error's place stays the destination, for it is what broke; the status is what the viewer
 * gets.
 */
export interface ErrorPage {
  /** The status that it takes the place of. */
  readonly insteadOf: number;
  readonly path: string;
  /** The id of what the page was fetched from. */
  readonly from: string;
  /** Whether it could be had; if not, the viewer gets the status of that failure. */
  readonly isServed: boolean;
}

/** One line of a trace. */
export interface TraceEntry {
  readonly hop: HopKind;
  readonly id: string;
  readonly stack?: string;
  readonly because: string;
  readonly facts: readonly string[];
}

/** One of the ends that a request can have, and with which share of all such requests. */
export class Outcome {
  private written: readonly TraceEntry[] | undefined;

  /** @internal */
  constructor(
    /**
     * The request as it arrived at its end, with its share and its road.
     *
     * @internal
     */
    readonly passage: Passage,
    readonly destination: Destination,
    /** The HTTP status if the road itself answers; null if a target or an origin does, or nobody. */
    readonly status: number | null = null,
    /** Where a redirect leads. */
    readonly location?: string,
    /** The page that was to take the place of an error. */
    readonly page?: ErrorPage,
  ) {}

  /** From 0 to 1; the shares of all outcomes of a request sum to 1. */
  get share(): number {
    return this.passage.share;
  }

  /** The least that the share can be. */
  get min(): number {
    return this.passage.min;
  }

  /** The most that the share can be. */
  get max(): number {
    return this.passage.max;
  }

  get quality(): Quality {
    return this.passage.quality;
  }

  /**
   * Its share of what the firewalls on its road let pass, and how well that is known.
   *
   * @internal
   */
  get passing(): Passage['passing'] {
    return this.passage.passing;
  }

  /**
   * The firewalls on its road of which isn't known what they block.
   *
   * @internal
   */
  get filters(): readonly Filter[] {
    return this.passage.filters;
  }

  /** Hop by hop, from the client on, with reasons and facts. Written when it is first read. */
  get trace(): readonly TraceEntry[] {
    this.written ??= stepsOf(this.passage).map(({ step, request }) => ({
      hop: step.hop,
      id: step.id,
      ...(step.stack === undefined ? {} : { stack: step.stack }),
      because: typeof step.because === 'string' ? step.because : step.because(request),
      facts: step.facts,
    }));
    return this.written;
  }

  /** What `JSON.stringify` takes: what anybody may read of an outcome, and not the road that it was made of. */
  toJSON(): object {
    const { share, min, max, quality, status, destination, location, page, trace } = this;
    return { share, min, max, quality, status, destination, location, page, trace };
  }

  /** What had to be assumed on this road. */
  get warnings(): readonly string[] {
    return stepsOf(this.passage).flatMap(({ step }) => (step.warning === undefined ? [] : [step.warning]));
  }

  /**
   * The rules, behaviors and records that this road reached.
   *
   * @internal
   */
  get covered(): readonly string[] {
    return stepsOf(this.passage).flatMap(({ step }) => (step.covers === undefined ? [] : [step.covers]));
  }
}

function stepsOf(end: Passage) {
  const steps = [];
  for (let at: Passage | undefined = end; at; at = at.before) {
    if (at.step) steps.push({ step: at.step, request: at.request });
  }
  return steps.reverse();
}
