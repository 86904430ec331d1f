import type { RequestOptions } from '../../../../lib/traffic';
import { fixed, forward, group, LB, listener, path, REF, rule } from '../../../support/balancer';
import { ends, trafficOf } from '../../../support/traffic';

const GROUPS = { Blue: group(), Green: group() };

/** The traffic of a balancer whose listener's default is an action. */
function byDefault(action: object | readonly object[], more: object = {}, properties: object = {}) {
  const actions = Array.isArray(action) ? action : [action];
  return trafficOf({ ...LB, ...GROUPS, ...more, Listener: listener({ DefaultActions: actions, ...properties }) });
}

const https = { Protocol: 'HTTPS', Port: 443 };
const at = (url: string, more: Partial<RequestOptions> = {}) => ({ url, ...more });

test('a forward to one group gives it everything', () => {
  const traffic = byDefault({ Type: 'forward', TargetGroupArn: REF('Blue') });
  const answer = traffic.request(at('http://a.example.com/'));
  expect(ends(answer)).toEqual(['1 target-group Blue']);
  expect(answer.outcomes[0]!.quality).toBe('exact');
});

test('shares are weights over their sum, and a group of weight 0 gets none', () => {
  const traffic = byDefault(forward({ Blue: 90, Green: 30 }));
  expect(ends(traffic.request(at('http://a.example.com/')))).toEqual([
    '0.75 target-group Blue',
    '0.25 target-group Green',
  ]);
  expect(ends(byDefault(forward({ Blue: 7, Green: 0 })).request(at('http://a.example.com/')))).toEqual([
    '1 target-group Blue',
  ]);
});

test('a trace says which weight a share comes from', () => {
  const [outcome] = byDefault(forward({ Blue: 90, Green: 10 })).request(at('http://a.example.com/')).outcomes;
  expect(outcome!.trace.map(({ hop, because }) => `${hop}: ${because}`)).toEqual([
    'load-balancer: stands in us-east-1',
    'listener: HTTP on port 80',
    'listener-rule: it has no rules but the default',
    'target-group: weight 90 of 100',
    'target-group: healthy targets take turns by round robin',
  ]);
});

test('all weights 0 is 503, and not documented', () => {
  const answer = byDefault(forward({ Blue: 0, Green: 0 })).request(at('http://a.example.com/'));
  expect(ends(answer)).toEqual(['1 error Listener 503']);
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
  expect(answer.warnings.join()).toContain('Stack/Listener: all weights are 0');
});

test('a weight that is not known bounds the shares', () => {
  const answer = byDefault(forward({ Blue: REF('Nowhere'), Green: 1 })).request(at('http://a.example.com/'));
  expect(answer.outcomes.map(({ share, min, max, quality }) => [share, min, max, quality])).toEqual([
    [0.5, 0, 1, 'bounded'],
    [0.5, 0, 1, 'bounded'],
  ]);
});

test('weights that somebody shifts at run time are initial', () => {
  const traffic = trafficOf({
    ...LB,
    ...GROUPS,
    Listener: {
      ...listener({ DefaultActions: [forward({ Blue: 1, Green: 1 })] }),
      Metadata: { 'cdk-headgate': { version: 1, weights: 'initial' } },
    },
  });
  expect(traffic.request(at('http://a.example.com/')).outcomes.map(({ quality }) => quality)).toEqual([
    'initial',
    'initial',
  ]);
});

test('fails for metadata that says anything else of weights', () => {
  const traffic = trafficOf({
    ...LB,
    ...GROUPS,
    Listener: {
      ...listener({ DefaultActions: [forward({ Blue: 1, Green: 1 })] }),
      Metadata: { 'cdk-headgate': { version: 1, weights: 'final' } },
    },
  });
  expect(() => traffic.request(at('http://a.example.com/'))).toThrow('weights must be \'initial\', got "final"');
});

describe('stickiness', () => {
  const enabled = { Enabled: true, DurationSeconds: 3600 };
  const ask = (weights: Record<string, unknown>, sticky: object | undefined, cookie: string) =>
    ends(byDefault(forward(weights, sticky)).request(at('http://a.example.com/', { cookies: { AWSALBTG: cookie } })));

  test.each([
    [
      'a returning client stays, whatever the weights',
      { Blue: 100, Green: 0 },
      enabled,
      'Green',
      ['1 target-group Green'],
    ],
    ['the id may have its stack', { Blue: 1, Green: 1 }, enabled, 'Stack/Green', ['1 target-group Green']],
    ['a cookie of a group that is not there is ignored', { Blue: 1 }, enabled, 'Green', ['1 target-group Blue']],
    ['without stickiness the cookie is ignored', { Blue: 1, Green: 0 }, undefined, 'Green', ['1 target-group Blue']],
    ['nor where it is off', { Blue: 1, Green: 0 }, { Enabled: false }, 'Green', ['1 target-group Blue']],
  ])('%s', (_name, weights, sticky, cookie, expected) => {
    expect(ask(weights, sticky, cookie)).toEqual(expected);
  });

  test('a returning client gets 503 from a group that lost its targets', () => {
    const emptied = byDefault(forward({ Blue: 100, Green: 0 }, enabled)).given('targets=Green:0/0');
    const answer = emptied.request(at('http://a.example.com/', { cookies: { AWSALBTG: 'Green' } }));
    expect(ends(answer)).toEqual(['1 error Green 503']);
  });
});

test('whether a returning client stays may not be known', () => {
  const traffic = byDefault(forward({ Blue: 1, Green: 0 }, { Enabled: REF('Nowhere') }));
  expect(traffic.request(at('http://a.example.com/')).warnings).toEqual([]);
  const answer = traffic.request(at('http://a.example.com/', { cookies: { AWSALBTG: 'Green' } }));
  expect(ends(answer)).toEqual(['1 target-group Blue']);
  expect(answer.outcomes[0]!.quality).toBe('bounded');
  expect(answer.warnings.join()).toContain("TargetGroupStickinessConfig.Enabled isn't known");
});

describe('a target group that is not in the templates', () => {
  test('is where the road ends, with a warning', () => {
    const arn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/x/1';
    const answer = byDefault({ Type: 'forward', TargetGroupArn: arn }).request(at('http://a.example.com/'));
    expect(ends(answer)).toEqual([`1 target-group ${arn}`]);
    expect(answer.warnings.join()).toContain("DefaultActions[0].TargetGroupArn isn't in the templates");
  });

  test('fails if it is something else', () => {
    expect(() =>
      byDefault({ Type: 'forward', TargetGroupArn: REF('Lb') }).request(at('http://a.example.com/')),
    ).toThrow(
      "DefaultActions[0].TargetGroupArn leads to Stack/Lb (AWS::ElasticLoadBalancingV2::LoadBalancer), which isn't a target group.",
    );
  });

  test('fails if it is missing', () => {
    expect(() => byDefault({ Type: 'forward' }).request(at('http://a.example.com/'))).toThrow('is missing');
  });
});

test.each([
  ['1.1', 'GET', undefined, 'HTTP2', 464],
  ['1.1', 'POST', undefined, 'GRPC', 464],
  ['2', 'POST', 'application/grpc', 'HTTP1', 464],
  ['2', 'GET', undefined, 'GRPC', 464],
  ['2', 'POST', 'application/grpc+proto', 'GRPC', undefined],
  ['2', 'GET', undefined, 'HTTP1', undefined],
  ['1.1', 'POST', 'application/grpc-web+proto', 'HTTP1', undefined],
  ['2', 'GET', undefined, 'HTTP2', undefined],
] as const)('HTTP/%s %s with content type %s to a group of %s: %s', (httpVersion, method, type, version, status) => {
  const traffic = byDefault(
    { Type: 'forward', TargetGroupArn: REF('Api') },
    { Api: group({ ProtocolVersion: version }) },
    https,
  );
  const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type };
  expect(ends(traffic.request(at('https://a.example.com/', { httpVersion, method, headers })))).toEqual([
    status === undefined ? '1 target-group Api' : `1 error Api ${status}`,
  ]);
});

test('a balancer without HTTP/2 speaks HTTP/1.1 with everybody', () => {
  const traffic = trafficOf({
    Lb: {
      ...LB.Lb,
      Properties: { LoadBalancerAttributes: [{ Key: 'routing.http2.enabled', Value: 'false' }] },
    },
    Api: group({ ProtocolVersion: 'HTTP2' }),
    Listener: listener({ ...https, DefaultActions: [{ Type: 'forward', TargetGroupArn: REF('Api') }] }),
  });
  expect(ends(traffic.request(at('https://a.example.com/')))).toEqual(['1 error Api 464']);
});

test.each([
  [{ Protocol: 'HTTPS', Port: '443' }, 'http://a.example.com/x?y=1', '301 https://a.example.com:443/x?y=1'],
  [{ Protocol: 'HTTPS' }, 'http://a.example.com/', '301 https://a.example.com:80/'],
  [{ Host: 'www.#{host}', StatusCode: 'HTTP_302' }, 'http://a.example.com/', '302 http://www.a.example.com:80/'],
  [
    { Path: '/new/#{path}', Query: '#{query}&from=old' },
    'http://a.example.com/x/y?z',
    '301 http://a.example.com:80/new/x/y?z&from=old',
  ],
  [{ Path: '/#{host}/#{port}', Query: '' }, 'http://a.example.com/x?y', '301 http://a.example.com:80/a.example.com/80'],
])('a redirect with %j sends %s to %s', (config, url, expected) => {
  const traffic = byDefault({ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...config } });
  expect(ends(traffic.request(at(url)))).toEqual([`1 redirect Listener ${expected}`]);
});

test.each([
  [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: REF('Nowhere') } }, 'FixedResponseConfig.StatusCode'],
  [
    { Type: 'redirect', RedirectConfig: { Host: 'b.example.com', StatusCode: REF('Nowhere') } },
    'RedirectConfig.StatusCode',
  ],
  [{ Type: 'redirect', RedirectConfig: REF('Nowhere') }, 'RedirectConfig'],
])('of %j a warning names what is not known', (action, name) => {
  const { warnings } = byDefault(action).request(at('http://a.example.com/'));
  expect(warnings.join()).toContain(`DefaultActions[0].${name} isn't known: the default is assumed.`);
});

describe('authentication', () => {
  const oidc = (more: object = {}) => ({
    Type: 'authenticate-oidc',
    Order: 1,
    AuthenticateOidcConfig: { AuthorizationEndpoint: 'https://login.example.com/authorize', ...more },
  });
  const last = { ...fixed(200), Order: 2 };
  const ask = (gate: object, more: Partial<RequestOptions> = {}) =>
    ends(byDefault([last, gate], {}, https).request(at('https://a.example.com/', more)));

  test('comes by Order, not by place, and sends strangers to log in', () => {
    expect(ask(oidc())).toEqual(['1 redirect Listener 302 https://login.example.com/authorize']);
    expect(ask(oidc(), { cookies: { 'AWSELBAuthSessionCookie-0': 'x' } })).toEqual(['1 fixed-response Listener 200']);
  });

  test('can deny and allow', () => {
    expect(ask(oidc({ OnUnauthenticatedRequest: 'deny' }))).toEqual(['1 blocked Listener 401']);
    expect(ask(oidc({ OnUnauthenticatedRequest: 'allow' }))).toEqual(['1 fixed-response Listener 200']);
  });

  test('has a cookie of its own name', () => {
    const gate = oidc({ SessionCookieName: 'Mine' });
    expect(ask(gate, { cookies: { 'Mine-0': 'x' } })).toEqual(['1 fixed-response Listener 200']);
  });

  test.each([
    ['pool', 'https://pool.auth.us-east-1.amazoncognito.com/oauth2/authorize'],
    ['login.example.com', 'https://login.example.com/oauth2/authorize'],
  ])('by Cognito leads to the domain %s', (domain, location) => {
    const gate = { Type: 'authenticate-cognito', Order: 1, AuthenticateCognitoConfig: { UserPoolDomain: domain } };
    expect(ask(gate)).toEqual([`1 redirect Listener 302 ${location}`]);
  });

  test('by token takes any token for a valid one, and says so', () => {
    const gate = { Type: 'jwt-validation', Order: 1, JwtValidationConfig: {} };
    expect(ask(gate)).toEqual(['1 blocked Listener 401']);
    const answer = byDefault([last, gate], {}, https).request(
      at('https://a.example.com/', { headers: { Authorization: 'Bearer abc' } }),
    );
    expect(ends(answer)).toEqual(['1 fixed-response Listener 200']);
    expect(answer.outcomes[0]!.quality).toBe('bounded');
    expect(answer.warnings).toEqual(['Stack/Listener: the bearer token is taken for a valid one.']);
  });
});

describe('transforms', () => {
  const url = (Regex: unknown, Replace: unknown) => ({
    Type: 'url-rewrite',
    UrlRewriteConfig: { Rewrites: [{ Regex, Replace }] },
  });
  const hostRewrite = (Regex: string, Replace: string) => ({
    Type: 'host-header-rewrite',
    HostHeaderRewriteConfig: { Rewrites: [{ Regex, Replace }] },
  });
  const ask = (transforms: readonly object[], given: string) => {
    const resources = {
      ...LB,
      ...GROUPS,
      Listener: listener(),
      First: rule(1, [path('/api/*')], forward({ Blue: 1 }), { Transforms: transforms }),
      Second: rule(2, [path('/v2/*')], forward({ Green: 1 })),
    };
    return trafficOf(resources).request(at(given));
  };

  test('rewrite what the group gets, and not which group gets it', () => {
    const [outcome] = ask([url('^/api/(.*)$', '/v2/$1')], 'http://a.example.com/api/x?y=1').outcomes;
    expect(outcome!.destination.id).toBe('Blue');
    expect(outcome!.passage.request).toMatchObject({ path: '/v2/x', query: 'y=1' });
    expect(outcome!.trace.find(({ hop }) => hop === 'transform')!.because).toBe(
      '^/api/(.*)$ rewrote the URL to /v2/x?y=1',
    );
  });

  test('rewrite the host', () => {
    const [outcome] = ask([hostRewrite('^a\\.(.*)$', 'b.$1')], 'http://a.example.com/api/x').outcomes;
    expect(outcome!.passage.request.host).toBe('b.example.com');
  });

  test('leave what they do not match', () => {
    const [outcome] = ask([url('^/nothing', '/')], 'http://a.example.com/api/x').outcomes;
    expect(outcome!.passage.request.path).toBe('/api/x');
    expect(outcome!.trace.some(({ hop }) => hop === 'transform')).toBe(false);
  });

  test('answer 500 where they fail', () => {
    expect(ends(ask([url('^/api/', '')], 'http://a.example.com/api/x'))).toEqual(['1 error First 500']);
    expect(ends(ask([hostRewrite('.*', '')], 'http://a.example.com/api/x'))).toEqual(['1 error First 500']);
  });

  test('that cannot be tried leave the request, with a warning', () => {
    const answer = ask([url('(?=x)', '/')], 'http://a.example.com/api/x');
    expect(ends(answer)).toEqual(['1 target-group Blue']);
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
    expect(answer.warnings.join()).toContain("Transforms[0].UrlRewriteConfig.Rewrites[0] can't be tried here");
  });
});

test('an action of a type that is not known is assumed to let the request pass, and bounds its share', () => {
  const { outcomes, warnings } = byDefault(
    [
      { Type: REF('Kind'), Order: 1 },
      { ...fixed(200), Order: 2 },
    ],
    {
      Kind: { Type: 'T' },
    },
  ).request(at('http://a.example.com/'));
  expect(outcomes.map(({ status, quality, min }) => [status, quality, min])).toEqual([[200, 'bounded', 0]]);
  expect(warnings).toContainEqual(
    "Stack/Listener (AWS::ElasticLoadBalancingV2::Listener): DefaultActions[0].Type isn't known: it is assumed to let the request pass.",
  );
});

test('nobody knows who answers if the type of the only action is not known', () => {
  const { outcomes } = byDefault({ Type: REF('Kind') }, { Kind: { Type: 'T' } }).request(at('http://a.example.com/'));
  expect(outcomes.map(({ destination, quality }) => [destination.id, quality])).toEqual([['${Kind}', 'bounded']]);
});

test('fails without an action that ends', () => {
  expect(() => byDefault([]).request(at('http://a.example.com/'))).toThrow(
    'DefaultActions must have a forward, redirect or fixed-response action.',
  );
});
