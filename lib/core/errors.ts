import type { IConstruct } from 'constructs';

/**
 * Every error of this package: its code and what it is about. The first digit is the layer: 0 core, 1 waf, 2 balancing, 3 fleet,
 * 4 discovery, 5 proxy, 6 edge, 7 health, 8 dns, 9 failover, observability and patterns. `docs/troubleshooting.md` has an entry for each.
 */
export const ERROR_CODES = {
  HG0101: 'the zone is not usable',
  HG0102: 'the record is outside the zone',
  HG0103: 'the name is not a usable host name',
  HG0104: 'the name is too long',
  HG0201: 'the Region is unknown',
  HG0202: 'the number of zones is out of range',
  HG0203: 'a stack stands in the wrong Region',
  HG0204: 'a value crosses Regions',
  HG0205: 'cross-Region references are switched on',
} as const;

/** A code of the table above. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * What this package throws. The message names the prop, the value, the limit and the way out; the code leads to
 * `docs/troubleshooting.md`. Not part of the jsii API, which has no exported errors: match on `name` and `code`.
 */
export class HeadgateError extends Error {
  public readonly code: ErrorCode;

  public constructor(code: ErrorCode, message: string, scope?: IConstruct) {
    super(problem(code, message, scope));
    this.name = 'HeadgateError';
    this.code = code;
  }
}

/** The text of a problem, as errors and `node.addValidation` show it. */
export function problem(code: ErrorCode, message: string, scope?: IConstruct): string {
  return `${code}: ${message}${scope ? ` [at ${scope.node.path}]` : ''}`;
}
