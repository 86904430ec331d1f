import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/** What tells one cache policy from another. */
export interface CachePolicyChoices {
  readonly defaultTtl: Duration;
  readonly maxTtl: Duration;
  /** Whether the viewer's Host is part of the key, and so forwarded (CDK-14). */
  readonly keyedByHost: boolean;
}

/**
 * The cache policies of a distribution, one for each set of choices rather than one a rule: an account has 20 of them, for all its
 * distributions, and gets no more.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/cf_region.html
 */
export class CachePolicies extends Construct {
  private readonly policies = new Map<string, cloudfront.CachePolicy>();

  /** The policy with these choices. Its id says what they are, so the order of rules moves nothing. */
  public for({ defaultTtl, maxTtl, keyedByHost }: CachePolicyChoices): cloudfront.CachePolicy {
    const id = `${keyedByHost ? 'Host' : 'Path'}-${defaultTtl.toSeconds()}-${maxTtl.toSeconds()}`;
    const policy =
      this.policies.get(id) ??
      new cloudfront.CachePolicy(this, id, {
        minTtl: Duration.seconds(0),
        defaultTtl,
        maxTtl,
        headerBehavior: keyedByHost
          ? cloudfront.CacheHeaderBehavior.allowList('Host')
          : cloudfront.CacheHeaderBehavior.none(),
        queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
        cookieBehavior: cloudfront.CacheCookieBehavior.none(),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      });
    this.policies.set(id, policy);
    return policy;
  }
}
