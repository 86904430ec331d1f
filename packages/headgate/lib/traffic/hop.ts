import { HeadgateError } from '../errors';
import { type Destination, type ErrorPage, Outcome } from './outcome';
import type { Passage } from './passage';

/** Names that each lead to several others have more ends than a machine can hold. */
const MAX_ENDS = 10_000;

/** Where the ends of a request's road are gathered. */
export class Road {
  readonly outcomes: Outcome[] = [];

  /**
   * Ends a passage.
   *
   * @throws HeadgateError HM1004 if the road forks so often that nobody could read where it goes.
   */
  end(
    passage: Passage,
    destination: Destination,
    status: number | null = null,
    location?: string,
    page?: ErrorPage,
  ): void {
    if (this.outcomes.length >= MAX_ENDS) {
      throw new HeadgateError('HM1004', `The road of the request forks too often: it has more than ${MAX_ENDS} ends.`);
    }
    this.outcomes.push(new Outcome(passage, destination, status, location, page));
  }
}

/**
 * A part of the road, compiled for one set of faults: whatever doesn't depend on the request, such as health, is decided beforehand.
 */
export interface Hop {
  /** Sends a passage on: ends it, or hands all of it, in one or several parts, to the next hops. */
  pass(passage: Passage, road: Road): void;
}

/** The ends of a passage from a hop on, for a hop that acts on what comes back, as an origin group does. */
export function endsOf(hop: Hop, passage: Passage): readonly Outcome[] {
  const road = new Road();
  hop.pass(passage, road);
  return road.outcomes;
}
