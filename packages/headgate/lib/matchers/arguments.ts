import type { Expectation } from '../cases/case';
import { DESTINATION_TYPES } from '../cases/destination-types';
import { shown as inWords } from '../shown';

type Option = 'share' | 'tolerance' | 'status' | 'type';

/**
 * Reads a matcher's options. A mistake in a test that isn't written in TypeScript would otherwise make it pass, or fail for another reason.
 *
 * @param own what the matcher takes beside a share and its tolerance
 */
export function readOptions(
  matcher: string,
  options: object | undefined,
  own: readonly ('status' | 'type')[],
): Partial<Expectation> {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw misused(matcher, `options such as { share: 0.9 }, got ${shown(options)}`);
  }
  const known: readonly string[] = ['share', 'tolerance', ...own];
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!known.includes(name)) throw misused(matcher, `the options ${known.join(', ')}, got '${name}'`);
    READERS[name as Option](matcher, value);
  }
  return Object.fromEntries(given);
}

/** Reads a status. */
export function readStatus(matcher: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599) return value;
  throw misused(matcher, `an HTTP status from 100 to 599, got ${shown(value)}`);
}

/** Reads a text, such as an id. Asymmetric matchers such as `expect.any(String)` aren't texts: a share belongs to one destination. */
export function readText(matcher: string, what: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw misused(matcher, `${what} as a text, got ${shown(value)}`);
}

const READERS: Readonly<Record<Option, (matcher: string, value: unknown) => void>> = {
  share: (matcher, value) => readFraction(matcher, 'share', value),
  tolerance: (matcher, value) => readFraction(matcher, 'tolerance', value),
  status: readStatus,
  type: (matcher, value) => {
    if ((DESTINATION_TYPES as readonly unknown[]).includes(value)) return;
    throw misused(matcher, `a type of ${DESTINATION_TYPES.join(', ')}, got ${shown(value)}`);
  },
};

function readFraction(matcher: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0 && value <= 1) return;
  throw misused(matcher, `a ${name} from 0 to 1, got ${shown(value)}`);
}

function misused(matcher: string, what: string): TypeError {
  return new TypeError(`${matcher}() takes ${what}`);
}

/** A value in few words; what tests give by mistake is told from other objects. */
export function shown(value: unknown): string {
  if (value instanceof Promise) return 'a promise: await it';
  if (typeof value === 'object' && value !== null && '$$typeof' in value && 'asymmetricMatch' in value) {
    return `the asymmetric matcher ${String(value)}`;
  }
  return inWords(value);
}
