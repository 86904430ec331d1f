import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { ServiceDomain } from '../../lib/core';
import { type CachedOptions, CacheRule, EdgeDistribution } from '../../lib/edge';

const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });

function policiesOf(behaviors: CacheRule[], id = 'Edge') {
  const stack = new Stack(new App(), 'Stack');
  new EdgeDistribution(stack, id, { domain, behaviors });
  const template = Template.fromStack(stack);
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  const used: Record<string, string> = {};
  for (const { PathPattern, CachePolicyId } of distribution?.Properties.DistributionConfig.CacheBehaviors ?? []) {
    used[PathPattern] = CachePolicyId.Ref ?? CachePolicyId;
  }
  return { policies: template.findResources('AWS::CloudFront::CachePolicy'), used };
}

const ttlsOf = (options: CachedOptions) => {
  const [policy] = Object.values(policiesOf([CacheRule.staticAssets('/a', options)]).policies);
  const { MinTTL, DefaultTTL, MaxTTL } = policy?.Properties.CachePolicyConfig ?? {};
  return [MinTTL, DefaultTTL, MaxTTL];
};

describe('times to live', () => {
  test.each<[CachedOptions, number[]]>([
    [{}, [0, 86_400, 31_536_000]],
    [{ defaultTtl: Duration.minutes(5) }, [0, 300, 31_536_000]],
    [{ defaultTtl: Duration.hours(1), maxTtl: Duration.hours(1) }, [0, 3_600, 3_600]],
    [{ defaultTtl: Duration.seconds(0), maxTtl: Duration.seconds(1) }, [0, 0, 1]],
  ])('of %j', (options, expected) => {
    expect(ttlsOf(options)).toEqual(expected);
  });

  test('fails when the default is above the maximum', () => {
    const options = { defaultTtl: Duration.minutes(2), maxTtl: Duration.minutes(1) };
    expect(() => CacheRule.staticAssets('/a', options)).toThrow(
      "HG6002: 'defaultTtl' must not be above 'maxTtl', got 120 s and 60 s: raise 'maxTtl'",
    );
  });

  test('fails when the maximum is below the default that was left out', () => {
    expect(() => CacheRule.staticAssets('/a', { maxTtl: Duration.hours(1) })).toThrow('got 86400 s and 3600 s');
  });

  test('fails when nothing is kept', () => {
    const none = Duration.seconds(0);
    expect(() => CacheRule.staticAssets('/a', { defaultTtl: none, maxTtl: none })).toThrow(
      "HG6006: 'maxTtl' must be at least 1 second, got 0 s: CloudFront refuses a cache key with headers and query strings when nothing is kept (CF-11); use CacheRule.readOnly()",
    );
  });
});

describe('cache policies', () => {
  const two = Duration.minutes(2);

  test('are one for all rules that choose alike, so that many rules fit into an account', () => {
    const many = Array.from({ length: 74 }, (_, index) => CacheRule.staticAssets(`/${index}/*`));
    const { policies, used } = policiesOf(many);
    expect(Object.keys(policies)).toHaveLength(1);
    expect(new Set(Object.values(used))).toEqual(new Set(Object.keys(policies)));
  });

  test('differ with the times to live, and with whether the Host is in the key', () => {
    const origin = new origins.HttpOrigin('files.example.com');
    const { policies } = policiesOf([
      CacheRule.staticAssets('/a'),
      CacheRule.staticAssets('/b', { defaultTtl: two }),
      CacheRule.staticAssets('/c', { defaultTtl: two, maxTtl: two }),
      CacheRule.staticAssets('/d', { origin }),
    ]);
    const configs = Object.values(policies).map(({ Properties }) => Properties.CachePolicyConfig);
    expect(configs).toHaveLength(4);
    expect(new Set(configs.map(({ Name }) => Name)).size).toBe(4);
  });

  test('stay the same when a rule is added in front, taken away, or moved', () => {
    const b = CacheRule.staticAssets('/b', { defaultTtl: two });
    const c = CacheRule.staticAssets('/c');
    const before = policiesOf([b, c]);
    const front = CacheRule.staticAssets('/a', { defaultTtl: Duration.minutes(9) });
    const after = policiesOf([front, c, b]);
    expect(after.used).toMatchObject(before.used);
    for (const id of Object.keys(before.policies)) expect(after.policies[id]).toEqual(before.policies[id]);
    expect(policiesOf([c]).used).toEqual({ '/c': before.used['/c'] });
  });

  test('have names of their own however long their edge is called', () => {
    const { policies } = policiesOf(
      [CacheRule.staticAssets('/a'), CacheRule.staticAssets('/b', { defaultTtl: two })],
      'EdgeOfAServiceWithALongName',
    );
    const names = Object.values(policies).map(({ Properties }) => JSON.stringify(Properties.CachePolicyConfig.Name));
    expect(new Set(names).size).toBe(2);
  });

  test('are none when nothing is cached', () => {
    const { policies } = policiesOf([CacheRule.readOnly('/a'), CacheRule.dynamic('/b')]);
    expect(policies).toEqual({});
  });
});

describe('patterns', () => {
  const origin = new origins.HttpOrigin('raw.example.com');
  const factories: [string, (pattern: string) => CacheRule][] = [
    ['staticAssets', (pattern) => CacheRule.staticAssets(pattern)],
    ['readOnly', (pattern) => CacheRule.readOnly(pattern)],
    ['dynamic', (pattern) => CacheRule.dynamic(pattern)],
    ['of', (pattern) => CacheRule.of(pattern, { origin })],
  ];

  test.each(factories)('of %s have up to 255 characters', (_, factory) => {
    expect(() => factory('a')).not.toThrow();
    expect(() => factory('a'.repeat(255))).not.toThrow();
  });

  test('fails with the pattern of the default behavior', () => {
    expect(() => CacheRule.readOnly('*')).toThrow(
      "HG6001: 'pathPattern' must be another one than that of the default behavior, got '*' (CF-1): write '/*' for every path",
    );
  });

  test.each(factories)('fails with no or 256 characters for %s', (_, factory) => {
    for (const length of [0, 256]) {
      expect(() => factory('a'.repeat(length))).toThrow(
        `HG6001: 'pathPattern' must have 1 to 255 characters, got ${length} (CF-1): shorten it with a wildcard`,
      );
    }
  });
});
