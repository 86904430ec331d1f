import { synthesizeAsDocumented } from './synthesized';

const { stack, resources, target } = synthesizeAsDocumented('edge-alone');
const [distribution] = resources('Edge', 'AWS::CloudFront::Distribution');
const config = distribution!.Properties.DistributionConfig;

test('the distribution has the origins that the README names', () => {
  expect(config.Origins.map(({ DomainName }: { DomainName: string }) => DomainName).sort()).toEqual([
    'legacy.example.com',
    'origin.shop.example.com',
  ]);
});

test('every request goes to the origin that exists', () => {
  const origin = config.Origins.find(({ DomainName }: { DomainName: string }) => DomainName === 'legacy.example.com');
  const behaviors = config.CacheBehaviors.map(({ PathPattern, TargetOriginId }: Record<string, string>) => [
    PathPattern,
    TargetOriginId,
  ]);
  expect(behaviors).toEqual([
    ['/static/*', origin.Id],
    ['/*', origin.Id],
  ]);
  expect(origin.CustomOriginConfig).toMatchObject({
    OriginProtocolPolicy: 'https-only',
    OriginSSLProtocols: ['TLSv1.2'],
  });
});

test('the origin is asked by its own name, with every method, and nothing but static files is kept', () => {
  const [files, all] = config.CacheBehaviors;
  expect(all.AllowedMethods).toContain('POST');
  // Of https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/: CachingDisabled, and AllViewerExceptHostHeader.
  expect([all.CachePolicyId, all.OriginRequestPolicyId]).toEqual([
    '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  ]);
  expect(files.AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS']);
  expect(resources('Edge', 'AWS::CloudFront::CachePolicy')).toHaveLength(1);
  expect(files.OriginRequestPolicyId).toBeUndefined();
});

test('a web ACL of us-east-1 stands before it', () => {
  expect(stack('Edge').region).toBe('us-east-1');
  expect(resources('Edge', 'AWS::WAFv2::WebACL').map(({ Properties }) => Properties.Scope)).toEqual(['CLOUDFRONT']);
  expect(target('Edge', config.WebACLId)).toBe('Edge: WebAcl');
});

test('the name leads to the distribution, over IPv4 and IPv6', () => {
  const records = resources('Edge', 'AWS::Route53::RecordSet').map(({ Properties }) => [
    Properties.Name,
    Properties.Type,
    target('Edge', Properties.AliasTarget.DNSName),
  ]);
  expect(records.sort()).toEqual([
    ['shop.example.com.', 'A', 'Edge: Distribution'],
    ['shop.example.com.', 'AAAA', 'Edge: Distribution'],
  ]);
});

test('the template is as it was', () => {
  expect(stack('Edge').template).toMatchSnapshot();
});
