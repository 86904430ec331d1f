import { type Duration, Token } from 'aws-cdk-lib';
import { checkLimit, checkWindow, DEFAULT_WINDOW_SECONDS } from './private/rate';
import type { RuleFragment } from './private/rule-fragment';
import { overRate } from './private/statements';

/** How a rate limit counts. */
export interface PerIpOptions {
  /**
   * Over which time requests are counted: 60, 120, 300 or 600 seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;
}

/** How many requests one client may send. */
export class RateLimit {
  /**
   * Blocks an address while it sends more than `limit` requests a window. WAF acts near the limit and some seconds late, not at the
   * exact request.
   *
   * @param limit requests from one address in one window: an integer from 10 to 2,000,000,000
   * @param options the window
   */
  public static perIp(limit: number, options: PerIpOptions = {}): RateLimit {
    checkLimit('HG1002', limit);
    const window = options.window;
    const seconds = window?.toSeconds({ integral: false }) ?? DEFAULT_WINDOW_SECONDS;
    if (window === undefined || !Token.isUnresolved(seconds)) checkWindow('HG1002', seconds);
    return new RateLimit([{ name: 'RateLimit', action: 'block', statement: overRate(limit, seconds) }]);
  }

  /** No limit: for a web ACL behind an edge, which sees the edge's addresses, or where something else limits clients. */
  public static none(): RateLimit {
    return new RateLimit([]);
  }

  private constructor(
    /** @internal */
    public readonly _rules: RuleFragment[],
  ) {}
}
