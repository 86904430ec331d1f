import { Duration } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HeadgateError } from '../core/errors';

/** Options of a `CacheRule`. */
export interface CacheRuleOptions {
  /**
   * Where the requests go: any origin, such as `S3BucketOrigin.withOriginAccessControl(bucket)`. A bucket with origin access control has to
   * stand in the stack of the distribution: add its rule with `EdgeDistribution.addBehavior()`.
   *
   * @default - the service's Regions
   */
  readonly origin?: cloudfront.IOrigin;
}

/** Options of a `CacheRule` that caches. */
export interface CachedOptions extends CacheRuleOptions {
  /**
   * How long an answer without a `Cache-Control` is kept; not above `maxTtl`.
   *
   * @default Duration.days(1)
   */
  readonly defaultTtl?: Duration;

  /**
   * The longest that an answer is kept, whatever its `Cache-Control` says; at least one second.
   *
   * @default Duration.days(365)
   */
  readonly maxTtl?: Duration;
}

/** How long answers are kept. */
interface Ttls {
  readonly defaultTtl: Duration;
  readonly maxTtl: Duration;
}

/** What a rule asks of the distribution that holds it. */
interface CacheRuleConfig {
  readonly pathPattern: string;
  /** Read-only requests may be tried again in another Region; others never. */
  readonly readOnly: boolean;
  readonly cached?: Ttls;
  readonly origin?: cloudfront.IOrigin;
  /** Everything, when the user brings an L2 behavior. */
  readonly behavior?: cloudfront.BehaviorOptions;
}

const MAX_PATTERN_LENGTH = 255;
const DEFAULT_TTL = Duration.days(1);
const MAX_TTL = Duration.days(365);

/**
 * What an edge does with the requests of one path pattern. Rules are tried in the order in which they are given, and the first that
 * matches decides (CF-1); what none takes goes to the Regions, uncached, with all methods.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export class CacheRule {
  /**
   * Files that change with their name or by a deployment: cached by host, path and query, compressed, GET, HEAD and OPTIONS only, and tried
   * again in the partner Region when a Region fails.
   *
   * @param pathPattern such as `/static/*`: case-sensitive, `*` and `?`, up to 255 characters
   */
  public static staticAssets(pathPattern: string, options: CachedOptions = {}): CacheRule {
    return new CacheRule({ pathPattern, readOnly: true, cached: ttls(options), origin: options.origin });
  }

  /**
   * Pages that are read and not cached: GET, HEAD and OPTIONS only, with the viewer's cookies and headers, tried again in the partner Region
   * when a Region fails.
   *
   * @param pathPattern such as `/catalog/*`
   */
  public static readOnly(pathPattern: string, options: CacheRuleOptions = {}): CacheRule {
    return new CacheRule({ pathPattern, readOnly: true, origin: options.origin });
  }

  /**
   * Requests of any method, uncached, with the viewer's cookies and headers. They go to one Region and are never repeated in another.
   *
   * @param pathPattern such as `/api/*`
   */
  public static dynamic(pathPattern: string, options: CacheRuleOptions = {}): CacheRule {
    return new CacheRule({ pathPattern, readOnly: false, origin: options.origin });
  }

  /**
   * An L2 behavior as it is.
   *
   * @param pathPattern which requests
   * @param behavior what the L2 `Distribution` takes
   */
  public static of(pathPattern: string, behavior: cloudfront.BehaviorOptions): CacheRule {
    return new CacheRule({ pathPattern, readOnly: false, origin: behavior.origin, behavior });
  }

  private constructor(
    /** @internal */
    public readonly _config: CacheRuleConfig,
  ) {
    const { pathPattern } = _config;
    if (pathPattern === '*') {
      throw new HeadgateError(
        'HG6001',
        "'pathPattern' must be another one than that of the default behavior, got '*' (CF-1): write '/*' for every path",
      );
    }
    if (pathPattern.length < 1 || pathPattern.length > MAX_PATTERN_LENGTH) {
      throw new HeadgateError(
        'HG6001',
        `'pathPattern' must have 1 to ${MAX_PATTERN_LENGTH} characters, got ${pathPattern.length} (CF-1): shorten it with a wildcard`,
      );
    }
  }
}

function ttls({ defaultTtl = DEFAULT_TTL, maxTtl = MAX_TTL }: CachedOptions): Ttls {
  if (maxTtl.toSeconds() < 1) {
    throw new HeadgateError(
      'HG6006',
      `'maxTtl' must be at least 1 second, got ${maxTtl.toSeconds()} s: CloudFront refuses a cache key with headers and query strings when nothing is kept (CF-11); use CacheRule.readOnly() for what must not be cached`,
    );
  }
  if (defaultTtl.toSeconds() > maxTtl.toSeconds()) {
    throw new HeadgateError(
      'HG6002',
      `'defaultTtl' must not be above 'maxTtl', got ${defaultTtl.toSeconds()} s and ${maxTtl.toSeconds()} s: raise 'maxTtl'`,
    );
  }
  return { defaultTtl, maxTtl };
}
