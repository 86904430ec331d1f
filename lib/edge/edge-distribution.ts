import { Duration } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { OriginAccess } from '../balancing';
import { LogBucket, type ServiceDomain } from '../core';
import { HeadgateError } from '../core/errors';
import { checkCertificateName } from '../core/private/certificate-name';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { requireRegion, US_EAST_1 } from '../core/private/regions';
import { type IWebAcl, type ManagedRuleGroup, type RateLimit, WebAcl, WebAclScope } from '../waf';
import { checkWebAclScope } from '../waf/private/scope';
import type { CacheRule } from './cache-rule';
import { CachePolicies } from './private/cache-policies';
import { checkRules, writesOnGroups } from './private/rule-limits';
import { type ServiceOrigins, serviceOrigins } from './private/service-origins';

/** What may be brought to an edge, and what may be chosen about it. */
export interface EdgeOptions {
  /**
   * What is done with the requests of certain paths, in the order in which the rules are tried. Up to 74, beside the default (CF-11).
   *
   * @default - everything goes to the Regions, uncached, with all methods
   */
  readonly behaviors?: CacheRule[];

  /**
   * A certificate of us-east-1 that covers the service's name.
   *
   * @default - a new one, validated by records in the zone
   */
  readonly certificate?: acm.ICertificate;

  /**
   * A web ACL of scope CLOUDFRONT, in us-east-1.
   *
   * @default - a new `WebAcl` with managed groups and a rate limit
   */
  readonly webAcl?: IWebAcl;

  /**
   * The managed rule groups of a new web ACL; see `WebAcl`.
   *
   * @default - those of `WebAcl`
   */
  readonly managedRuleGroups?: ManagedRuleGroup[];

  /**
   * How many requests one client may send, for a new web ACL.
   *
   * @default - that of `WebAcl`
   */
  readonly rateLimit?: RateLimit;

  /**
   * The bucket for access logs; it must accept ACLs.
   *
   * @default - a new `LogBucket`
   */
  readonly logBucket?: s3.IBucket;

  /**
   * From which of CloudFront's edge locations viewers are served.
   *
   * @default cloudfront.PriceClass.PRICE_CLASS_ALL
   */
  readonly priceClass?: cloudfront.PriceClass;

  /**
   * Countries that are let in or kept out.
   *
   * @default - all countries
   */
  readonly geoRestriction?: cloudfront.GeoRestriction;
}

/** Properties of an `EdgeDistribution`. */
export interface EdgeDistributionProps extends EdgeOptions {
  /** The service's name and zone. The Regions stand behind `origin.` and `alt.origin.` of it. */
  readonly domain: ServiceDomain;

  /**
   * Who may reach the balancers, which says whether the edge sends a secret header.
   *
   * @default OriginAccess.internet()
   */
  readonly originAccess?: OriginAccess;
}

/** The answers that CloudFront would keep for ten seconds (CF-11), so that a Region that came back would seem down. */
const CACHED_ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const DEFAULT_MINIMUM_PROTOCOL = cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021;

/**
 * The edge of a service: cache, compression, TLS, HTTP/2 and 3, security headers, firewall and logs in front of all Regions.
 *
 * Requests that only read and were said to do so may be tried again in the partner Region, at once; all others go to one Region and are
 * never repeated, since CloudFront refuses writing methods on an origin group (CF-3).
 */
export class EdgeDistribution extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.edge.EdgeDistribution';

  /** The distribution. */
  public readonly distribution: cloudfront.Distribution;

  /** The certificate that viewers see. */
  public readonly certificate: acm.ICertificate;

  /** The firewall. */
  public readonly webAcl: IWebAcl;

  private readonly service: ServiceOrigins;
  private readonly rules: CacheRule[] = [];
  private readonly cachePolicies = new CachePolicies(this, 'CachePolicies');

  public constructor(scope: Construct, id: string, props: EdgeDistributionProps) {
    super(scope, id);
    const given = injected(EdgeDistribution.PROPERTY_INJECTION_ID, scope, id, props);
    requireRegion(this, US_EAST_1, 'the edge of a service');
    refuseIdle(given, this);
    const { domain } = given;
    const access = given.originAccess ?? OriginAccess.internet();

    this.certificate = given.certificate ?? this.makeCertificate(domain);
    this.webAcl =
      given.webAcl ??
      new WebAcl(this, 'WebAcl', {
        webAclScope: WebAclScope.CLOUDFRONT,
        managedRuleGroups: given.managedRuleGroups,
        rateLimit: given.rateLimit,
      });
    checkWebAclScope(this.webAcl, WebAclScope.CLOUDFRONT, this);
    this.service = serviceOrigins(domain, access);
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: domain.serviceName,
      domainNames: [domain.serviceName],
      certificate: this.certificate,
      webAclId: this.webAcl.webAclArn,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      minimumProtocolVersion: DEFAULT_MINIMUM_PROTOCOL,
      priceClass: given.priceClass ?? cloudfront.PriceClass.PRICE_CLASS_ALL,
      geoRestriction: given.geoRestriction,
      defaultBehavior: uncached(this.service.direct, cloudfront.AllowedMethods.ALLOW_ALL),
      errorResponses: CACHED_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      enableLogging: true,
      logBucket: given.logBucket ?? new LogBucket(this, 'AccessLogs', { acceptsCloudFrontLogs: true }),
      logIncludesCookies: false,
    });
    // One by one: an object of behaviors would put a pattern such as '404' in front of all others.
    for (const rule of given.behaviors ?? []) this.addBehavior(rule);
    this.node.addValidation({ validate: () => writesOnGroups(this.distribution) });
    recordDefault(this, given.webAcl, {
      prop: 'edge.webAcl',
      value: 'managed groups and a rate limit per address',
      why: 'only here does the firewall see the addresses of clients',
    });
    recordDefault(this, given.priceClass, {
      prop: 'edge.priceClass',
      value: 'all edge locations',
      why: 'the shortest way for every viewer',
    });
  }

  /**
   * Adds a rule after the others. This is the way to an origin that has to be made in the edge's own stack, such as a bucket with origin access
   * control, whose policy names the distribution.
   */
  public addBehavior(rule: CacheRule): void {
    checkRules([...this.rules, rule], this);
    this.rules.push(rule);
    const { origin, ...behavior } = this.behaviorOf(rule);
    this.distribution.addBehavior(rule._config.pathPattern, origin, behavior);
  }

  private makeCertificate(domain: ServiceDomain): acm.ICertificate {
    checkCertificateName(domain.serviceName, this);
    return new acm.Certificate(this, 'Certificate', {
      domainName: domain.serviceName,
      validation: acm.CertificateValidation.fromDns(domain.importHostedZone(this, 'Zone')),
    });
  }

  private behaviorOf({ _config: config }: CacheRule): cloudfront.BehaviorOptions {
    if (config.behavior) return config.behavior;
    const methods = config.readOnly
      ? cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS
      : cloudfront.AllowedMethods.ALLOW_ALL;
    const origin = config.origin ?? (config.readOnly ? this.service.readOnly : this.service.direct);
    // A bucket must not get the viewer's Host, by which it would look for another bucket.
    const ownOrigin = config.origin !== undefined;
    if (!config.cached) return uncached(origin, methods, ownOrigin);
    return {
      ...uncached(origin, methods),
      originRequestPolicy: undefined,
      // The Host in the key is forwarded, so the origin's certificate is checked against the service's name (CDK-14, CF-10).
      cachePolicy: this.cachePolicies.for({ ...config.cached, keyedByHost: !ownOrigin }),
    };
  }
}

/** A behavior that caches nothing and forwards what the viewer sent, Host and cookies too (CDK-14). */
function uncached(
  origin: cloudfront.IOrigin,
  allowedMethods: cloudfront.AllowedMethods,
  ownOrigin = false,
): cloudfront.BehaviorOptions {
  return {
    origin,
    allowedMethods,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    originRequestPolicy: ownOrigin
      ? cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER
      : cloudfront.OriginRequestPolicy.ALL_VIEWER,
    responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    compress: true,
  };
}

/** A web ACL that is brought along has rules of its own. */
function refuseIdle(given: EdgeDistributionProps, scope: Construct): void {
  const idle = (['managedRuleGroups', 'rateLimit'] as const).find((prop) => given.webAcl && given[prop]);
  if (idle === undefined) return;
  throw new HeadgateError(
    'HG6007',
    `'${idle}' does nothing beside 'webAcl', which brings its own rules: leave '${idle}' out`,
    scope,
  );
}
