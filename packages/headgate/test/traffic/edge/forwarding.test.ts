import { UNTOLD } from '../../../lib/traffic/untold';
import { behavior, distribution, edgeEnds, origin, originRequest } from '../../support/edge';
import { trafficOf } from '../../support/traffic';

const options = {
  url: 'https://shop.example.com/x?b=2&a=1&a=3',
  headers: { 'X-Mine': '1', Accept: 'text/html', 'Content-Type': 'text/plain', Origin: 'https://example.com' },
  cookies: { session: 's', other: 'o' },
  clientCountry: 'DE',
};

function sent(settings: object, resources: object = {}) {
  const request = originRequest(
    {
      Dist: distribution({
        DefaultCacheBehavior: { TargetOriginId: 'a', ViewerProtocolPolicy: 'allow-all', ...settings },
      }),
      ...resources,
    },
    options,
  );
  return { query: request.query, host: request.host, ...Object.fromEntries(request.headers) };
}

const ADDED = { 'x-forwarded-for': UNTOLD, via: `${UNTOLD}.cloudfront.net (CloudFront)`, 'x-amz-cf-id': UNTOLD };
const ALWAYS = { host: 'a.example.net', 'content-type': 'text/plain', 'user-agent': 'Amazon CloudFront', ...ADDED };

test('a cache policy alone takes what is in its key', () => {
  const parts = {
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Mine', 'CloudFront-Viewer-Country'] },
    CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['session'] },
    QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['a'] },
  };
  const policy = {
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: { CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: parts } },
  };
  expect(sent({ CachePolicyId: { Ref: 'Policy' } }, { Policy: policy })).toEqual({
    ...ALWAYS,
    query: 'a=1&a=3',
    'x-mine': '1',
    cookie: 'session=s',
    'cloudfront-viewer-country': 'DE',
  });
});

test('nothing is cached if the longest time to live is 0', () => {
  const config = { MaxTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {} };
  const policy = { Type: 'AWS::CloudFront::CachePolicy', Properties: { CachePolicyConfig: config } };
  const dist = distribution({ DefaultCacheBehavior: behavior('a', { CachePolicyId: { Ref: 'Policy' } }) });
  const [end] = edgeEnds({ Dist: dist, Policy: policy }, options);
  expect(end!.trace.find(({ hop }) => hop === 'cache')!.because).toBe('nothing is cached');
});

test('an origin request policy takes more than the key', () => {
  const policy = {
    Type: 'AWS::CloudFront::OriginRequestPolicy',
    Properties: {
      OriginRequestPolicyConfig: {
        HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Accept', 'Host'] },
        CookiesConfig: { CookieBehavior: 'allExcept', Cookies: ['session'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    },
  };
  const behind = { CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6', OriginRequestPolicyId: { Ref: 'Policy' } };
  expect(sent(behind, { Policy: policy })).toEqual({
    ...ADDED,
    host: 'a.example.net',
    query: 'b=2&a=1&a=3',
    'content-type': 'text/plain',
    'x-mine': '1',
    origin: 'https://example.com',
    cookie: 'other=o',
  });
});

test('ForwardedValues pass headers that they do not list, except a few', () => {
  expect(sent({ ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } } })).toEqual({
    ...ALWAYS,
    query: undefined,
    'x-mine': '1',
    origin: 'https://example.com',
  });
  const all = { QueryString: true, QueryStringCacheKeys: ['a'], Headers: ['*'], Cookies: { Forward: 'all' } };
  expect(sent({ ForwardedValues: all })).toMatchObject({
    query: 'b=2&a=1&a=3',
    host: 'shop.example.com',
    accept: 'text/html',
    cookie: 'session=s; other=o',
  });
});

test('custom headers of the origin win over those of the viewer', () => {
  const headers = [{ HeaderName: 'X-Mine', HeaderValue: 'the origin' }];
  const dist = distribution({ Origins: [origin('a', { OriginCustomHeaders: headers })] });
  expect(originRequest({ Dist: dist }, options).header('x-mine')).toBe('the origin');
});

test('requests without headers share one mapping', () => {
  const traffic = trafficOf({
    Dist: distribution({ DefaultCacheBehavior: behavior('a', { OriginRequestPolicyId: null }) }),
  });
  const headers = () => traffic.request({ url: options.url }).outcomes[0]!.passage.request.headers;
  expect(Object.fromEntries(headers())).toEqual({ ...ADDED, 'user-agent': 'Amazon CloudFront' });
  expect(headers()).toBe(headers());
});

test('Authorization passes with writing methods only', () => {
  const config = {
    OriginRequestPolicyId: null,
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  };
  const dist = distribution({ DefaultCacheBehavior: behavior('a', config) });
  const authorized = (method: string) =>
    originRequest({ Dist: dist }, { url: options.url, method, headers: { Authorization: 'x' } }).header(
      'authorization',
    );
  expect(authorized('GET')).toBeUndefined();
  expect(authorized('POST')).toBe('x');
});

test('what CloudFront itself says of the viewer and the connection cannot be forged', () => {
  const headers = {
    'CloudFront-Viewer-Country': 'XX',
    'X-Edge-Location': 'XX',
    'X-Forwarded-Proto': 'https',
    'X-Real-IP': '192.0.2.1',
    'X-Mine': '1',
  };
  const request = originRequest({ Dist: distribution() }, { url: options.url, headers });
  expect(Object.fromEntries(request.headers)).toEqual({ ...ADDED, 'x-mine': '1' });
});

test('ForwardedValues with every header are never cached', () => {
  const cached = (...Headers: readonly string[]) => {
    const config = { TargetOriginId: 'a', ViewerProtocolPolicy: 'allow-all', ForwardedValues: { Headers } };
    const [end] = edgeEnds({ Dist: distribution({ DefaultCacheBehavior: config }) }, options);
    return end!.trace.find(({ hop }) => hop === 'cache')!.because;
  };
  expect(cached('*')).toBe('nothing is cached');
  expect(cached('X-Mine')).toBe('a miss goes on; the key is the path, headers x-mine');
});

test('a policy that is not in the templates takes nothing, with a warning', () => {
  const dist = distribution({ DefaultCacheBehavior: behavior('a', { CachePolicyId: 'somewhere-else' }) });
  const [end] = edgeEnds({ Dist: dist }, options);
  expect(end!.quality).toBe('undocumented');
  expect(end!.warnings.join()).toContain('CachePolicyId somewhere-else');
});

const cachePolicy = (parts: unknown) => ({
  CachePolicy: {
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: { CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: parts } },
  },
});

test.each([
  ['HeadersConfig', { HeadersConfig: { Ref: 'X' } }],
  ['HeadersConfig.HeaderBehavior', { HeadersConfig: { HeaderBehavior: { Ref: 'X' } } }],
  ['CookiesConfig.Cookies', { CookiesConfig: { CookieBehavior: 'whitelist', Cookies: { Ref: 'X' } } }],
  [
    'QueryStringsConfig.QueryStrings',
    { QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['a', { Ref: 'X' }] } },
  ],
  ['ParametersInCacheKeyAndForwardedToOrigin', { Ref: 'X' }],
])('a policy of which not all is known takes what is known along, with a warning: %s', (property, parts) => {
  const dist = distribution({ DefaultCacheBehavior: behavior('a', { CachePolicyId: { Ref: 'CachePolicy' } }) });
  const [end] = edgeEnds({ Dist: dist, ...cachePolicy(parts) }, options);
  expect(end!.quality).toBe('undocumented');
  expect(end!.warnings.join()).toContain(`${property}: what the policy says isn't known`);
});

test('ForwardedValues that are not known are said so', () => {
  const config = { TargetOriginId: 'a', ViewerProtocolPolicy: 'allow-all', ForwardedValues: { Ref: 'X' } };
  const [end] = edgeEnds({ Dist: distribution({ DefaultCacheBehavior: config }) }, options);
  expect([end!.quality, end!.warnings.join()]).toEqual(['undocumented', expect.stringContaining('ForwardedValues')]);
});
