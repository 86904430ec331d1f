import { type Resource, resourceKey } from '../../template';
import { Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { type Failure, type Step, stepAt } from '../step';

/** How roads end at an origin, whatever the request is. */
export class OriginEnds {
  readonly origin: Destination;
  private readonly error: Destination;
  private readonly nameless: Step;
  private readonly unreachable: Step;
  private readonly withoutTls: Step;
  private readonly notListening: Step;

  constructor(id: string, distribution: Resource) {
    this.origin = destinationAt('origin', distribution, id);
    this.error = destinationAt('error', distribution, id);
    const step = (because: string, more: { readonly warning?: string } = {}) =>
      stepAt('origin', distribution, because, ['CF-3'], { id, ...more });
    this.nameless = step("its name isn't in DNS, so the edge answers 502");
    this.unreachable = step("it can't be connected to, so the edge answers 504");
    this.withoutTls = step('no TLS comes about with it, so the edge answers 502');
    this.notListening = step("it doesn't listen on that port, so the edge answers 502", {
      warning: `${resourceKey(distribution)}: what CloudFront answers for origin ${id}, which doesn't listen on its port, is documented in two ways, 502 and 504; it counts as 502.`,
    });
  }

  /** The edge's own answer in place of an origin whose name DNS has no answer for. */
  endNameless(passage: Passage, road: Road): void {
    road.end(passage.note(this.nameless), this.error, 502);
  }

  /** The edge's own answer in place of an origin that can't be connected to, and why. */
  endUnreachable(passage: Passage, road: Road, failure: Failure | undefined): void {
    if (failure === 'tls') road.end(passage.note(this.withoutTls), this.error, 502);
    else if (failure === 'port') road.end(passage.note(this.notListening).atBest('undocumented'), this.error, 502);
    else road.end(passage.note(this.unreachable), this.error, 504);
  }

  /** The same, left for an origin group to act on. */
  leaveUnreachable(passage: Passage, road: Road): void {
    road.end(passage, this.error);
  }
}

/** What becomes of the ends behind an origin: those that mean something else to the edge than to a client. */
export class OriginRoad extends Road {
  constructor(
    private readonly outer: Road,
    private readonly ends: OriginEnds,
    /** Whether the edge answers in place of an origin that can't be connected to. */
    private readonly answersUnreachable: boolean,
  ) {
    super();
  }

  override end(passage: Passage, destination: Destination, status: number | null = null, location?: string): void {
    if (destination.type === 'address') this.outer.end(passage, this.ends.origin);
    else if (destination.type === 'no-answer') this.ends.endNameless(passage, this.outer);
    else if (destination.type !== 'error' || status !== null) this.outer.end(passage, destination, status, location);
    else if (this.answersUnreachable) this.ends.endUnreachable(passage, this.outer, passage.step?.failure);
    else this.ends.leaveUnreachable(passage, this.outer);
  }
}
