/** Worked examples of the user guide of Application Load Balancers. */

import type { RequestOptions } from '../../lib/traffic';
import { fixed, forward, group, header, host, LB, listener, path, REF, rule } from '../support/balancer';
import { golden } from '../support/golden';
import { ends, factsOf, trafficOf } from '../support/traffic';

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';
const API = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference';

/** The ends of a request, after its trace was found to cite a fact. */
function ask(fact: string, resources: object, request: string | RequestOptions, faults: readonly string[] = []) {
  const traffic = trafficOf({ ...LB, Listener: listener(), Blue: group(), Green: group(), ...resources });
  const answer = traffic.given(...faults).request(typeof request === 'string' ? { url: request } : request);
  expect([...factsOf(answer)]).toContain(fact);
  return answer;
}

const HTTPS = { Port: 443, Protocol: 'HTTPS' };

golden('ALB-1', `${GUIDE}/listener-rules.html`, 'rules are tried from the lowest priority on, the default last', () => {
  const resources = { High: rule(20, [path('/img/*')], fixed(202)), Low: rule(10, [path('/img/*')], fixed(201)) };
  expect(ends(ask('ALB-1', resources, 'http://example.com/img/a'))).toEqual(['1 fixed-response Low 201']);
  expect(ends(ask('ALB-1', resources, 'http://example.com/other'))).toEqual(['1 fixed-response Listener 404']);
});

golden(
  'ALB-1',
  `${GUIDE}/rule-action-types.html`,
  'a fixed response is a rule of its own, and no target is asked',
  () => {
    const DefaultActions = [forward({ Blue: 1 })];
    const resources = { Listener: listener({ DefaultActions }), Hello: rule(10, [path('/hello')], fixed(200)) };
    expect(ends(ask('ALB-1', resources, 'http://example.com/hello'))).toEqual(['1 fixed-response Hello 200']);
    expect(ends(ask('ALB-1', resources, 'http://example.com/'))).toEqual(['1 target-group Blue']);
  },
);

golden('ALB-1', `${GUIDE}/listener-authenticate-users.html`, 'a client without a session logs in first', () => {
  const AuthenticateOidcConfig = { AuthorizationEndpoint: 'https://idp.example.net/authorize' };
  const DefaultActions = [
    { ...fixed(200), Order: 2 },
    { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig },
  ];
  const resources = { Listener: listener({ ...HTTPS, DefaultActions }) };
  expect(ends(ask('ALB-1', resources, 'https://example.com/'))).toEqual([
    '1 redirect Listener 302 https://idp.example.net/authorize',
  ]);
  const otherwise = (OnUnauthenticatedRequest: string) => {
    const login = { ...AuthenticateOidcConfig, OnUnauthenticatedRequest };
    const actions = [
      { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: login },
      { ...fixed(200), Order: 2 },
    ];
    return ends(ask('ALB-1', { Listener: listener({ ...HTTPS, DefaultActions: actions }) }, 'https://example.com/'));
  };
  expect(otherwise('deny')).toEqual(['1 blocked Listener 401']);
  expect(otherwise('allow')).toEqual(['1 fixed-response Listener 200']);
  const cookies = { 'AWSELBAuthSessionCookie-0': 'session' };
  expect(ends(ask('ALB-1', resources, { url: 'https://example.com/', cookies }))).toEqual([
    '1 fixed-response Listener 200',
  ]);
});

golden('ALB-7', `${GUIDE}/rule-transforms.html`, 'a transform rewrites URL and host, not the routing decision', () => {
  const Transforms = [
    {
      Type: 'url-rewrite',
      UrlRewriteConfig: { Rewrites: [{ Regex: '^/dp/([A-Za-z0-9]+)/?$', Replace: '/product.php?id=$1' }] },
    },
    {
      Type: 'host-header-rewrite',
      HostHeaderRewriteConfig: { Rewrites: [{ Regex: '^mywebsite-(.+).com$', Replace: 'internal.dev.$1.myweb.com' }] },
    },
  ];
  const resources = {
    Rule: rule(1, [path('/dp/*')], forward({ Blue: 1 }), { Transforms }),
    Other: rule(2, [path('/product.php')], forward({ Green: 1 })),
  };
  const answer = ask('ALB-7', resources, 'http://mywebsite-example.com/dp/B09G3HRMW');
  expect(ends(answer)).toEqual(['1 target-group Blue']);
  expect(answer.outcomes[0]!.passage.request).toMatchObject({
    host: 'internal.dev.example.myweb.com',
    path: '/product.php',
    query: 'id=B09G3HRMW',
  });
});

golden(
  'ALB-7',
  `${GUIDE}/rule-transforms.html`,
  'what the expression does not match goes to the target as it came',
  () => {
    const rewrite = (Regex: string, Replace: string) => [
      { Type: 'host-header-rewrite', HostHeaderRewriteConfig: { Rewrites: [{ Regex, Replace }] } },
    ];
    const resources = {
      Rule: rule(1, [path('/project-a')], forward({ Blue: 1 }), {
        Transforms: rewrite('^mywebsite-(.+).com$', 'internal.dev.$1.myweb.com'),
      }),
      Next: rule(2, [host('internal.dev.example.myweb.com')], forward({ Green: 1 })),
    };
    const rewritten = ask('ALB-7', resources, 'http://mywebsite-example.com/project-a');
    expect(ends(rewritten)).toEqual(['1 target-group Blue']);
    expect(rewritten.outcomes[0]!.passage.request).toMatchObject({
      host: 'internal.dev.example.myweb.com',
      path: '/project-a',
    });
    const traffic = trafficOf({ ...LB, Listener: listener(), Blue: group(), Green: group(), ...resources });
    const other = traffic.request({ url: 'http://www.example.com/project-a' });
    expect(ends(other)).toEqual(['1 target-group Blue']);
    expect(other.outcomes[0]!.passage.request.host).toBe('www.example.com');
  },
);

golden('ALB-7', `${GUIDE}/rule-transforms.html`, 'the URL that is rewritten is the path with its query', () => {
  const rewritten = (Regex: string, Replace: string, url: string) => {
    const Transforms = [{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex, Replace }] } }];
    const resources = { Rule: rule(1, [path('/dp/*')], forward({ Blue: 1 }), { Transforms }) };
    const traffic = trafficOf({ ...LB, Listener: listener(), Blue: group(), ...resources });
    const { path: to, query: asked } = traffic.request({ url }).outcomes[0]!.passage.request;
    return asked === undefined ? to : `${to}?${asked}`;
  };
  const url = 'http://example.com/dp/B09G3HRMW?ref=x';
  expect(rewritten('^/dp/([A-Za-z0-9]+)', '/product/$1', url)).toBe('/product/B09G3HRMW?ref=x');
  expect(rewritten('^/dp/([A-Za-z0-9]+)\\?(.*)$', '/product.php?id=$1&$2', url)).toBe(
    '/product.php?id=B09G3HRMW&ref=x',
  );
  expect(rewritten('^/dp/([A-Za-z0-9]+)/?$', '/product.php?id=$1', url)).toBe('/dp/B09G3HRMW?ref=x');
  expect(rewritten('^/dp/([A-Za-z0-9]+)\\?.*$', '/product/$1', url)).toBe('/product/B09G3HRMW');
});

golden(
  'ALB-7, ALB-34',
  `${GUIDE}/load-balancer-troubleshooting.html`,
  'a transform that fails is answered with 500',
  () => {
    const Rewrites = [{ Regex: '^(.+)\\.example\\.com$', Replace: '$1 example' }];
    const Transforms = [{ Type: 'host-header-rewrite', HostHeaderRewriteConfig: { Rewrites } }];
    const resources = { Rule: rule(1, [path('/*')], forward({ Blue: 1 }), { Transforms }) };
    const failed = ask('ALB-34', resources, 'http://www.example.com/');
    expect(ends(failed)).toEqual(['1 error Rule 500']);
    expect(failed.outcomes[0]!.quality).toBe('undocumented');
    expect(ends(ask('ALB-1', resources, 'http://example.org/'))).toEqual(['1 target-group Blue']);
  },
);

golden('ALB-8', `${API}/API_RedirectActionConfig.html`, 'a redirect keeps what it does not change', () => {
  const redirect = (config: object) => ({
    Listener: listener({
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...config } }],
    }),
  });
  const url = 'http://example.com/a/b?c=d';
  expect(ends(ask('ALB-8', redirect({ Protocol: 'HTTPS', Port: '443' }), url))).toEqual([
    '1 redirect Listener 301 https://example.com:443/a/b?c=d',
  ]);
  const all = { Host: 'example.#{host}', Path: '/new/#{path}', Query: '#{query}&value=xyz', StatusCode: 'HTTP_302' };
  expect(ends(ask('ALB-8', redirect(all), url))).toEqual([
    '1 redirect Listener 302 http://example.example.com:80/new/a/b?c=d&value=xyz',
  ]);
});

golden('ALB-8', `${GUIDE}/rule-action-types.html`, 'HTTPS on another port keeps host, path and query', () => {
  const RedirectConfig = {
    Protocol: 'HTTPS',
    Port: '40443',
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    StatusCode: 'HTTP_301',
  };
  const resources = { Rule: rule(10, [path('/old/*')], { Type: 'redirect', RedirectConfig }) };
  expect(ends(ask('ALB-8', resources, 'http://example.com/old/x?a=1&b'))).toEqual([
    '1 redirect Rule 301 https://example.com:40443/old/x?a=1&b',
  ]);
  expect(ends(ask('ALB-8', resources, 'http://example.com/old/'))).toEqual([
    '1 redirect Rule 301 https://example.com:40443/old/',
  ]);
});

golden('ALB-9', `${GUIDE}/load-balancer-troubleshooting.html`, '464 where versions of HTTP do not go together', () => {
  const plain: Record<string, string> = {};
  const grpc = { 'Content-Type': 'application/grpc' };
  for (const [version, httpVersion, verb, headers, expected] of [
    ['HTTP2', '1.1', 'GET', plain, '1 error Api 464'],
    ['GRPC', '1.1', 'POST', plain, '1 error Api 464'],
    ['HTTP1', '2', 'POST', grpc, '1 error Api 464'],
    ['GRPC', '2', 'GET', plain, '1 error Api 464'],
  ] as const) {
    const resources = {
      Api: group({ ProtocolVersion: version }),
      Listener: listener({ ...HTTPS, DefaultActions: [{ Type: 'forward', TargetGroupArn: REF('Api') }] }),
    };
    const request = { url: 'https://example.com/', httpVersion, method: verb, headers };
    expect(ends(ask('ALB-9', resources, request))).toEqual([expected]);
  }
  for (const [version, httpVersion, verb, headers] of [
    ['HTTP1', '2', 'GET', plain],
    ['HTTP1', '1.1', 'POST', { 'Content-Type': 'application/grpc-web' }],
    ['HTTP2', '2', 'GET', plain],
    ['HTTP2', '2', 'POST', grpc],
    ['GRPC', '2', 'POST', grpc],
  ] as const) {
    const Api = group({ ProtocolVersion: version });
    const DefaultActions = [{ Type: 'forward', TargetGroupArn: REF('Api') }];
    const traffic = trafficOf({ ...LB, Api, Listener: listener({ ...HTTPS, DefaultActions }) });
    const request = { url: 'https://example.com/', httpVersion, method: verb, headers };
    expect(ends(traffic.request(request))).toEqual(['1 target-group Api']);
  }
});

golden('ALB-11', `${GUIDE}/listener-verify-jwt.html`, 'a request without a token is rejected', () => {
  const DefaultActions = [
    { Type: 'jwt-validation', Order: 1, JwtValidationConfig: { Issuer: 'i', JwksEndpoint: 'https://i.example.com' } },
    { ...fixed(200), Order: 2 },
  ];
  const resources = { Listener: listener({ ...HTTPS, DefaultActions }) };
  const refused = ask('ALB-11', resources, 'https://example.com/');
  expect(ends(refused)).toEqual(['1 blocked Listener 401']);
  expect(refused.outcomes[0]!.quality).toBe('undocumented');
  const headers = { Authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };
  const passed = ask('ALB-11', resources, { url: 'https://example.com/', headers });
  expect(ends(passed)).toEqual(['1 fixed-response Listener 200']);
  expect(passed.outcomes[0]!).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
  expect(passed.warnings.join()).toContain('the bearer token is taken for a valid one');
  for (const Authorization of ['Basic dXNlcjpwYXNzd29yZA==', 'Bearer', 'Bearer ', 'Bearerish x']) {
    const other = ask('ALB-11', resources, { url: 'https://example.com/', headers: { Authorization } });
    expect([Authorization, ends(other)]).toEqual([Authorization, ['1 blocked Listener 401']]);
  }
});

golden(
  'ALB-20',
  `${GUIDE}/rule-action-types.html`,
  'a group of weight 20 gets twice what one of weight 10 gets',
  () => {
    const resources = (weights: Record<string, number>) => ({
      Listener: listener({ DefaultActions: [forward(weights)] }),
    });
    expect(ends(ask('ALB-20', resources({ Blue: 10, Green: 10 }), 'http://example.com/'))).toEqual([
      '0.5 target-group Blue',
      '0.5 target-group Green',
    ]);
    const [blue, green] = ask('ALB-20', resources({ Blue: 10, Green: 20 }), 'http://example.com/').outcomes;
    expect(green!.share).toBeCloseTo(2 * blue!.share, 12);
  },
);

golden('ALB-20', `${GUIDE}/rule-action-types.html`, 'what happens when all weights are 0 is not documented', () => {
  const resources = { Listener: listener({ DefaultActions: [forward({ Blue: 0, Green: 0 })] }) };
  const answer = ask('ALB-20', resources, 'http://example.com/');
  expect(ends(answer)).toEqual(['1 error Listener 503']);
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
  expect(answer.warnings).toHaveLength(1);
});

golden('ALB-21', `${GUIDE}/rule-action-types.html`, 'a group without healthy targets keeps its share', () => {
  const resources = { Listener: listener({ DefaultActions: [forward({ Blue: 90, Green: 10 })] }) };
  for (const fault of ['target-group=Green', 'targets=Green:0/0']) {
    const { outcomes } = ask('ALB-21', resources, 'http://example.com/', [fault]);
    expect(outcomes.map(({ share, destination }) => [share, destination.id])).toEqual([
      [0.9, 'Blue'],
      [0.1, 'Green'],
    ]);
  }
});

golden(
  'ALB-22',
  `${GUIDE}/sticky-sessions.html`,
  'a returning client stays with its group, whatever the weights',
  () => {
    const sticky = { Enabled: true, DurationSeconds: 3600 };
    const resources = { Listener: listener({ DefaultActions: [forward({ Blue: 0, Green: 100 }, sticky)] }) };
    const url = 'http://example.com/';
    expect(ends(ask('ALB-22', resources, { url, cookies: { AWSALBTG: 'Blue' } }))).toEqual(['1 target-group Blue']);
    expect(ends(ask('ALB-22', resources, url))).toEqual(['1 target-group Green']);
    const emptied = ask('ALB-22', resources, { url, cookies: { AWSALBTG: 'Blue' } }, ['targets=Blue:0/0']);
    expect(ends(emptied)).toEqual(['1 error Blue 503']);
    const off = { ...resources, Listener: listener({ DefaultActions: [forward({ Blue: 0, Green: 100 })] }) };
    const traffic = trafficOf({ ...LB, Blue: group(), Green: group(), ...off });
    expect(ends(traffic.request({ url, cookies: { AWSALBTG: 'Blue' } }))).toEqual(['1 target-group Green']);
  },
);

golden('ALB-34', `${GUIDE}/load-balancer-troubleshooting.html`, 'TRACE is answered with 405', () => {
  expect(ends(ask('ALB-34', {}, { url: 'http://example.com/', method: 'TRACE' }))).toEqual(['1 error Listener 405']);
});

golden('ALB-34', `${GUIDE}/load-balancer-troubleshooting.html`, 'more than 30 proxies are answered with 463', () => {
  const from = (count: number) => ({
    url: 'http://example.com/',
    headers: { 'X-Forwarded-For': Array.from({ length: count }, (_, index) => `192.0.2.${index}`).join(', ') },
  });
  expect(ends(ask('ALB-34', {}, from(31)))).toEqual(['1 error Listener 463']);
  const traffic = trafficOf({ ...LB, Listener: listener() });
  expect(ends(traffic.request(from(30)))).toEqual(['1 fixed-response Listener 404']);
});

golden(
  'ALB-34',
  'https://repost.aws/knowledge-center/api-gateway-private-integration-errors',
  'plain HTTP to a listener with TLS is answered with 400',
  () => {
    const resources = { Listener: listener(HTTPS) };
    expect(ends(ask('ALB-34', resources, 'http://example.com:443/'))).toEqual(['1 error Listener 400']);
    expect(ends(ask('ALB-34', {}, 'https://example.com:80/'))).toEqual(['1 error Listener']);
  },
);

golden('ALB-35', `${GUIDE}/application-load-balancers.html`, 'without HTTP/2 clients speak HTTP/1.1', () => {
  const LoadBalancerAttributes = [{ Key: 'routing.http2.enabled', Value: 'false' }];
  const resources = {
    Lb: { ...LB.Lb, Properties: { LoadBalancerAttributes } },
    Api: group({ ProtocolVersion: 'HTTP2' }),
    Listener: listener({ ...HTTPS, DefaultActions: [{ Type: 'forward', TargetGroupArn: REF('Api') }] }),
  };
  expect(ends(ask('ALB-35', resources, 'https://example.com/'))).toEqual(['1 error Api 464']);
});

golden(
  'ALB-35',
  `${GUIDE}/application-load-balancers.html`,
  'headers with invalid names are dropped if it is on',
  () => {
    const at = (Value: string | undefined, name: string) => {
      const LoadBalancerAttributes =
        Value === undefined ? [] : [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value }];
      const Rule = rule(10, [header(name, 'yes')]);
      const Lb = { ...LB.Lb, Properties: { LoadBalancerAttributes } };
      const traffic = trafficOf({ Lb, Listener: listener(), Rule });
      return traffic.request({ url: 'http://example.com/', headers: { [name]: 'yes' } });
    };
    for (const invalid of ['X_Internal', 'X.Internal', 'X-Internal!']) {
      expect(ends(at(undefined, invalid))).toEqual(['1 fixed-response Rule 200']);
      expect(ends(at('false', invalid))).toEqual(['1 fixed-response Rule 200']);
      const dropped = at('true', invalid);
      expect(ends(dropped)).toEqual(['1 fixed-response Listener 404']);
      expect([factsOf(dropped).has('ALB-35'), dropped.outcomes[0]!.quality]).toEqual([true, 'undocumented']);
    }
    for (const valid of ['X-Internal', 'Internal2']) {
      const kept = at('true', valid);
      expect(ends(kept)).toEqual(['1 fixed-response Rule 200']);
      expect([factsOf(kept).has('ALB-35'), kept.outcomes[0]!.quality]).toEqual([false, 'exact']);
    }
  },
);

golden('WAF-1', `${GUIDE}/application-load-balancers.html`, "a web ACL decides before the listener's rules", () => {
  const Rules = [
    {
      Name: 'Admin',
      Priority: 0,
      Action: { Block: {} },
      Statement: {
        ByteMatchStatement: {
          FieldToMatch: { UriPath: {} },
          SearchString: '/admin',
          PositionalConstraint: 'STARTS_WITH',
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
        },
      },
    },
  ];
  const resources = {
    Rule: rule(1, [path('*')], fixed(200)),
    Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Rules } },
    Association: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { ResourceArn: REF('Lb'), WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
    },
  };
  const blocked = ask('WAF-1', resources, 'http://example.com/admin');
  expect(ends(blocked)).toEqual(['1 blocked Acl 403']);
  expect(blocked.outcomes[0]!.trace.map(({ hop }) => hop)).not.toContain('listener-rule');
  const passed = ask('WAF-1', resources, 'http://example.com/');
  expect(ends(passed)).toEqual(['1 fixed-response Rule 200']);
  const hops = passed.outcomes[0]!.trace.map(({ hop }) => hop);
  expect(hops.indexOf('web-acl')).toBeLessThan(hops.indexOf('listener-rule'));
});
