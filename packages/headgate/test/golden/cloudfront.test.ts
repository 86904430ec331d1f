import { compileDistribution } from '../../lib/traffic/edge';
import { endsOf } from '../../lib/traffic/hop';
import { Passage } from '../../lib/traffic/passage';
import { readRequest } from '../../lib/traffic/request';
import { answering, behavior, distribution, edgeEnds, endingWith, origin, originGroup } from '../support/edge';
import { golden } from '../support/golden';
import { ends, factsOf, trafficOf } from '../support/traffic';
import { worldOf } from '../support/world';

const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';
const url = 'https://shop.example.com/';

/** A record of a name: an alias, or a CNAME. */
function recordOf(Name: string, Type: 'A' | 'CNAME', target: unknown): object {
  const leads =
    Type === 'CNAME'
      ? { TTL: '60', ResourceRecords: [target] }
      : { AliasTarget: { DNSName: target, HostedZoneId: 'Z2FDTNDATAQYW2' } };
  return { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneName: 'example.com.', Name, Type, ...leads } };
}

function answerTo(path: string, patterns: readonly string[]) {
  const config = { CacheBehaviors: patterns.map((PathPattern) => behavior('b', { PathPattern })) };
  const answer = trafficOf({ Dist: distribution(config) }).request({ url: `https://shop.example.com${path}` });
  return { answer, covered: answer.outcomes[0]!.covered };
}

golden(
  'CF-1',
  `${GUIDE}/DownloadDistValuesCacheBehavior.html`,
  'the first of images/*.jpg, images/* and *.gif that matches decides, not the best one',
  () => {
    const patterns = ['images/*.jpg', 'images/*', '*.gif'];
    expect(answerTo('/images/sample.gif', patterns).covered).toEqual(['Stack/Dist behavior 1']);
    expect(answerTo('/images/a/sample.jpg', patterns).covered).toEqual(['Stack/Dist behavior 0']);
    expect(answerTo('/sample.gif', patterns).covered).toEqual(['Stack/Dist behavior 2']);
    expect(answerTo('/sample.jpg', patterns).covered).toEqual(['Stack/Dist default']);
    expect(answerTo('/index.html', patterns).covered).toEqual(['Stack/Dist default']);
    expect(factsOf(answerTo('/sample.gif', patterns).answer)).toContain('CF-1');
  },
);

golden('CF-1', `${GUIDE}/DownloadDistValuesCacheBehavior.html`, '*.jpg does not match LOGO.JPG', () => {
  expect(answerTo('/LOGO.JPG', ['*.jpg']).covered).toEqual(['Stack/Dist default']);
  expect(answerTo('/deep/er/logo.jpg', ['*.jpg']).covered).toEqual(['Stack/Dist behavior 0']);
});

golden(
  'CF-1',
  `${GUIDE}/DownloadDistValuesCacheBehavior.html`,
  '/a/b?c=1 matches /a/b*, and /a/b/..?c=1 matches /a*; the query is never looked at',
  () => {
    expect(answerTo('/a/b?c=1', ['/a/b*', '/a*']).covered).toEqual(['Stack/Dist behavior 0']);
    expect(answerTo('/a/b/..?c=1', ['/a/b*', '/a*']).covered).toEqual(['Stack/Dist behavior 1']);
    expect(answerTo('/x?y=/a/b', ['/a/b*', '/a*', '*=*']).covered).toEqual(['Stack/Dist default']);
  },
);

golden(
  'CF-1',
  `${GUIDE}/DownloadDistValuesCacheBehavior.html`,
  'a path that a client sends as it is, is normalised for the patterns and not for the origin',
  () => {
    const CacheBehaviors = ['/a/b*', '/a*'].map((PathPattern) => behavior('b', { PathPattern }));
    const world = worldOf({ Dist: distribution({ CacheBehaviors }) });
    const sent = (path: string) => {
      const request = readRequest({ url }).with({ path });
      const [end] = endsOf(compileDistribution(world.at('Dist'), world), Passage.start(request));
      return [end!.covered.at(-1), end!.passage.request.path];
    };
    expect(sent('/a/b/..')).toEqual(['Stack/Dist behavior 1', '/a/b/..']);
    expect(sent('/a/./b')).toEqual(['Stack/Dist behavior 0', '/a/./b']);
    expect(sent('//a//b')).toEqual(['Stack/Dist behavior 0', '//a//b']);
    expect(sent('/%61/b')).toEqual(['Stack/Dist behavior 0', '/%61/b']);
    expect(sent('/a%2Fb')).toEqual(['Stack/Dist behavior 1', '/a%2Fb']);
  },
);

golden('CF-1', `${GUIDE}/DefaultRootObject.html`, 'for / the origin is asked for the default root object', () => {
  const asked = (path: string, more: object = {}) => {
    const Dist = distribution({ DefaultRootObject: 'index.html', ...more });
    return trafficOf({ Dist }).request({ url: `https://shop.example.com${path}` }).outcomes[0]!;
  };
  expect(asked('/').passage.request.path).toBe('/index.html');
  expect(asked('/').quality).toBe('exact');
  expect(asked('/install/').passage.request.path).toBe('/install/');
  expect(asked('/', { DefaultRootObject: '' }).passage.request.path).toBe('/');
  const CacheBehaviors = [behavior('b', { PathPattern: '/index.html' })];
  expect(asked('/', { CacheBehaviors })).toMatchObject({ destination: { id: 'a' }, quality: 'undocumented' });
});

golden(
  'CF-2',
  `${GUIDE}/understanding-the-cache-key.html`,
  'headers, cookies and query parameters are in the key where a cache policy names them',
  () => {
    const key = (parts: object) => {
      const traffic = trafficOf({
        Dist: distribution({ DefaultCacheBehavior: behavior('a', { CachePolicyId: { Ref: 'Policy' } }) }),
        Policy: {
          Type: 'AWS::CloudFront::CachePolicy',
          Properties: {
            CachePolicyConfig: { Name: 'p', MinTTL: 1, ParametersInCacheKeyAndForwardedToOrigin: parts },
          },
        },
      });
      return traffic.request({ url }).outcomes[0]!.trace.find(({ hop }) => hop === 'cache')!.because;
    };
    const none = {
      EnableAcceptEncodingGzip: false,
      HeadersConfig: { HeaderBehavior: 'none' },
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    };
    expect(key(none)).toBe('a miss goes on; the key is the path');
    const some = {
      EnableAcceptEncodingGzip: false,
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Tenant'] },
      CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['session'] },
      QueryStringsConfig: { QueryStringBehavior: 'allExcept', QueryStrings: ['utm'] },
    };
    for (const name of ['x-tenant', 'session', 'utm']) expect(key(some)).toContain(name);
  },
);

golden(
  'CF-2',
  `${GUIDE}/understanding-the-cache-key.html`,
  'the key is the path, until a policy adds to it; the model follows the miss',
  () => {
    const optimized = behavior('a', { CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' });
    const answer = trafficOf({ Dist: distribution({ DefaultCacheBehavior: optimized }) }).request({ url });
    expect(answer.outcomes[0]!.trace.find(({ hop }) => hop === 'cache')).toMatchObject({
      because: 'a miss goes on; the key is the path, headers accept-encoding',
      facts: ['CF-2'],
    });
    expect(answer.outcomes[0]!.quality).toBe('exact');
  },
);

golden('CF-2', `${GUIDE}/understanding-the-cache-key.html`, 'GET and HEAD are cached, OPTIONS if it is listed', () => {
  const at = (method: string, CachedMethods?: readonly string[]) => {
    const optimized = behavior('a', {
      CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      ...(CachedMethods === undefined ? {} : { CachedMethods }),
    });
    const answer = trafficOf({ Dist: distribution({ DefaultCacheBehavior: optimized }) }).request({ url, method });
    return answer.outcomes[0]!.trace.find(({ hop }) => hop === 'cache')!.facts;
  };
  expect(at('GET')).toEqual(['CF-2']);
  expect(at('HEAD')).toEqual(['CF-2']);
  expect(at('OPTIONS')).toEqual(['CF-11']);
  expect(at('OPTIONS', ['GET', 'HEAD', 'OPTIONS'])).toEqual(['CF-2']);
});

golden(
  'WAF-1',
  `${GUIDE}/distribution-web-awswaf.html`,
  'a web ACL decides before the behavior, the cache and the origin',
  () => {
    const optimized = behavior('a', {
      CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    const traffic = (action: object) =>
      trafficOf({
        Dist: distribution({ WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] }, DefaultCacheBehavior: optimized }),
        Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'CLOUDFRONT', DefaultAction: action } },
      });
    const blocked = traffic({ Block: {} }).request({ url: 'http://shop.example.com/', entry: 'Dist' });
    expect(ends(blocked)).toEqual(['1 blocked Acl 403']);
    expect(factsOf(blocked)).toContain('WAF-1');
    const hops = traffic({ Allow: {} })
      .request({ url, entry: 'Dist' })
      .outcomes[0]!.trace.map(({ hop }) => hop);
    expect(hops.indexOf('web-acl')).toBeGreaterThan(-1);
    expect(hops.indexOf('web-acl')).toBeLessThan(hops.indexOf('cache'));
  },
);

const failover = `${GUIDE}/high_availability_origin_failover.html`;
const grouped = (...statuses: readonly number[]) =>
  distribution({ OriginGroups: originGroup(...statuses), DefaultCacheBehavior: behavior('group') });

golden(
  'CF-3',
  failover,
  'a status among the criteria makes CloudFront ask the second origin, any other is served',
  () => {
    const traffic = trafficOf({ Dist: grouped(500, 502, 503) });
    expect(ends(traffic.request({ url }))).toEqual(['1 origin a']);
    const failed = traffic.given('origin=a:503').request({ url });
    expect(ends(failed)).toEqual(['1 origin b']);
    expect(factsOf(failed)).toContain('CF-3');
    expect(ends(traffic.given('origin=a:504').request({ url }))).toEqual(['1 error a 504']);
    expect(ends(traffic.given('origin=a:503', 'origin=b:500').request({ url }))).toEqual(['1 error b 500']);
  },
);

golden('CF-3', failover, 'only GET, HEAD and OPTIONS fail over', () => {
  const config = { AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] };
  const dist = distribution({ OriginGroups: originGroup(503), DefaultCacheBehavior: behavior('group', config) });
  const traffic = trafficOf({ Dist: dist }).given('origin=a:503');
  expect(ends(traffic.request({ url, method: 'HEAD' }))).toEqual(['1 origin b']);
  const options = traffic.request({ url, method: 'OPTIONS' });
  expect(ends(options)).toEqual(['1 origin b']);
  expect(options.warnings.join()).toContain("isn't documented in one way");
  expect(ends(traffic.request({ url, method: 'POST' }))).toEqual(['1 error a 503']);
});

golden('CF-3', failover, 'an origin that cannot be connected to counts as 503, and is a 504 for the viewer', () => {
  const members = [origin('a', { DomainName: 'dead.example.com' }), origin('b')];
  const behind = { names: { 'dead.example.com': endingWith('error', 'Lb') } };
  const endOf = (...statuses: readonly number[]) => {
    const config = {
      Origins: members,
      OriginGroups: originGroup(...statuses),
      DefaultCacheBehavior: behavior('group'),
    };
    const [end] = edgeEnds({ Dist: distribution(config) }, { url }, behind);
    return [end!.destination.type, end!.destination.id, end!.status];
  };
  expect(endOf(503)).toEqual(['origin', 'b', null]);
  expect(endOf(504)).toEqual(['error', 'a', 504]);
});

/** What becomes of a request whose first origin is a balancer that speaks HTTPS, asked over `scheme` on a port. */
function endAtBalancer(protocol: 'http' | 'https', port: number, ...statuses: readonly number[]) {
  const CustomOriginConfig = { OriginProtocolPolicy: `${protocol}-only`, HTTPPort: port, HTTPSPort: port };
  const isGroup = statuses.length > 0;
  const [outcome] = trafficOf({
    Dist: distribution({
      Origins: [origin('a', { DomainName: { 'Fn::GetAtt': ['Lb', 'DNSName'] }, CustomOriginConfig }), origin('b')],
      ...(isGroup ? { OriginGroups: originGroup(...statuses), DefaultCacheBehavior: behavior('group') } : {}),
    }),
    ...answering('internet-facing', '200', { Protocol: 'HTTP', Port: 8080 }),
  }).request({ url, entry: 'Dist' }).outcomes;
  const { destination, status, quality } = outcome!;
  return [destination.type, destination.id, status, quality];
}

golden(
  'CF-3',
  `${GUIDE}/http-502-bad-gateway.html`,
  'an origin with which no TLS comes about is a 502, for the viewer and for an origin group',
  () => {
    expect(endAtBalancer('http', 8080)).toEqual(['fixed-response', 'Listener', 200, 'exact']);
    expect(endAtBalancer('https', 8080)).toEqual(['error', 'a', 502, 'exact']);
    expect(endAtBalancer('https', 8080, 502)).toEqual(['origin', 'b', null, 'exact']);
    expect(endAtBalancer('https', 8080, 502, 503)).toEqual(['origin', 'b', null, 'exact']);
    expect(endAtBalancer('https', 8080, 504)).toEqual(['error', 'a', 502, 'exact']);
    expect(endAtBalancer('https', 8080, 503)).toEqual(['origin', 'b', null, 'undocumented']);
  },
);

golden(
  'CF-3',
  `${GUIDE}/http-502-bad-gateway.html`,
  'an origin that does not listen on its port is a 502 or a 504, and counts as 503 in an origin group',
  () => {
    expect(endAtBalancer('http', 9999)).toEqual(['error', 'a', 502, 'undocumented']);
    expect(endAtBalancer('http', 9999, 503)).toEqual(['origin', 'b', null, 'exact']);
    expect(endAtBalancer('http', 9999, 502)).toEqual(['origin', 'b', null, 'undocumented']);
    expect(endAtBalancer('http', 9999, 504)).toEqual(['origin', 'b', null, 'undocumented']);
    expect(endAtBalancer('http', 9999, 500)).toEqual(['error', 'a', 502, 'undocumented']);
  },
);

golden(
  'CF-3',
  `${GUIDE}/http-502-bad-gateway.html`,
  'an origin whose name is not in DNS is a 502 for the viewer',
  () => {
    const members = [origin('a', { DomainName: 'nowhere.example.com' }), origin('b')];
    const behind = { names: { 'nowhere.example.com': endingWith('no-answer', 'nowhere.example.com') } };
    const [end] = edgeEnds({ Dist: distribution({ Origins: members }) }, { url }, behind);
    expect([end!.destination.type, end!.destination.id, end!.status]).toEqual(['error', 'a', 502]);
  },
);

const deployment = `${GUIDE}/understanding-continuous-deployment.html`;
const deploying = (traffic: object) => ({
  Dist: distribution({ ContinuousDeploymentPolicyId: { Ref: 'Policy' } }),
  Staging: distribution({ Staging: true, DefaultCacheBehavior: behavior('b') }),
  Policy: {
    Type: 'AWS::CloudFront::ContinuousDeploymentPolicy',
    Properties: {
      ContinuousDeploymentPolicyConfig: {
        Enabled: true,
        StagingDistributionDnsNames: [{ 'Fn::GetAtt': ['Staging', 'DomainName'] }],
        TrafficConfig: traffic,
      },
    },
  },
});

golden('CF-4', deployment, 'a weight of 0.10 sends 10 % to the staging distribution, or less at peak times', () => {
  const traffic = trafficOf(deploying({ Type: 'SingleWeight', SingleWeightConfig: { Weight: 0.1 } }));
  const answer = traffic.request({ url, entry: 'Dist' });
  expect(ends(answer)).toEqual(['0.1 origin b', '0.9 origin a']);
  expect(answer.outcomes.map(({ quality, min, max }) => [quality, min, max])).toEqual([
    ['load-dependent', 0, 0.1],
    ['load-dependent', 0.9, 1],
  ]);
  expect(factsOf(answer)).toContain('CF-4');
});

golden('CF-4', deployment, 'a header with the value of the policy selects the staging distribution', () => {
  const config = { Header: 'aws-cf-cd-test', Value: 'yes' };
  const traffic = trafficOf(deploying({ Type: 'SingleHeader', SingleHeaderConfig: config }));
  const headers = { 'AWS-CF-CD-Test': 'yes' };
  const selected = traffic.request({ url, entry: 'Dist', headers });
  expect(ends(selected)).toEqual(['1 origin b']);
  expect(selected.outcomes[0]!.quality).toBe('load-dependent');
  for (const value of ['no', 'yes, no', '']) {
    const other = traffic.request({ url, entry: 'Dist', headers: { 'AWS-CF-CD-Test': value } });
    expect([value, ends(other)]).toEqual([value, ['1 origin a']]);
  }
  expect(ends(traffic.request({ url, entry: 'Dist' }))).toEqual(['1 origin a']);
});

golden('CF-4', deployment, 'viewers reach the staging distribution by the primary one alone', () => {
  const policy = { Type: 'SingleWeight', SingleWeightConfig: { Weight: 0.1 } };
  const direct = trafficOf(deploying(policy)).request({ url, entry: 'Staging' });
  expect(ends(direct)).toEqual(['1 error Staging']);
  expect(factsOf(direct)).toContain('CF-4');
});

golden('CF-11', `${GUIDE}/using-managed-cache-policies.html`, 'CachingDisabled caches nothing', () => {
  const answer = trafficOf({ Dist: distribution() }).request({ url });
  expect(answer.outcomes[0]!.trace.find(({ hop }) => hop === 'cache')).toMatchObject({
    because: 'nothing is cached',
    facts: ['CF-11'],
  });
});

golden(
  'CF-11',
  `${GUIDE}/using-managed-cache-policies.html`,
  'nor does a behavior whose times to live are all 0',
  () => {
    const ForwardedValues = { QueryString: true, Headers: ['Accept'] };
    const at = (MaxTTL: number) => {
      const config = {
        CachePolicyId: null,
        OriginRequestPolicyId: null,
        MinTTL: 0,
        DefaultTTL: 0,
        MaxTTL,
        ForwardedValues,
      };
      const answer = trafficOf({ Dist: distribution({ DefaultCacheBehavior: behavior('a', config) }) }).request({
        url,
      });
      return answer.outcomes[0]!.trace.find(({ hop }) => hop === 'cache')!.because;
    };
    expect(at(0)).toBe('nothing is cached');
    expect(at(60)).toBe('a miss goes on; the key is the path, headers accept, all query parameters');
  },
);

golden(
  'CF-12',
  `${GUIDE}/CNAMEs.html`,
  '*.example.com stands for www., product-name. and marketing.product-name.example.com, not for example.com',
  () => {
    const traffic = trafficOf({ Dist: distribution({ Aliases: ['*.example.com'] }) });
    const at = (host: string) => traffic.request({ url: `https://${host}/`, entry: 'Dist' });
    expect(ends(at('www.example.com'))).toEqual(['1 origin a']);
    expect(ends(at('marketing.product-name.example.com'))).toEqual(['1 origin a']);
    expect(ends(at('d111111abcdef8.cloudfront.net'))).toEqual(['1 origin a']);
    expect(ends(at('example.com'))).toEqual(['1 blocked Dist 403']);
    expect(ends(at('notexample.com'))).toEqual(['1 blocked Dist 403']);
    expect(factsOf(at('example.com'))).toContain('CF-12');
  },
);

golden('CF-12', `${GUIDE}/CNAMEs.html`, 'of distributions that overlap the one with the closer name serves', () => {
  const traffic = trafficOf({
    Wide: distribution({ Aliases: ['*.example.com'] }),
    Narrow: distribution({ Aliases: ['*.shop.example.com'], DefaultCacheBehavior: behavior('b') }),
    Exact: distribution({ Aliases: ['www.example.com'], DefaultCacheBehavior: behavior('b') }),
  });
  const at = (host: string) => traffic.request({ url: `https://${host}/`, entry: 'Wide' });
  expect(ends(at('eu.shop.example.com'))).toEqual(['1 origin b']);
  expect(ends(at('www.example.com'))).toEqual(['1 origin b']);
  expect(ends(at('other.example.com'))).toEqual(['1 origin a']);
  const narrow = traffic.request({ url: 'https://www.shop.example.com/', entry: 'Narrow' });
  expect(ends(narrow)).toEqual(['1 origin b']);
  expect(factsOf(narrow)).toContain('CF-12');
});

golden(
  'CF-12',
  `${GUIDE}/http-403-permission-denied.html`,
  'a distribution as the origin of another is refused',
  () => {
    const first = origin('a', { DomainName: { 'Fn::GetAtt': ['Second', 'DomainName'] } });
    const answer = trafficOf({ Dist: distribution({ Origins: [first] }), Second: distribution() }).request({
      url,
      entry: 'Dist',
    });
    expect(answer.outcomes[0]).toMatchObject({ status: 403, quality: 'undocumented' });
    const off = trafficOf({ Dist: distribution({ Enabled: false }) }).request({ url });
    expect(ends(off)).toEqual(['1 error Dist']);
    expect(off.outcomes[0]!.quality).toBe('undocumented');
  },
);

golden(
  'CF-13',
  `${GUIDE}/DownloadDistValuesCacheBehavior.html`,
  'a behavior takes GET and HEAD, or what it lists, and refuses other methods',
  () => {
    const at = (method: string, AllowedMethods?: readonly string[]) => {
      const config = AllowedMethods === undefined ? {} : { AllowedMethods };
      const traffic = trafficOf({ Dist: distribution({ DefaultCacheBehavior: behavior('a', config) }) });
      return ends(traffic.request({ url, method }));
    };
    for (const method of ['GET', 'HEAD']) expect(at(method)).toEqual(['1 origin a']);
    for (const method of ['OPTIONS', 'PUT', 'DELETE']) expect(at(method)).toEqual(['1 blocked Dist 403']);
    const three = ['GET', 'HEAD', 'OPTIONS'];
    expect(at('OPTIONS', three)).toEqual(['1 origin a']);
    expect(at('PUT', three)).toEqual(['1 blocked Dist 403']);
  },
);

golden(
  'CF-12',
  `${GUIDE}/http-403-permission-denied.html`,
  'a name in DNS that leads to a distribution without being one of its aliases is refused with 403',
  () => {
    const named = (type: 'A' | 'CNAME', Aliases: readonly unknown[] = []) =>
      trafficOf({
        Dist: distribution({ Aliases }),
        Name: recordOf('shop.example.com', type, { 'Fn::GetAtt': ['Dist', 'DomainName'] }),
      });
    expect(ends(named('CNAME').request({ url }))).toEqual(['1 blocked Dist 403']);
    expect(ends(named('A').request({ url }))).toEqual(['1 blocked Dist 403']);
    expect(ends(named('A', ['shop.example.com']).request({ url }))).toEqual(['1 origin a']);
    expect(ends(named('A', [{ Ref: 'Name' }]).request({ url }))).toEqual(['1 origin a']);
    // Who enters at the distribution asks what it does, whatever names it will have.
    expect(ends(named('A').request({ url, entry: 'Dist' }))).toEqual(['1 origin a']);
  },
);

golden(
  'CF-13',
  `${GUIDE}/using-https-viewers-to-cloudfront.html`,
  'HTTP is redirected with 301, or 307 for methods other than GET and HEAD, or refused',
  () => {
    const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
    const traffic = (policy: string) => {
      const config = { ViewerProtocolPolicy: policy, AllowedMethods: methods };
      return trafficOf({ Dist: distribution({ DefaultCacheBehavior: behavior('a', config) }) });
    };
    const http = 'http://shop.example.com/cart?id=1';
    const redirected = traffic('redirect-to-https').request({ url: http });
    expect(ends(redirected)).toEqual(['1 redirect Dist 301 https://shop.example.com/cart?id=1']);
    expect(factsOf(redirected)).toContain('CF-13');
    expect(ends(traffic('redirect-to-https').request({ url: http, method: 'POST' }))).toEqual([
      '1 redirect Dist 307 https://shop.example.com/cart?id=1',
    ]);
    expect(ends(traffic('redirect-to-https').request({ url: http, method: 'POST', httpVersion: '1.0' }))).toEqual([
      '1 blocked Dist 403',
    ]);
    expect(ends(traffic('https-only').request({ url: http }))).toEqual(['1 blocked Dist 403']);
    expect(ends(traffic('allow-all').request({ url: http }))).toEqual(['1 origin a']);
  },
);

golden(
  'CF-14',
  `${GUIDE}/georestrictions.html`,
  'an allow list with Liechtenstein refuses a viewer in Monaco with 403',
  () => {
    const restriction = { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['LI'] } };
    const traffic = trafficOf({ Dist: distribution({ Restrictions: restriction }) });
    const refused = traffic.request({ url, clientCountry: 'MC' });
    expect(ends(refused)).toEqual(['1 blocked Dist 403']);
    expect(factsOf(refused)).toContain('CF-14');
    expect(ends(traffic.request({ url, clientCountry: 'LI' }))).toEqual(['1 origin a']);
    const blocking = { GeoRestriction: { RestrictionType: 'blacklist', Locations: ['MC'] } };
    const others = trafficOf({ Dist: distribution({ Restrictions: blocking }) });
    expect(ends(others.request({ url, clientCountry: 'MC' }))).toEqual(['1 blocked Dist 403']);
    expect(ends(others.request({ url, clientCountry: 'LI' }))).toEqual(['1 origin a']);
    const unknown = traffic.request({ url });
    expect(ends(unknown)).toEqual(['1 origin a']);
    expect(unknown.outcomes[0]!.quality).toBe('bounded');
    expect(unknown.warnings).toHaveLength(1);
  },
);

golden(
  'CF-14, WAF-1',
  `${GUIDE}/georestrictions.html`,
  'the list of countries comes before a web ACL and before a redirect',
  () => {
    const Restrictions = { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['LI'] } };
    const DefaultCacheBehavior = behavior('a', { ViewerProtocolPolicy: 'redirect-to-https' });
    const traffic = trafficOf({
      Dist: distribution({ Restrictions, DefaultCacheBehavior, WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } }),
      Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'CLOUDFRONT', DefaultAction: { Block: {} } } },
    });
    const at = (clientCountry: string) => ends(traffic.request({ url, clientCountry, entry: 'Dist' }));
    expect(at('MC')).toEqual(['1 blocked Dist 403']);
    expect(at('LI')).toEqual(['1 blocked Acl 403']);
  },
);

golden(
  'CF-16',
  `${GUIDE}/GeneratingCustomErrorResponses.html`,
  'a page from another origin replaces an error; if the page fails too, its status is what the viewer gets',
  () => {
    const traffic = trafficOf({
      Dist: distribution({
        CacheBehaviors: [behavior('b', { PathPattern: '/4xx-errors/*' })],
        CustomErrorResponses: [{ ErrorCode: 500, ResponsePagePath: '/4xx-errors/down.html', ResponseCode: 200 }],
      }),
    }).given('origin=a:500');
    const replaced = traffic.request({ url });
    expect(ends(replaced)).toEqual(['1 error a 200']);
    expect(factsOf(replaced)).toContain('CF-16');
    expect(ends(traffic.given('origin=b:404').request({ url }))).toEqual(['1 error a 404']);
  },
);

golden(
  'CF-16',
  `${GUIDE}/GeneratingCustomErrorResponses.html`,
  'what a redirect in the place of the page does is not documented, and an origin group tries its second origin first',
  () => {
    const CustomErrorResponses = [{ ErrorCode: 500, ResponsePagePath: '/errors/down.html', ResponseCode: 200 }];
    const page = behavior('b', { PathPattern: '/errors/*', ViewerProtocolPolicy: 'redirect-to-https' });
    const redirected = trafficOf({ Dist: distribution({ CustomErrorResponses, CacheBehaviors: [page] }) })
      .given('origin=a:500')
      .request({ url: 'http://shop.example.com/' });
    expect(redirected.outcomes[0]!.quality).toBe('undocumented');
    const config = { CustomErrorResponses, OriginGroups: originGroup(500), DefaultCacheBehavior: behavior('group') };
    const traffic = trafficOf({ Dist: distribution(config) });
    expect(ends(traffic.given('origin=a:500').request({ url }))).toEqual(['1 origin b']);
    const both = traffic.given('origin=a:500', 'origin=b:500').request({ url });
    expect(both.outcomes[0]!.status).not.toBe(200);
    expect(factsOf(both)).toContain('CF-16');
  },
);

golden('CF-17', `${GUIDE}/http-403-permission-denied.html`, 'a request without a signature is refused', () => {
  const signed = behavior('a', { TrustedKeyGroups: ['key-group'] });
  const traffic = trafficOf({ Dist: distribution({ DefaultCacheBehavior: signed }) });
  const refused = traffic.request({ url });
  expect(ends(refused)).toEqual(['1 blocked Dist 403']);
  expect(factsOf(refused)).toContain('CF-17');
  expect(ends(traffic.request({ url: `${url}?Expires=1&Signature=x&Key-Pair-Id=k` }))).toEqual(['1 origin a']);
  const cookies = { 'CloudFront-Signature': 'x', 'CloudFront-Key-Pair-Id': 'k' };
  expect(ends(traffic.request({ url, cookies }))).toEqual(['1 origin a']);
});

golden(
  'CF-18',
  `${GUIDE}/http-504-gateway-timeout.html`,
  'an internal balancer as a custom origin is answered with 504, by its name or by one in DNS; as a VPC origin it is reached',
  () => {
    const vpcOrigin = {
      Type: 'AWS::CloudFront::VpcOrigin',
      Properties: { VpcOriginEndpointConfig: { Arn: { Ref: 'Lb' }, OriginProtocolPolicy: 'https-only' } },
    };
    const asked = (DomainName: unknown, Scheme: string, more: object = {}) =>
      trafficOf({
        Dist: distribution({ Origins: [origin('a', { DomainName, ...more })] }),
        Name: recordOf('lb.example.com', 'A', { 'Fn::GetAtt': ['Lb', 'DNSName'] }),
        VpcOrigin: vpcOrigin,
        ...answering(Scheme),
      }).request({ url, entry: 'Dist' });
    const own = { 'Fn::GetAtt': ['Lb', 'DNSName'] };
    for (const name of [own, { 'Fn::Join': ['.', ['dualstack', own]] }, 'lb.example.com']) {
      expect(ends(asked(name, 'internal'))).toEqual(['1 error a 504']);
      expect(asked(name, 'internal').outcomes[0]!.quality).toBe('exact');
      expect(factsOf(asked(name, 'internal'))).toContain('CF-18');
      expect(ends(asked(name, 'internet-facing'))).toEqual(['1 fixed-response Listener 200']);
    }
    const asVpcOrigin = { CustomOriginConfig: null, VpcOriginConfig: { VpcOriginId: { Ref: 'VpcOrigin' } } };
    expect(ends(asked(own, 'internal', asVpcOrigin))).toEqual(['1 fixed-response Listener 200']);
  },
);

golden(
  'CF-23',
  `${GUIDE}/cloudfront-enable-ipv6.html`,
  'an origin is looked up by IPv4, unless it is of IPv6, and not found without an address of that',
  () => {
    const from = (Type: string, ResourceRecords: string[], IpAddressType?: string) => {
      const Origins = [{ Id: 'web', DomainName: 'web.example.com', CustomOriginConfig: { IpAddressType } }];
      const traffic = trafficOf({
        Dist: distribution({ Origins, DefaultCacheBehavior: behavior('web') }),
        Web: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'web.example.com', Type, ResourceRecords } },
      });
      return ends(traffic.request({ url, entry: 'Dist' }));
    };
    const [four, six] = [['192.0.2.1'], ['2001:db8::1']];
    expect(from('A', four)).toEqual(['1 origin web']);
    expect(from('AAAA', six)).toEqual(['1 error web 502']);
    expect(from('AAAA', six, 'ipv6')).toEqual(['1 origin web']);
    expect(from('A', four, 'ipv6')).toEqual(['1 error web 502']);
  },
);
