import type { Expectation } from '../cases/case';
import { failuresOf, shareThat } from '../cases/judge';
import { whyNever } from '../cases/known';
import { percent } from '../percent';
import { printRoad } from '../render/plain';
import type { Answer, DestinationType } from '../traffic';
import { readOptions, readStatus, readText, shown } from './arguments';

/** What can be said of a share. */
export interface ShareOptions {
  /**
   * Which share of the requests, from 0 to 1.
   *
   * @default - 1; with `.not` any share above 0
   */
  readonly share?: number;
  /**
   * How far the share may be off, from 0 to 1.
   *
   * @default 0.000001
   */
  readonly tolerance?: number;
}

/** The matchers that `headgate/jest`, `headgate/jest-globals` and `headgate/vitest` add to `expect(answer)`. */
export interface TrafficMatchers<R = unknown> {
  /**
   * The requests end at a destination, given by its id or `STACK/ID`. A failure prints the road that they took instead. With `.not`, and
   * without a share, none of them does; an id where no request can ever end fails then too: it is misspelt, or that of a bucket, say.
   */
  toReach(destination: string, options?: ShareOptions & { readonly type?: DestinationType }): R;
  /** The requests are redirected to a location, given in full; with `status`, by that status. */
  toRedirectTo(location: string, options?: ShareOptions & { readonly status?: number }): R;
  /** The road itself answers with a status: a fixed response, a redirect, a refusal or an error. What a target answers never counts. */
  toBeAnsweredWith(status: number, options?: ShareOptions): R;
}

/** What test runners give a matcher as `this`. */
interface MatcherState {
  readonly isNot?: boolean;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The matchers as `expect.extend` takes them, for test runners that have no entry of their own here. */
export const trafficMatchers = {
  toReach(
    this: MatcherState,
    answer: Answer,
    destination: string,
    options?: ShareOptions & { readonly type?: DestinationType },
  ): MatcherResult {
    const where = readText('toReach', 'an id or STACK/ID', destination);
    return judge('toReach', this, answer, { destination: where, ...readOptions('toReach', options, ['type']) });
  },

  toRedirectTo(
    this: MatcherState,
    answer: Answer,
    location: string,
    options?: ShareOptions & { readonly status?: number },
  ): MatcherResult {
    const where = readText('toRedirectTo', 'a location', location);
    const given = readOptions('toRedirectTo', options, ['status']);
    return judge('toRedirectTo', this, answer, { type: 'redirect', location: where, ...given });
  },

  toBeAnsweredWith(this: MatcherState, answer: Answer, status: number, options?: ShareOptions): MatcherResult {
    const code = readStatus('toBeAnsweredWith', status);
    return judge('toBeAnsweredWith', this, answer, { status: code, ...readOptions('toBeAnsweredWith', options, []) });
  },
};

function judge(
  matcher: keyof TrafficMatchers,
  { isNot = false }: MatcherState,
  answer: Answer,
  expectation: Expectation,
): MatcherResult {
  if (!Array.isArray(answer?.outcomes)) {
    throw new TypeError(`expect(…).${matcher}() takes what Traffic.request() gave, got ${shown(answer)}`);
  }
  const { outcomes } = answer;
  const { destination, type, share, tolerance = 0 } = expectation;
  const result = (pass: boolean, what: string): MatcherResult => ({
    pass,
    message: () => `${callOf(matcher, isNot, expectation)}\n\n${what}\n\n${printRoad(answer)}`,
  });
  const got = shareThat(expectation, outcomes);
  // A misspelt id would make "nothing goes there" hold forever.
  const never = isNot && got === 0 && destination !== undefined ? whyNever(destination, type, answer) : undefined;
  if (never !== undefined) return result(true, never);
  // "Not all of it" is never what `.not` without a share means: it means none of it.
  if (isNot && share === undefined) return result(got > tolerance, `expected none, got ${percent(got)}`);
  const failures = failuresOf([expectation], answer);
  return failures.length === 0 ? result(true, `got ${percent(got)}`) : result(false, failures.join('\n'));
}

/** The assertion as the test has it. */
function callOf(matcher: string, isNot: boolean, expectation: Expectation): string {
  const { destination, location, status, share, tolerance, type } = expectation;
  const subject = destination ?? location ?? status;
  const options = [
    ['type', type === 'redirect' && matcher === 'toRedirectTo' ? undefined : type],
    ['status', status === subject ? undefined : status],
    ['share', share],
    ['tolerance', tolerance],
  ].filter(([, value]) => value !== undefined);
  const written = options.map(([name, value]) => `${name}: ${quoted(value)}`).join(', ');
  return `expect(answer)${isNot ? '.not' : ''}.${matcher}(${quoted(subject)}${written === '' ? '' : `, { ${written} }`})`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
