import { Duration, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { managedGroups, rateLimit, WebAcl } from './firewall';
import { LogBucket } from './log-bucket';
import { SECRET_HEADER, type ShopNames, secretName } from './names';

export interface EdgeStackProps extends StackProps {
  readonly names: ShopNames;
}

const UNCACHED_ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const GIVE_UP_EARLY = {
  connectionAttempts: 1,
  connectionTimeout: Duration.seconds(2),
  readTimeout: Duration.seconds(10),
};

/** The distribution in front of the Regions, with its certificate, firewall and logs, and the record that clients look up. */
export class EdgeStack extends Stack {
  public constructor(scope: Construct, id: string, { names, ...props }: EdgeStackProps) {
    super(scope, id, props);
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', names);
    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: names.service,
      validation: acm.CertificateValidation.fromDns(zone),
    });
    const webAcl = new WebAcl(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      protectedHeaders: [],
      rules: [
        rateLimit('RateLimit', 0, 2000),
        ...managedGroups(1, [
          'AWSManagedRulesAmazonIpReputationList',
          'AWSManagedRulesCommonRuleSet',
          'AWSManagedRulesKnownBadInputsRuleSet',
        ]),
      ],
    });
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: names.service,
      domainNames: [names.service],
      certificate,
      webAclId: webAcl.arn,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_ALL,
      errorResponses: UNCACHED_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      enableLogging: true,
      logBucket: new LogBucket(this, 'AccessLogs', s3.ObjectOwnership.BUCKET_OWNER_PREFERRED),
      logIncludesCookies: false,
      defaultBehavior: {
        ...common,
        origin: regions(names, '', 'origin'),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER,
      },
      additionalBehaviors: {
        '/static/*': {
          ...common,
          origin: new origins.OriginGroup({
            primaryOrigin: regions(names, '', 'origin-read', GIVE_UP_EARLY),
            fallbackOrigin: regions(names, 'alt.', 'alt-origin-read', GIVE_UP_EARLY),
            fallbackStatusCodes: [502, 503, 504],
          }),
          allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
          cachePolicy: this.assetsPolicy(),
        },
      },
    });
    const record = {
      zone,
      recordName: `${names.service}.`,
      target: route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(distribution)),
    };
    new route53.ARecord(this, 'Record', record);
    new route53.AaaaRecord(this, 'RecordIpv6', record);
  }

  private assetsPolicy(): cloudfront.CachePolicy {
    return new cloudfront.CachePolicy(this, 'Assets', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.days(1),
      maxTtl: Duration.days(365),
      headerBehavior: cloudfront.CacheHeaderBehavior.allowList('Host'),
      queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
      cookieBehavior: cloudfront.CacheCookieBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }
}

/** What all behaviors have. */
const common = {
  responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
  viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  compress: true,
};

/** The Regions behind one of their two names. */
function regions(
  names: ShopNames,
  prefix: string,
  originId: string,
  timeouts: origins.HttpOriginProps = {},
): cloudfront.IOrigin {
  return new origins.HttpOrigin(`${prefix}${names.origin}`, {
    protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    customHeaders: { [SECRET_HEADER]: SecretValue.secretsManager(secretName(names, 2)).unsafeUnwrap() },
    originId,
    ...timeouts,
  });
}
