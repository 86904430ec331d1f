import { HeadgateError } from '../errors';
import { LIMITS } from './limits';

/** A value as it is written in a template, before its functions are evaluated. */
export type Raw = string | number | boolean | null | readonly Raw[] | RawMap;

/** A mapping as it is written. It has no prototype. */
export interface RawMap {
  readonly [key: string]: Raw;
}

export function isRawMap(value: unknown): value is RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A mapping without prototype, so that `__proto__` and `constructor` are keys like any other. */
export function emptyMap<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/**
 * A copy of parsed data without prototypes, in which aliases are written out.
 *
 * @throws HeadgateError HM1004 if it is too deep or too large.
 */
export function toRaw(parsed: unknown, file: string): Raw {
  let nodes = 0;
  const copy = (value: unknown, depth: number): Raw => {
    nodes += 1;
    if (nodes > LIMITS.nodes) {
      throw new HeadgateError('HM1004', `${file}: has more than ${LIMITS.nodes} values (aliases written out).`);
    }
    if (typeof value !== 'object' || value === null) return scalar(value);
    if (depth > LIMITS.depth) {
      throw new HeadgateError('HM1004', `${file}: is nested deeper than ${LIMITS.depth} levels.`);
    }
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
    const map = emptyMap<Raw>();
    for (const key of Object.keys(value)) map[key] = copy((value as Record<string, unknown>)[key], depth + 1);
    return map;
  };
  return copy(parsed, 1);
}

function scalar(value: unknown): Raw {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
