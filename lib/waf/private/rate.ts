import { Token } from 'aws-cdk-lib';
import { type ErrorCode, HeadgateError } from '../../core/errors';

/** What the API takes as `Limit` (RateLimit in the WAFV2 API reference). */
const MIN_LIMIT = 10;
const MAX_LIMIT = 2_000_000_000;

/** The windows that WAF counts over, in seconds (WAF-1). */
const WINDOWS = [60, 120, 300, 600];

/** The window that WAF itself takes. */
export const DEFAULT_WINDOW_SECONDS = 300;

/** Fails unless WAF takes `limit` as the limit of a rate rule. */
export function checkLimit(code: ErrorCode, limit: number): void {
  if (Token.isUnresolved(limit)) return;
  if (!Number.isInteger(limit) || limit < MIN_LIMIT || limit > MAX_LIMIT) {
    throw new HeadgateError(
      code,
      `'limit' must be an integer from ${MIN_LIMIT} to ${MAX_LIMIT} requests a window from one address, got ${limit}: give a number in that range`,
    );
  }
}

/** Fails unless WAF can count over a window of so many seconds. */
export function checkWindow(code: ErrorCode, seconds: number): void {
  if (!WINDOWS.includes(seconds)) {
    throw new HeadgateError(
      code,
      `'window' must be ${WINDOWS.join(', ')} seconds, got ${seconds}: take the nearest of these and scale the limit with it`,
    );
  }
}
