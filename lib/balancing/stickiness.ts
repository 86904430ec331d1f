import { Duration } from 'aws-cdk-lib';
import { HeadgateError } from '../core/errors';
import { cookieDurationProblems, cookieNameProblems } from './private/target-group-limits';

const DEFAULT_DURATION = Duration.days(1);

/**
 * How a returning client finds the target that served it. Keeping a client on one *group* of a weighted route is the route's matter: see
 * `groupStickiness` there.
 */
export class Stickiness {
  /**
   * By a cookie of the balancer, AWSALB.
   *
   * @param duration how long after its last request a client keeps its target: 1 second to 7 days; a day when left out (ALB-23)
   */
  public static loadBalancerCookie(duration?: Duration): Stickiness {
    return new Stickiness(duration ?? DEFAULT_DURATION);
  }

  /**
   * By a cookie that the application sets. Not for groups of a weighted route (ALB-23).
   *
   * @param cookieName the application's cookie; not AWSALB, AWSALBAPP or AWSALBTG, which the balancer owns
   * @param duration how long a client keeps its target: 1 second to 7 days; a day when left out
   */
  public static applicationCookie(cookieName: string, duration?: Duration): Stickiness {
    return new Stickiness(duration ?? DEFAULT_DURATION, cookieName);
  }

  private constructor(
    /** @internal */
    public readonly _duration: Duration,
    /** @internal */
    public readonly _cookieName?: string,
  ) {
    const [flaw] = [...cookieDurationProblems('duration', _duration), ...cookieNameProblems('cookieName', _cookieName)];
    if (flaw) throw new HeadgateError(flaw.code, flaw.message);
  }
}
