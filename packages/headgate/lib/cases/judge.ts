import { HeadgateError } from '../errors';
import { percent } from '../percent';
import type { Answer, DestinationType, Outcome, Traffic } from '../traffic';
import type { Case, Expectation } from './case';
import { whyNever } from './known';

/** What came out of a case. */
export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  /** One sentence for each thing that didn't hold. */
  readonly failures: readonly string[];
  readonly answer: Answer;
}

/** The ends whose answers aren't in the templates. */
const TARGETS: readonly DestinationType[] = ['target-group', 'origin', 'address'];

const DEFAULT_TOLERANCE = 1e-6;

/** Hides the noise of floating-point sums, nothing else. */
const NOISE = 1e-9;

/** Below it, a difference of shares may come of how they are written, such as 0.3333. */
const NEAR = 0.01;

/**
 * Judges cases one after another. Cases with the same faults share a model.
 *
 * @param file where the cases stand, for messages
 * @throws HeadgateError that names the place in the file, for faults and requests that the templates can't have.
 */
export function* judgeCases(cases: readonly Case[], traffic: Traffic, file?: string): Generator<Verdict> {
  const situations = new Map<string, Traffic>();
  const before = file === undefined ? '' : `${file}: `;
  for (const [index, { name, given = [], request, expect }] of cases.entries()) {
    const key = JSON.stringify(given);
    const situation =
      situations.get(key) ?? at(`${before}cases[${index}].given of '${name}'`, () => traffic.given(...given));
    situations.set(key, situation);
    const answer = at(`${before}cases[${index}].request of '${name}'`, () => situation.request(request));
    const failures = failuresOf(expect, answer);
    yield { name, passed: failures.length === 0, failures, answer };
  }
}

/** Does something; its errors name the place in the case file. */
function at<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof HeadgateError ? new HeadgateError(error.code, `${place}: ${error.message}`) : error;
  }
}

/**
 * What doesn't hold of expectations. Each one sums the shares of the outcomes that match all of its fields. Where the expected shares
 * sum to 1, the picture is complete, and what matches none of them is a failure too.
 */
export function failuresOf(
  expectations: readonly Expectation[],
  answer: Pick<Answer, 'outcomes' | 'request' | 'templates'>,
): readonly string[] {
  const { outcomes } = answer;
  const failures: string[] = [];
  for (const expectation of expectations) {
    const share = shareOf(expectation, expectations);
    const tolerance = expectation.tolerance ?? DEFAULT_TOLERANCE;
    const got = shareThat(expectation, outcomes);
    const { destination, type } = expectation;
    const never = destination === undefined || got > 0 ? undefined : whyNever(destination, type, answer);
    if (never !== undefined) {
      failures.push(`expected ${describe(expectation, share)}, but ${never}`);
      continue;
    }
    const holds = share === undefined ? got > tolerance : Math.abs(got - share) <= tolerance + NOISE;
    if (holds) continue;
    const [expected, found] = apart(share, got);
    failures.push(
      `expected ${describe(expectation, share, expected)}, got ${found}${hintOf(expectation, outcomes, got)}`,
    );
  }
  const shares = expectations.map((expectation) => shareOf(expectation, expectations) ?? 0);
  if (Math.abs(shares.reduce((total, share) => total + share, 0) - 1) <= NOISE) {
    const other = sum(outcomes.filter((outcome) => !expectations.some((expectation) => matches(expectation, outcome))));
    const tolerance = Math.max(...expectations.map((expectation) => expectation.tolerance ?? DEFAULT_TOLERANCE));
    // Of one expectation it would say the same twice.
    if (other > tolerance + NOISE && expectations.length > 1) {
      failures.push(`expected nothing else, got ${percent(other)}`);
    }
  }
  return failures;
}

/** The share of the outcomes that match all fields of an expectation. */
export function shareThat(expectation: Expectation, outcomes: readonly Outcome[]): number {
  return sum(outcomes.filter((outcome) => matches(expectation, outcome)));
}

/** The share that is asked for; undefined for any above 0. */
function shareOf(expectation: Expectation, all: readonly Expectation[]): number | undefined {
  return expectation.share ?? (all.length === 1 ? 1 : undefined);
}

function matches(expectation: Expectation, { destination, status, location }: Outcome): boolean {
  const { id, stack, type } = destination;
  const named = expectation.destination;
  return (
    (named === undefined || named === id || (stack !== undefined && named === `${stack}/${id}`)) &&
    (expectation.type === undefined || expectation.type === type) &&
    (expectation.status === undefined || expectation.status === status) &&
    (expectation.location === undefined || expectation.location === location)
  );
}

/** What is often meant otherwise: a target's status, that of an error behind its page, and a part of a location match nothing. */
function hintOf({ status, ...others }: Expectation, outcomes: readonly Outcome[], got: number): string {
  const { share, tolerance = 0 } = others;
  if (share !== undefined && share > 0 && share < 1 && Math.abs(share - got) < NEAR && tolerance < NEAR) {
    return "; 'tolerance' says how far a share may be off";
  }
  if (status !== undefined) {
    const meant = outcomes.filter((outcome) => matches(others, outcome));
    const isTargets = meant.length > 0 && meant.every(({ destination }) => TARGETS.includes(destination.type));
    if (isTargets) return '; a status never matches what a target or an origin answers';
    const hidden = meant.find(({ page }) => page?.insteadOf === status);
    if (hidden)
      return `; the page ${hidden.page!.path} takes the place of ${status}, so the viewer gets ${hidden.status ?? 'another'}`;
  }
  const isPath = others.location?.startsWith('/') && !outcomes.some(({ location }) => location?.startsWith('/'));
  return isPath ? '; a location is a whole URL, such as https://shop.example.com:443/path' : '';
}

function describe(expectation: Expectation, share: number | undefined, written = ''): string {
  const { destination, type, status, location, tolerance } = expectation;
  const within = tolerance === undefined || share === undefined ? '' : ` ± ${percent(tolerance)}`;
  const parts = [
    type,
    destination === undefined ? undefined : `destination ${destination}`,
    status === undefined ? undefined : `status ${status}`,
    location === undefined ? undefined : `location ${location}`,
  ].filter((part) => part !== undefined);
  return `${share === undefined ? 'some' : `${percent(share)}${written}`}${within} with ${parts.join(', ')}`;
}

/** What is added to the expected share in percent, and the share that came: as numbers where percent would read the same. */
function apart(expected: number | undefined, got: number): readonly [string, string] {
  if (expected === undefined || percent(got) !== percent(expected)) return ['', percent(got)];
  return [` (a share of ${expected})`, `a share of ${got}`];
}

function sum(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((total, { share }) => total + share, 0);
}
