import type { RequestOptions } from '../../../../lib/traffic';
import { header, host, LB, listener, method, path, query, REF, rule, source } from '../../../support/balancer';
import { trafficOf } from '../../../support/traffic';

/** What a request gets where one rule, which answers 200, has some conditions: status, quality and warnings. */
function ask(conditions: readonly object[], request: Partial<RequestOptions>, port = 80, lb: object = {}) {
  const traffic = trafficOf({
    Lb: { ...LB.Lb, Properties: { ...LB.Lb.Properties, ...lb } },
    Listener: listener({ Port: port }),
    Rule: rule(10, conditions),
    Unknown: { Type: 'AWS::SNS::Topic', Properties: {} },
  });
  const answer = traffic.request({ url: `http://shop.example.com:${port}/`, ...request });
  const [outcome] = answer.outcomes;
  return { status: outcome!.status, quality: outcome!.quality, warnings: answer.warnings, trace: outcome!.trace };
}

const url = (rest: string) => ({ url: `http://shop.example.com${rest}` });

test.each([
  ['path', path('/api/*'), url('/api/x'), true],
  ['path', path('/api/*'), url('/API/x'), false],
  ['path', path('/a', '/b'), url('/b'), true],
  ['path in the short form', { Field: 'path-pattern', Values: ['/b'] }, url('/b'), true],
  ['path without its Field', { PathPatternConfig: { Values: ['/b'] } }, url('/c'), false],
  ['path', path('/x'), url('/x?y=1'), true],
  ['host', host('SHOP.example.com'), url('/'), true],
  ['host', host('*.example.com'), { url: 'http://example.com/' }, false],
  ['host in the short form', { Field: 'host-header', Values: ['*.example.com'] }, url('/'), true],
  ['method', method('GET'), url('/'), true],
  ['method', method('GET'), { method: 'get' }, false],
  ['header', header('X-Tenant', 'GOLD*'), { headers: { 'x-tenant': 'golden' } }, true],
  ['header', header('X-Tenant', 'gold'), { headers: {} }, false],
  ['query', query({ Key: 'Version', Value: 'V?' }), url('/?a=1&version=v2'), true],
  ['query', query({ Key: 'version', Value: 'v1' }), url('/?version=v2&version=v1'), true],
  ['query', query({ Value: 'v*' }), url('/?any=v2'), true],
  ['query', query({ Key: 'a', Value: '*' }), url('/'), false],
  ['query', query({ Key: 'q', Value: '\\*' }), url('/?q=*'), true],
  ['query', query({ Key: 'q', Value: '\\*' }), url('/?q=x'), false],
  ['source', source('192.0.2.0/24'), { clientIp: '192.0.2.7' }, true],
  ['source', source('192.0.2.0/24'), { clientIp: '198.51.100.7' }, false],
  ['source', source('2001:db8::/32'), { clientIp: '2001:db8::1' }, true],
])('%s: %j and %j: %s', (_name, condition, request, met) => {
  expect(ask([condition], request)).toMatchObject({ status: met ? 200 : 404, quality: 'exact', warnings: [] });
});

test('all conditions must be met', () => {
  const conditions = [path('/api/*'), host('shop.example.com'), method('POST')];
  expect(ask(conditions, { ...url('/api/x'), method: 'POST' }).status).toBe(200);
  expect(ask(conditions, url('/api/x')).status).toBe(404);
});

test('the trace names exactly the values that matched', () => {
  const { trace } = ask([path('/a', '/b*'), host('shop.example.com')], url('/bc'));
  expect(trace[2]).toEqual({
    hop: 'listener-rule',
    id: 'Rule',
    stack: 'Stack',
    because: 'priority 10 matched path /b* and host shop.example.com',
    facts: ['ALB-1', 'ALB-2', 'ALB-3', 'ALB-4'],
  });
});

test("the listener's own port in the Host header is a likely match, another one none", () => {
  expect(ask([host('shop.example.com')], {}, 8443)).toMatchObject({ status: 200, quality: 'undocumented' });
  const other = { ...url('/'), headers: { Host: 'shop.example.com:9999' } };
  expect(ask([host('shop.example.com')], other)).toMatchObject({ status: 404, quality: 'exact' });
  expect(ask([host('shop.example.com*')], other)).toMatchObject({ status: 200, quality: 'exact' });
});

test("a client's address that isn't known meets no block, and a warning says what to give", () => {
  const answer = ask([source('192.0.2.0/24')], {});
  expect(answer).toMatchObject({ status: 404, quality: 'bounded' });
  expect(answer.warnings.join()).toContain('--client-ip');
  expect(ask([source('0.0.0.0/0')], {})).toMatchObject({ status: 200, quality: 'bounded' });
});

test('a rule that fails by another condition warns of nothing', () => {
  expect(ask([source('192.0.2.0/24'), path('/admin')], {})).toMatchObject({
    status: 404,
    quality: 'exact',
    warnings: [],
  });
});

test('a symbolic value counts as not matching, and a warning names the rule and the property', () => {
  const answer = ask([path(REF('Unknown'))], {});
  expect(answer).toMatchObject({ status: 404, quality: 'bounded' });
  expect(answer.warnings.join()).toContain(
    'Stack/Rule (AWS::ElasticLoadBalancingV2::ListenerRule): Conditions[0].PathPatternConfig.Values[0]',
  );
});

test('a symbolic value is equal to itself', () => {
  const answer = ask([header('X-Secret', REF('Unknown'))], { headers: { 'X-Secret': '${Stack/Unknown}' } });
  expect(answer).toMatchObject({ status: 200, quality: 'exact', warnings: [] });
});

test.each([
  ['a list', { Field: 'path-pattern', PathPatternConfig: { Values: REF('Unknown') } }],
  ['a condition', REF('Unknown')],
  ['a mapping', { Field: 'path-pattern', PathPatternConfig: REF('Unknown') }],
  ['a header', header(REF('Unknown'), 'x')],
])('%s that is symbolic counts as not matching', (_name, condition) => {
  expect(ask([condition], {})).toMatchObject({ status: 404, quality: 'bounded' });
});

const regex = (field: string, config: string, ...values: string[]) => ({
  Field: field,
  [config]: { RegexValues: values, ...(field === 'http-header' ? { HttpHeaderName: 'X-Id' } : {}) },
});

test.each([
  ['^/api/v[0-9]+$', '/api/v12', 200, 'exact'],
  ['^/api/', '/api/x', 200, 'undocumented'],
  ['^/api/', '/API/x', 404, 'exact'],
  ['(?=a)', '/a', 404, 'undocumented'],
  ['^/\\p{L}+$', '/abc', 404, 'undocumented'],
])('the expression %s and the path %s: %d, %s', (expression, given, status, quality) => {
  const condition = regex('path-pattern', 'PathPatternConfig', expression);
  expect(ask([condition], url(given))).toMatchObject({ status, quality });
});

test('whether the case of hosts and headers counts for expressions is not documented', () => {
  const condition = regex('http-header', 'HttpHeaderConfig', '^id-[a-z]$');
  expect(ask([condition], { headers: { 'x-id': 'id-a' } })).toMatchObject({ status: 200, quality: 'exact' });
  expect(ask([condition], { headers: { 'x-id': 'ID-A' } })).toMatchObject({ status: 200, quality: 'undocumented' });
  expect(ask([regex('host-header', 'HostHeaderConfig', '^shop\\..*:8080$')], {}, 8080)).toMatchObject({
    status: 200,
    quality: 'exact',
  });
});

test('a percent-encoded query that only matches decoded is a likely match', () => {
  expect(ask([query({ Key: 'q', Value: 'a b' })], url('/?q=a%20b'))).toMatchObject({
    status: 200,
    quality: 'undocumented',
  });
  expect(ask([query({ Key: 'q', Value: 'a*' })], url('/?q=a%20b'))).toMatchObject({ status: 200, quality: 'exact' });
});

test('of a header that was sent several times one line is enough', () => {
  const answer = ask([header('X-Role', 'admin')], { headers: { 'X-Role': 'user, admin' } });
  expect(answer).toMatchObject({ status: 200, quality: 'undocumented' });
});

test('a header with an underscore may be gone where the balancer drops such headers', () => {
  const drops = {
    LoadBalancerAttributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }],
  };
  const request = { headers: { X_Role: 'admin' } };
  const expression = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X_Role', RegexValues: ['^admin$'] } };
  for (const condition of [header('X_Role', 'admin'), expression]) {
    expect(ask([condition], request, 80, drops)).toMatchObject({ status: 404, quality: 'undocumented' });
    expect(ask([condition], {}, 80, drops)).toMatchObject({ status: 404, quality: 'exact' });
  }
  expect(ask([header('X_Role', 'admin')], request)).toMatchObject({ status: 200, quality: 'exact' });
});

test('a header with an underscore is taken to stay where it is not known whether the balancer drops it', () => {
  const drops = {
    LoadBalancerAttributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: REF('Drops') }],
  };
  const request = { headers: { X_Role: 'admin', 'X-Role': 'admin' } };
  const expression = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X_Role', RegexValues: ['admin'] } };
  for (const condition of [header('X_Role', 'admin'), expression]) {
    const { status, quality, warnings } = ask([condition], request, 80, drops);
    expect([status, quality]).toEqual([200, 'bounded']);
    expect(warnings.join()).toContain(
      "LoadBalancerAttributes: routing.http.drop_invalid_header_fields.enabled isn't known: false is assumed",
    );
    expect(ask([condition], {}, 80, drops)).toMatchObject({ status: 404, quality: 'exact', warnings: [] });
  }
  expect(ask([header('X-Role', 'admin')], request, 80, drops)).toMatchObject({ status: 200, quality: 'exact' });
});

test('fails for a condition of no kind, naming its place', () => {
  expect(() => ask([{ Field: 'hosts', Values: ['x'] }], {})).toThrow(
    'Stack/Rule (AWS::ElasticLoadBalancingV2::ListenerRule): Conditions[0].Field must be one of host-header, path-pattern, http-header, http-request-method, query-string, source-ip, got hosts.',
  );
});

test('a condition without values counts as not met', () => {
  expect(ask([path()], {})).toMatchObject({ status: 404, quality: 'bounded' });
});

test('a rule without conditions takes everything', () => {
  expect(ask([], {})).toMatchObject({ status: 200, quality: 'exact' });
});

test('of several values that are not known each is named, and the reason once', () => {
  const { quality, trace, warnings } = ask([source('192.0.2.0/24', '10.0.0.0/8')], {});
  expect(quality).toBe('bounded');
  expect(trace[2]!.because).toBe(
    "priority 10 counts as not matching: source 192.0.2.0/24 or source 10.0.0.0/8 isn't certain",
  );
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/Values: the client's address isn't known; give it with --client-ip\.$/);
});
