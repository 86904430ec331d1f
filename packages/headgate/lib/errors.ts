import { printable } from './printable';

/**
 * Every error of this package: its code and what it is about. The first digit says where it comes from: 1 templates, 2 the traffic
 * model, 3 case files, 4 the command line. `docs/troubleshooting.md` has an entry for each.
 */
export const ERROR_CODES = {
  HM1001: 'the path cannot be read',
  HM1002: 'the file is not a template',
  HM1003: 'the file cannot be parsed',
  HM1004: 'the template is too large or too deep',
  HM1005: 'an intrinsic function is not usable',
  HM1006: 'a reference leads nowhere',
  HM1007: 'a parameter is not usable',
  HM1008: 'a reference leads back to itself',
  HM1009: 'a property is of the wrong type',
  HM1010: 'the cloud assembly is not usable',
  HM2001: 'the id is not in the templates',
  HM2002: 'the id stands in several stacks',
  HM2003: 'the fault is not usable',
  HM2004: 'the request is not usable',
  HM2005: 'there is no entry',
  HM2006: 'there are several entries',
  HM2007: 'the rules of a listener are not usable',
  HM3001: 'the case file is not usable',
  HM4001: 'the command line is not usable',
} as const;

/** The code of an error, as in `docs/troubleshooting.md`. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Characters of a message: a line that somebody can still read. */
const MOST = 2_000;
/** What of it stays at the end, where it says what to change. */
const TAIL = 400;

/** What this package throws for input that it can't use: one line that names the file, the line or the logical id, and what to change. */
export class HeadgateError extends Error {
  override readonly name = 'HeadgateError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    // Names in messages come from templates, which may hold escape sequences.
    super(clip(printable(message)));
  }
}

/** Ids of templates can be as long as their author likes. */
function clip(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST - TAIL - 1)}…${text.slice(-TAIL)}`;
}
