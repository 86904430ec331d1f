import { trafficOf } from '../support/traffic';
import { type Case, CONFORMANCE_TESTS, type ConformanceTest, type Match, type To } from './cases';

const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP', Port: 8080 } };

/** The listeners and rules of a conformance test as a template. */
function resourcesOf({ listeners }: ConformanceTest): object {
  const perListener = Object.entries(listeners).flatMap(([port, rules]) => [
    [
      `Listener${port}`,
      {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'Gateway' },
          Port: Number(port),
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
        },
      },
    ],
    ...rules.map(([match, to], index) => [
      `Rule${port}n${index + 1}`,
      {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: { Ref: `Listener${port}` },
          Priority: index + 1,
          Conditions: conditionsOf(match),
          Actions: [actionOf(to)],
        },
      },
    ]),
  ]);
  return {
    Gateway: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } },
    v1: GROUP,
    v2: GROUP,
    v3: GROUP,
    ...Object.fromEntries(perListener),
  };
}

function conditionsOf({ hosts, exact, prefix, method, headers = {} }: Match): readonly object[] {
  const paths = exact !== undefined ? [exact] : prefix === undefined ? [] : prefixValues(prefix);
  return [
    ...(hosts ? [{ Field: 'host-header', HostHeaderConfig: { Values: hosts } }] : []),
    ...(paths.length > 0 ? [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }] : []),
    ...(method ? [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: [method] } }] : []),
    ...Object.entries(headers).map(([HttpHeaderName, value]) => ({
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName, Values: [value] },
    })),
  ];
}

function prefixValues(prefix: string): readonly string[] {
  return prefix === '/' ? ['/*'] : [prefix, `${prefix}/*`];
}

function actionOf(to: To): object {
  if ('redirect' in to) return { Type: 'redirect', RedirectConfig: to.redirect };
  const TargetGroups = Object.entries(to).map(([id, Weight]) => ({ TargetGroupArn: { Ref: id }, Weight }));
  return { Type: 'forward', ForwardConfig: { TargetGroups } };
}

function ask(resources: object, { host = 'gateway.example.com', path, method, headers }: Case) {
  return trafficOf(resources).request({
    url: `http://${host}${path}`,
    ...(method ? { method } : {}),
    ...(headers ? { headers } : {}),
  });
}

const CASES = CONFORMANCE_TESTS.flatMap((conformance) =>
  conformance.cases.map((one) => ({
    test: conformance.name,
    request: `${one.method ?? 'GET'} ${one.host ?? ''}${one.path} ${JSON.stringify(one.headers ?? {})}`,
    resources: resourcesOf(conformance),
    one,
  })),
);

test.each(CASES)('$test: $request', ({ resources, one }) => {
  const { outcomes } = ask(resources, one);
  expect(outcomes).toHaveLength(1);
  const { destination, status, location } = outcomes[0]!;
  if (typeof one.expect === 'string') {
    expect(destination).toMatchObject({ type: 'target-group', id: one.expect });
  } else if (one.expect === 404) {
    expect({ type: destination.type, status }).toEqual({ type: 'fixed-response', status: 404 });
  } else {
    const { status: expected, host = 'gateway.example.com', port = '' } = one.expect;
    const url = new URL(location!);
    expect({ status, host: url.hostname, port: url.port }).toEqual({ status: expected, host, port });
    expect(url.pathname).toBe(one.path);
  }
});

test('HTTPRouteHostnameIntersection: the one case that AWS names as its limit, a port that is not the listener’s', () => {
  const conformance = CONFORMANCE_TESTS.find(({ name }) => name === 'HTTPRouteHostnameIntersection')!;
  const { outcomes } = trafficOf(resourcesOf(conformance)).request({
    url: 'http://very.specific.com/s1',
    headers: { Host: 'very.specific.com:1234' },
  });
  expect(outcomes.map(({ status }) => status)).toEqual([404]);
});

test('HTTPRouteWeight: backends of 70, 30 and 0', () => {
  const resources = resourcesOf({
    name: 'HTTPRouteWeight',
    listeners: { 80: [[{ prefix: '/' }, { v1: 70, v2: 30, v3: 0 }]] },
    cases: [],
  });
  const { outcomes } = ask(resources, { path: '/', expect: 'v1' });
  expect(outcomes.map(({ destination, share }) => [destination.id, Number(share.toFixed(9))])).toEqual([
    ['v1', 0.7],
    ['v2', 0.3],
  ]);
});
