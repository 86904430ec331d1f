import type { DestinationType, RequestOptions } from '../traffic';

/** A request, the situation that it is made in, and what has to come out. */
export interface Case {
  /** A sentence; no two cases of a file have the same. */
  readonly name: string;
  /**
   * What is broken, such as `region=us-east-1`.
   *
   * @default - nothing
   */
  readonly given?: readonly string[];
  /** What is asked for. */
  readonly request: RequestOptions;
  /** What has to come out; every one has to hold. */
  readonly expect: readonly Expectation[];
}

/** What has to come out: outcomes that match all that is given of the first four, with their share. At least one of the four is given. */
export interface Expectation {
  /** The id of a destination, or `STACK/ID`. */
  readonly destination?: string;
  /** The kind of destination. */
  readonly type?: DestinationType;
  /** The HTTP status, where the road itself answers. */
  readonly status?: number;
  /** Where a redirect leads, in full. */
  readonly location?: string;
  /**
   * Which share of the requests, from 0 to 1.
   *
   * @default - all of them if it is the only expectation, else any share above 0
   */
  readonly share?: number;
  /**
   * How far the share may be off, from 0 to 1.
   *
   * @default 0.000001
   */
  readonly tolerance?: number;
}
