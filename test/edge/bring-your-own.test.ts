import { App, type IPropertyInjector, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LogBucket, ServiceDomain } from '../../lib/core';
import { CacheRule, EdgeDistribution, type EdgeDistributionProps } from '../../lib/edge';
import { WebAcl, WebAclScope } from '../../lib/waf';

const domain = ServiceDomain.fromHostedZoneAttributes({
  hostedZoneId: 'Z0123456789EXAMPLE',
  zoneName: 'example.com',
  recordName: 'shop',
});
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1234';

function synthesize(propsIn: (stack: Stack) => Partial<EdgeDistributionProps>, injectors?: IPropertyInjector[]) {
  const stack = new Stack(new App({ propertyInjectors: injectors }), 'Stack');
  const edge = new EdgeDistribution(stack, 'Edge', { domain, ...propsIn(stack) });
  const template = Template.fromStack(stack);
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  return { edge, stack, template, config: distribution?.Properties.DistributionConfig };
}

const bucketOrigin = (stack: Stack) => origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Assets'));

describe('a behavior that is added later', () => {
  const later = (stack: Stack) => CacheRule.staticAssets('/late/*', { origin: bucketOrigin(stack) });

  test('comes after the others, on an origin that stands in the stack of the edge', () => {
    const stack = new Stack(new App(), 'Stack');
    const behaviors = [CacheRule.readOnly('/catalog/*')];
    new EdgeDistribution(stack, 'Edge', { domain, behaviors }).addBehavior(later(stack));
    const [distribution] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::Distribution'));
    const { CacheBehaviors } = distribution!.Properties.DistributionConfig;
    expect(CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toEqual([
      '/catalog/*',
      '/late/*',
    ]);
  });

  test('is checked together with the others', () => {
    const stack = new Stack(new App(), 'Stack');
    const edge = new EdgeDistribution(stack, 'Edge', { domain, behaviors: [CacheRule.readOnly('/*')] });
    expect(() => edge.addBehavior(later(stack))).toThrow(
      "HG6004: 'behaviors' names '/*' before '/late/*', which would never match",
    );
  });
});

describe('an origin', () => {
  test.each([
    ['cached', CacheRule.staticAssets],
    ['read', CacheRule.readOnly],
    ['written to', CacheRule.dynamic],
  ])('that is a bucket, %s, never gets the Host of the viewer', (_, rule) => {
    const { config, template } = synthesize((stack) => ({
      behaviors: [rule('/files/*', { origin: bucketOrigin(stack) })],
    }));
    const [{ TargetOriginId, CachePolicyId, OriginRequestPolicyId }] = config.CacheBehaviors;
    const target = config.Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);
    expect(target).toMatchObject({ S3OriginConfig: {}, OriginAccessControlId: expect.anything() });
    if (rule === CacheRule.staticAssets) {
      const [id] = Object.keys(template.findResources('AWS::CloudFront::CachePolicy'));
      expect([CachePolicyId, OriginRequestPolicyId]).toEqual([{ Ref: id }, undefined]);
      template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          ParametersInCacheKeyAndForwardedToOrigin: {
            HeadersConfig: { HeaderBehavior: 'none', Headers: Match.absent() },
          },
        },
      });
    } else {
      expect([CachePolicyId, OriginRequestPolicyId]).toEqual([CACHING_DISABLED, ALL_VIEWER_EXCEPT_HOST]);
    }
  });

  test('shared by two rules is one origin', () => {
    const { config } = synthesize((stack) => {
      const origin = bucketOrigin(stack);
      return { behaviors: [CacheRule.staticAssets('/a/*', { origin }), CacheRule.readOnly('/b/*', { origin })] };
    });
    expect(config.Origins).toHaveLength(2);
  });

  test('that is a group may be read', () => {
    const { config } = synthesize((stack) => ({
      behaviors: [
        CacheRule.readOnly('/files/*', {
          origin: new origins.OriginGroup({
            primaryOrigin: bucketOrigin(stack),
            fallbackOrigin: new origins.HttpOrigin('files.example.com'),
          }),
        }),
      ],
    }));
    expect(config.CacheBehaviors[0].TargetOriginId).toBe(config.OriginGroups.Items[0].Id);
  });
});

describe('a behavior of the L2', () => {
  test('is taken as it is', () => {
    const { config } = synthesize(() => ({
      behaviors: [
        CacheRule.of('/raw/*', {
          origin: new origins.HttpOrigin('raw.example.com', { originId: 'raw' }),
          viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
          cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
          compress: false,
        }),
      ],
    }));
    expect(config.CacheBehaviors).toEqual([
      {
        PathPattern: '/raw/*',
        TargetOriginId: 'raw',
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        Compress: false,
      },
    ]);
  });

  test('may write to an origin that is no group', () => {
    const { config } = synthesize(() => ({
      behaviors: [
        CacheRule.of('/raw/*', {
          origin: new origins.HttpOrigin('raw.example.com'),
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        }),
      ],
    }));
    expect(config.CacheBehaviors[0].AllowedMethods).toContain('POST');
  });
});

test('a certificate is used in place of a new one, however long the name', () => {
  const { edge, template, config } = synthesize((stack) => ({
    domain: ServiceDomain.fromHostedZoneAttributes({
      hostedZoneId: 'Z0123456789EXAMPLE',
      zoneName: 'example.com',
      recordName: 'a'.repeat(60),
    }),
    certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE),
  }));
  expect(config.ViewerCertificate.AcmCertificateArn).toBe(CERTIFICATE);
  expect(edge.certificate.certificateArn).toBe(CERTIFICATE);
  template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
});

test('fails with a certificate of another Region', () => {
  const arn = CERTIFICATE.replace('us-east-1', 'eu-west-1');
  expect(() =>
    synthesize((stack) => ({ certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', arn) })),
  ).toThrow('must be in the us-east-1 region and the certificate you provided is in eu-west-1');
});

test('a web ACL is used in place of a new one', () => {
  const { edge, template, config, stack } = synthesize((scope) => ({
    webAcl: new WebAcl(scope, 'Own', { webAclScope: WebAclScope.CLOUDFRONT }),
  }));
  template.resourceCountIs('AWS::WAFv2::WebACL', 1);
  expect(config.WebACLId).toEqual(stack.resolve(edge.webAcl.webAclArn));
});

test('a log bucket is used in place of a new one', () => {
  const { template, config } = synthesize((stack) => ({
    logBucket: new LogBucket(stack, 'Own', { acceptsCloudFrontLogs: true }),
  }));
  const [id, ...more] = Object.keys(template.findResources('AWS::S3::Bucket'));
  expect(more).toEqual([]);
  expect(config.Logging.Bucket).toEqual({ 'Fn::GetAtt': [id, 'RegionalDomainName'] });
});

describe('a property injector', () => {
  const injector = (constructUniqueId: string, changes: object): IPropertyInjector => ({
    constructUniqueId,
    inject: (props) => ({ ...props, ...changes }),
  });

  test('under our id reaches the edge', () => {
    const { config } = synthesize(
      () => ({}),
      [injector(EdgeDistribution.PROPERTY_INJECTION_ID, { priceClass: cloudfront.PriceClass.PRICE_CLASS_200 })],
    );
    expect(config.PriceClass).toBe('PriceClass_200');
  });

  test('under the id of the L2 reaches the distribution', () => {
    const { config } = synthesize(
      () => ({}),
      [injector(cloudfront.Distribution.PROPERTY_INJECTION_ID, { defaultRootObject: 'index.html' })],
    );
    expect(config.DefaultRootObject).toBe('index.html');
  });
});
