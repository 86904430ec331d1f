import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib';
import type { ErrorCode } from '../../core/errors';
import { overlap, type RawCondition, readCondition } from './overlap';

/** The priorities that belong to one owner of routes on a listener: whole numbers, both included. */
export interface Band {
  readonly first: number;
  readonly last: number;
}

/** How specific a route is. */
export interface Level {
  /** Literal segments of the path, 0 to 4; 4 stands for more too. */
  readonly segments: number;
  /** Conditions on something else than the path, 0 to 2; 2 stands for more too. */
  readonly others: number;
}

/** Why a route's level can't be computed. */
export interface Uncomputable {
  readonly reason: string;
}

/** A route as it asks for its place. */
export interface Route {
  readonly id: string;
  readonly conditions: RawCondition[];
  /** The priority that its user gave. */
  readonly priority?: number;
}

/** A route that has its place. */
export interface PlacedRoute {
  readonly id: string;
  readonly conditions: RawCondition[];
  readonly priority: number;
  /** Whether its user gave the priority, and with it said what comes first. */
  readonly explicit: boolean;
}

/** Why a route gets no priority. */
export interface PriorityProblem {
  readonly code: ErrorCode;
  readonly message: string;
  /** A free priority in the right place; undefined when the band is full or unusable. */
  readonly suggestion?: number;
}

/** The band of whoever owns the listener. Importers get bands below it, so that the owner's `pathUnder('/')` shadows nobody. */
export const OWNER_BAND: Band = { first: 30_000, last: 49_999 };

/** 1–99 stay free for the probe and shielding; 50,000 is the API's last one (ALB-2). */
const FIRST_PRIORITY = 100;
const LAST_PRIORITY = 50_000;
const MIN_WIDTH = 1_000;

/*
 * The shares of the band, in percent: by literal segments (4 and more, 3, 2, 1, 0), and inside each by other conditions (2 and more, 1,
 * 0). Changing them moves every rule of every user to another number, and a deployment that moves rules may fail (ALB-12): they are
 * frozen.
 */
const SEGMENT_SHARES = [10, 14, 28, 40, 8];
const OTHER_SHARES = [20, 30, 50];
const MOST_SEGMENTS = SEGMENT_SHARES.length - 1;
const MOST_OTHERS = OTHER_SHARES.length - 1;

/** What is wrong with a band, and undefined if nothing is. */
export function bandProblem({ first, last }: Band): PriorityProblem | undefined {
  if (Token.isUnresolved(first) || Token.isUnresolved(last)) {
    const message =
      "'firstPriority' and 'lastPriority' must be literals, got a token: every route's priority is computed from them";
    return { code: 'HG2301', message };
  }
  const inside = (value: number) => Number.isInteger(value) && value >= FIRST_PRIORITY && value <= LAST_PRIORITY;
  if (!inside(first) || !inside(last) || first > last) {
    const message = `'firstPriority' and 'lastPriority' must be integers from ${FIRST_PRIORITY} to ${LAST_PRIORITY}, the first below the last, got ${first} and ${last}: 1 to ${FIRST_PRIORITY - 1} stay free for the probe and shielding`;
    return { code: 'HG2301', message };
  }
  const width = last - first + 1;
  if (width >= MIN_WIDTH) return undefined;
  const message = `'lastPriority' must leave at least ${MIN_WIDTH} priorities from 'firstPriority' on, got ${width} (${first} to ${last}): widen the band, to 5,000 if there is room: ten routes then share a number in about 2 of 100 cases`;
  return { code: 'HG2302', message };
}

/**
 * How specific the conditions of a route are.
 *
 * A path's segments are what stands between slashes. One counts if it is whole and literal, wherever it stands: `/api` and `/api/*` have
 * 1, `/a/*\/b` has 2, `/api*` and `/` have 0, and so do `/*`, `*` and a route without a path. Of several paths the least specific
 * counts. A path that begins with a wildcard and goes on (`*.jpg`, `/*\/edit`) cuts across all the others, and a regular expression or a
 * token says nothing of its segments: these have no level.
 *
 * Each other condition counts as one, however many values it has.
 */
export function levelOf(conditions: RawCondition[]): Level | Uncomputable {
  const read = conditions.map(readCondition);
  if (read.some(({ field }) => field === undefined)) return { reason: 'a condition is a token' };
  const paths = read.filter(({ field }) => field === 'path-pattern');
  if (paths.some(({ regexValues }) => regexValues.length > 0)) return { reason: 'its path is a regular expression' };
  const patterns = paths.flatMap(({ values }) => values);
  if (paths.some(({ partial }) => partial) || patterns.some((pattern) => Token.isUnresolved(pattern))) {
    return { reason: 'its path is a token' };
  }
  const leading = patterns.find((pattern) => /^\/?[*?]/.test(pattern) && !/^\/?\*+$/.test(pattern));
  if (leading !== undefined) return { reason: `its path '${leading}' begins with a wildcard` };
  const segments = Math.min(MOST_SEGMENTS, ...patterns.map(literalSegments));
  return {
    segments: patterns.length === 0 ? 0 : segments,
    others: Math.min(MOST_OTHERS, read.length - paths.length),
  };
}

/** The part of the band that belongs to a level. The parts of all levels tile the band: no gap, no overlap. */
export function rangeOf({ segments, others }: Level, { first, last }: Band): Band {
  const width = last - first + 1;
  const row = MOST_SEGMENTS - segments;
  const column = MOST_OTHERS - others;
  const before = 100 * sum(SEGMENT_SHARES.slice(0, row)) + SEGMENT_SHARES[row]! * sum(OTHER_SHARES.slice(0, column));
  const share = SEGMENT_SHARES[row]! * OTHER_SHARES[column]!;
  // In ten thousandths, so that the boundaries are whole numbers before they are rounded, the same way from both sides.
  const boundary = (part: number) => first + Math.floor((width * part) / 10_000);
  return { first: boundary(before), last: boundary(before + share) - 1 };
}

/** The priority of a route that has a level: a function of the route alone, so that no other route can move it. */
export function priorityOf(routeId: string, level: Level, band: Band): number {
  const range = rangeOf(level, band);
  const hash = createHash('sha256').update(routeId).digest().readUIntBE(0, 6);
  return range.first + (hash % (range.last - range.first + 1));
}

/** The priority of a route beside those that have theirs, or why it gets none and which one its user could give it. */
export function placeRoute(route: Route, placed: PlacedRoute[], band: Band): number | PriorityProblem {
  const level = levelOf(route.conditions);
  const owners = new Map(placed.map(({ id, priority }) => [priority, id]));
  const refuse = (code: ErrorCode, what: string) => refusal(code, what, route.id, level, owners, band);
  const given = route.priority;
  if (given !== undefined) {
    if (Token.isUnresolved(given)) return given;
    if (!Number.isInteger(given) || given < band.first || given > band.last) {
      return refuse('HG2311', `'priority' must be an integer from ${band.first} to ${band.last}, got ${given}`);
    }
    if (!owners.has(given)) return given;
    return refuse(
      'HG2312',
      `'priority' must be a number that no other route has, got ${given}, which '${owners.get(given)}' has`,
    );
  }
  if ('reason' in level) {
    return refuse('HG2313', `'priority' must be given for the route '${route.id}', since ${level.reason}`);
  }
  for (const other of placed.filter(({ explicit, conditions }) => !explicit && isLevel(levelOf(conditions), level))) {
    const { answer, because } = overlap(route.conditions, other.conditions);
    if (answer === 'no') continue;
    const relation = answer === 'yes' ? 'overlaps' : 'may overlap';
    const what = `'priority' must be given for the route '${route.id}', which ${relation} '${other.id}' and is as specific: ${because}`;
    const range = rangeOf(level, band);
    const before = nearestFree(other.priority, -1, range, owners);
    const after = nearestFree(other.priority, 1, range, owners);
    const choices = [
      ...(before === undefined ? [] : [`${before} is free and tried before '${other.id}'`]),
      ...(after === undefined ? [] : [`${after} is free and tried after '${other.id}'`]),
    ];
    if (choices.length === 0) return refuse('HG2314', what);
    return { code: 'HG2314', message: `${what}: ${choices.join(', ')}`, suggestion: before ?? after };
  }
  const priority = priorityOf(route.id, level, band);
  if (!owners.has(priority)) return priority;
  return refuse(
    'HG2315',
    `'priority' must be given for the route '${route.id}', since its own, ${priority}, is also that of '${owners.get(priority)}'`,
  );
}

function refusal(
  code: ErrorCode,
  what: string,
  id: string,
  level: Level | Uncomputable,
  taken: Map<number, string>,
  band: Band,
): PriorityProblem {
  const place = rangeOf('reason' in level ? { segments: MOST_SEGMENTS, others: MOST_OTHERS } : level, band);
  const suggestion = lowestFree(place, taken);
  if (suggestion !== undefined)
    return { code, message: `${what}: ${suggestion} is free and in the right place`, suggestion };
  const elsewhere = lowestFree(band, taken);
  if (elsewhere !== undefined) {
    const full = `${place.first} to ${place.last}, where it belongs, are all taken, and ${elsewhere} is the first free one`;
    return { code, message: `${what}: ${full}`, suggestion: elsewhere };
  }
  const message = `'lastPriority' must leave a number for the route '${id}', and ${band.first} to ${band.last} are all taken: widen the band`;
  return { code: 'HG2316', message };
}

function lowestFree({ first, last }: Band, taken: Map<number, string>): number | undefined {
  for (let priority = first; priority <= last; priority++) if (!taken.has(priority)) return priority;
  return undefined;
}

/** The free priority that is nearest to another one, on one side of it and inside a range. */
function nearestFree(
  from: number,
  step: 1 | -1,
  { first, last }: Band,
  taken: Map<number, string>,
): number | undefined {
  for (let priority = from + step; priority >= first && priority <= last; priority += step) {
    if (!taken.has(priority)) return priority;
  }
  return undefined;
}

function isLevel(a: Level | Uncomputable, b: Level): boolean {
  return !('reason' in a) && a.segments === b.segments && a.others === b.others;
}

function literalSegments(pattern: string): number {
  return pattern.split('/').filter((segment) => segment !== '' && !/[*?]/.test(segment)).length;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
