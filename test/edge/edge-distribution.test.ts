import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { OriginAccess } from '../../lib/balancing';
import { ServiceDomain } from '../../lib/core';
import { CacheRule, EdgeDistribution, type EdgeDistributionProps } from '../../lib/edge';

const domain = ServiceDomain.fromHostedZoneAttributes({
  hostedZoneId: 'Z0123456789EXAMPLE',
  zoneName: 'example.com',
  recordName: 'shop',
});

/** The managed policies, by their public ids. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

const READ = ['GET', 'HEAD', 'OPTIONS'];
const ALL = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

function synthesize(props: Partial<EdgeDistributionProps> = {}, stack = new Stack(new App(), 'Stack')) {
  const edge = new EdgeDistribution(stack, 'Edge', { domain, ...props });
  const template = Template.fromStack(stack);
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  return { edge, stack, template, config: distribution?.Properties.DistributionConfig };
}

const RULES = [CacheRule.staticAssets('/static/*'), CacheRule.readOnly('/catalog/*'), CacheRule.dynamic('/api/*')];

describe('alone in a stack of no environment', () => {
  const { config, template } = synthesize();

  test('serves the name of the service with a certificate of its own', () => {
    expect(config).toMatchObject({
      Enabled: true,
      Aliases: ['shop.example.com'],
      Comment: 'shop.example.com',
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_All',
      ViewerCertificate: {
        AcmCertificateArn: { Ref: expect.stringMatching(/^EdgeCertificate/) },
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'shop.example.com',
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'shop.example.com', HostedZoneId: 'Z0123456789EXAMPLE' }],
    });
  });

  test('is guarded by a web ACL of scope CLOUDFRONT, by its ARN', () => {
    const [id] = Object.keys(template.findResources('AWS::WAFv2::WebACL', { Properties: { Scope: 'CLOUDFRONT' } }));
    expect(config.WebACLId).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  });

  test('logs without cookies to a bucket that accepts the ACLs of CloudFront', () => {
    const [id] = Object.keys(template.findResources('AWS::S3::Bucket'));
    expect(config.Logging).toEqual({
      Bucket: { 'Fn::GetAtt': [id, 'RegionalDomainName'] },
      IncludeCookies: false,
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
  });

  test('keeps no error for later', () => {
    const codes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
    expect(config.CustomErrorResponses).toEqual(codes.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
  });

  test('sends everything, with all methods and uncached, straight to origin.shop…', () => {
    expect(config.DefaultCacheBehavior).toEqual({
      TargetOriginId: 'origin',
      AllowedMethods: ALL,
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER,
      ResponseHeadersPolicyId: SECURITY_HEADERS,
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
    });
    expect(config.Origins).toEqual([
      {
        Id: 'origin',
        DomainName: 'origin.shop.example.com',
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
    ]);
    expect(config).not.toHaveProperty('OriginGroups');
    expect(config).not.toHaveProperty('CacheBehaviors');
  });

  test('says what it chose', () => {
    const chosen = (props: Partial<EdgeDistributionProps>) =>
      synthesize(props)
        .edge.node.metadata.filter(({ type }) => type === 'cdk-headgate:default')
        .map(({ data }) => data.prop);
    expect(chosen({})).toEqual(['edge.webAcl', 'edge.priceClass']);
    expect(chosen({ priceClass: cloudfront.PriceClass.PRICE_CLASS_100 })).toEqual(['edge.webAcl']);
  });
});

describe('behaviors', () => {
  test.each([
    ['as given', ['/static/*', '/catalog/*', '/api/*']],
    ['in the reverse order', ['/api/*', '/catalog/*', '/static/*']],
    ['when a pattern is a number', ['/b', '404', '/a', '7']],
  ])('are tried in the order in which they are given: %s', (_, patterns) => {
    const { config } = synthesize({ behaviors: patterns.map((pattern) => CacheRule.dynamic(pattern)) });
    expect(config.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toEqual(patterns);
  });

  const { config, template } = synthesize({ behaviors: RULES });
  const [assets, catalog, api] = config.CacheBehaviors;
  const [group] = config.OriginGroups.Items;

  test('that are cached have the Host in their key, no origin request policy, and read from the pair of Regions', () => {
    const [id] = Object.keys(template.findResources('AWS::CloudFront::CachePolicy'));
    expect(assets).toEqual({
      PathPattern: '/static/*',
      TargetOriginId: group.Id,
      AllowedMethods: READ,
      CachePolicyId: { Ref: id },
      ResponseHeadersPolicyId: SECURITY_HEADERS,
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
    });
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 86_400,
        MaxTTL: 31_536_000,
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          CookiesConfig: { CookieBehavior: 'none' },
          EnableAcceptEncodingGzip: true,
          EnableAcceptEncodingBrotli: true,
        },
      },
    });
  });

  test('that only read are uncached and read from the pair of Regions', () => {
    expect(catalog).toEqual({
      PathPattern: '/catalog/*',
      TargetOriginId: group.Id,
      AllowedMethods: READ,
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER,
      ResponseHeadersPolicyId: SECURITY_HEADERS,
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
    });
  });

  test('that write go to one Region', () => {
    expect(api).toEqual({ ...config.DefaultCacheBehavior, PathPattern: '/api/*' });
  });

  test('that read fail over from origin. to alt.origin. on gateway errors, once', () => {
    expect(config.OriginGroups).toEqual({
      Quantity: 1,
      Items: [
        {
          Id: group.Id,
          FailoverCriteria: { StatusCodes: { Items: [502, 503, 504], Quantity: 3 } },
          Members: { Quantity: 2, Items: [{ OriginId: 'origin-read' }, { OriginId: 'alt-origin-read' }] },
        },
      ],
    });
  });

  test('that read have origins of their own, which give up early, and others wait', () => {
    const early = {
      ConnectionAttempts: 1,
      ConnectionTimeout: 2,
      CustomOriginConfig: {
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
        OriginReadTimeout: 10,
      },
    };
    expect(config.Origins).toEqual([
      {
        Id: 'origin',
        DomainName: 'origin.shop.example.com',
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
      { Id: 'origin-read', DomainName: 'origin.shop.example.com', ...early },
      { Id: 'alt-origin-read', DomainName: 'alt.origin.shop.example.com', ...early },
    ]);
  });
});

describe('origin access', () => {
  const headersOf = (originAccess?: OriginAccess) => {
    const { config } = synthesize({ behaviors: RULES, originAccess });
    return config.Origins.map((origin: { OriginCustomHeaders?: unknown }) => origin.OriginCustomHeaders);
  };

  test.each([
    [undefined, 2],
    [2, 2],
    [7, 7],
  ])('with secretHeader and newest %s, all three origins send secret %d, by its name', (newest, sent) => {
    const header = {
      HeaderName: 'x-origin-verify',
      HeaderValue: `{{resolve:secretsmanager:prod-Shop/origin-access/${sent}:SecretString:::}}`,
    };
    const access = OriginAccess.secretHeader({ newest, secretNamePrefix: 'prod-Shop/origin-access' });
    expect(headersOf(access)).toEqual([[header], [header], [header]]);
  });

  test.each([
    ['internet()', OriginAccess.internet()],
    ['nothing said', undefined],
  ])('with %s no origin sends a header', (_, access) => {
    expect(headersOf(access)).toEqual([undefined, undefined, undefined]);
  });

  test('fails with secretHeader() when the names of the secrets are not known', () => {
    expect(() => headersOf(OriginAccess.secretHeader())).toThrow("HG2133: 'secretNamePrefix' must be given");
  });
});

describe('Region', () => {
  test.each(['eu-west-1', 'us-west-2'])('fails in %s', (region) => {
    const stack = new Stack(new App(), 'Stack', { env: { region } });
    expect(() => synthesize({}, stack)).toThrow(
      `HG0203: the edge of a service must be in us-east-1, got a stack in ${region}: put it into a stack with env.region 'us-east-1' [at Stack/Edge]`,
    );
  });

  test('is us-east-1', () => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'us-east-1' } });
    synthesize({ behaviors: RULES }, stack).template.resourceCountIs('AWS::CloudFront::Distribution', 1);
  });
});

test('fails with a name that is too long for a certificate', () => {
  const long = ServiceDomain.fromHostedZoneAttributes({
    hostedZoneId: 'Z0123456789EXAMPLE',
    zoneName: 'example.com',
    recordName: 'a'.repeat(60),
  });
  expect(() => synthesize({ domain: long })).toThrow(
    "HG0105: 'domain' must have a name of at most 64 characters to be the first of a certificate, got 72",
  );
});

test('countries can be kept out, and edge locations left out', () => {
  const { template } = synthesize({
    geoRestriction: cloudfront.GeoRestriction.denylist('KP'),
    priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: Match.objectLike({
      PriceClass: 'PriceClass_100',
      Restrictions: { GeoRestriction: { RestrictionType: 'blacklist', Locations: ['KP'] } },
    }),
  });
});
