import { createColors } from 'picocolors';
import { type Expectation, failuresOf, shareThat } from '../cases';
import { drawAnswer } from '../cli/render/answer';
import type { Answer, DestinationType } from '../traffic';

/** What can be said of a share. */
export interface ShareOptions {
  /**
   * Which share of the requests, from 0 to 1.
   *
   * @default 1, or with `.not` any share above 0
   */
  readonly share?: number;
  /**
   * How far the share may be off.
   *
   * @default 0.000001
   */
  readonly tolerance?: number;
}

/** The matchers that `headgate/jest`, `headgate/jest-globals` and `headgate/vitest` add to `expect(answer)`. */
export interface TrafficMatchers<R = unknown> {
  /** The requests end at a destination, given by its id or `STACK/ID`. A failure prints the road that they took instead. */
  toReach(destination: string, options?: ShareOptions & { readonly type?: DestinationType }): R;
  /** The requests are redirected to a location, given in full. */
  toRedirectTo(location: string, options?: ShareOptions & { readonly status?: number }): R;
  /** The road itself answers with a status: a fixed response, a redirect, a refusal or an error. */
  toBeAnsweredWith(status: number, options?: ShareOptions): R;
}

/** What jest and vitest give a matcher as `this`. */
interface MatcherState {
  readonly isNot?: boolean;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The matchers as `expect.extend` takes them. */
export const trafficMatchers = {
  toReach(
    this: MatcherState,
    answer: Answer,
    destination: string,
    options: ShareOptions & { type?: DestinationType } = {},
  ) {
    return judge(this, answer, { destination, ...options });
  },

  toRedirectTo(this: MatcherState, answer: Answer, location: string, options: ShareOptions & { status?: number } = {}) {
    return judge(this, answer, { type: 'redirect', location, ...options });
  },

  toBeAnsweredWith(this: MatcherState, answer: Answer, status: number, options: ShareOptions = {}) {
    return judge(this, answer, { status, ...options });
  },
};

const STYLE = { width: 100, paint: createColors(false) };

function judge({ isNot = false }: MatcherState, answer: Answer, expectation: Expectation): MatcherResult {
  if (!Array.isArray(answer?.outcomes)) {
    throw new TypeError('expect() has to be given an answer of Traffic.request()');
  }
  const { outcomes, templates } = answer;
  // "Not all of it" is never what `.not` without a share means: it means none of it.
  const isAny = isNot && expectation.share === undefined;
  const failures = isAny ? [] : failuresOf([expectation], outcomes, templates);
  const pass = isAny ? shareThat(expectation, outcomes) > (expectation.tolerance ?? 0) : failures.length === 0;
  return {
    pass,
    message: () => {
      const what = pass ? 'this is what was not expected' : failures.join('; ');
      return `${what}\n\n${drawAnswer(answer, STYLE)}`;
    },
  };
}
