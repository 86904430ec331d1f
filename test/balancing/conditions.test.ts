import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Conditions } from '../../lib/balancing/conditions';
import { ruleProblems } from '../../lib/balancing/private/condition-limits';

/** What a rule of the L2, which knows nothing of this package, renders for the conditions. */
function rendered(stack: Stack, ...conditions: elbv2.ListenerCondition[]): unknown {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
  const action = elbv2.ListenerAction.fixedResponse(404);
  const listener = balancer.addListener('Listener', { port: 80, open: false, defaultAction: action });
  new elbv2.ApplicationListenerRule(stack, 'Rule', { listener, priority: 100, conditions, action });
  const [rule] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::ListenerRule'));
  return rule!.Properties.Conditions;
}

const raw = (...conditions: elbv2.ListenerCondition[]) => conditions.map((condition) => condition.renderRawCondition());
const codes = (...conditions: elbv2.ListenerCondition[]) =>
  ruleProblems(raw(...conditions)).map(({ code, severity }) => `${code} ${severity}`);

test('render the values of every field on a rule of the L2', () => {
  const conditions = rendered(
    new Stack(),
    Conditions.path('/a/*', '*.jpg'),
    Conditions.host('shop.example.com', '*.example.com'),
    Conditions.header('X-Tenant', 'acme*'),
    Conditions.method('GET', 'HEAD'),
    Conditions.query('version', '2', '2.*'),
    Conditions.queryValue('is+it\\?'),
    Conditions.sourceIp('198.51.100.0/24', '2001:db8::/32'),
  );
  expect(conditions).toEqual([
    { Field: 'path-pattern', PathPatternConfig: { Values: ['/a/*', '*.jpg'] } },
    { Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com', '*.example.com'] } },
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Tenant', Values: ['acme*'] } },
    { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'HEAD'] } },
    {
      Field: 'query-string',
      QueryStringConfig: {
        Values: [
          { Key: 'version', Value: '2' },
          { Key: 'version', Value: '2.*' },
        ],
      },
    },
    { Field: 'query-string', QueryStringConfig: { Values: [{ Value: 'is+it\\?' }] } },
    { Field: 'source-ip', SourceIpConfig: { Values: ['198.51.100.0/24', '2001:db8::/32'] } },
  ]);
});

test('render regular expressions, which the factories of the L2 do not', () => {
  const conditions = rendered(
    new Stack(),
    Conditions.pathRegex('^/v[0-9]+/'),
    Conditions.hostRegex('^shop\\.example\\.com:8443$'),
    Conditions.headerRegex('User-Agent', '(?i)bot'),
  );
  expect(conditions).toEqual([
    { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/v[0-9]+/'] } },
    { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^shop\\.example\\.com:8443$'] } },
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'User-Agent', RegexValues: ['(?i)bot'] } },
  ]);
});

test.each([
  ['/api', ['/api', '/api/*']],
  ['/api/', ['/api', '/api/*']],
  ['/api/v2//', ['/api/v2', '/api/v2/*']],
  ['/', ['/*']],
])('take the paths under %s', (prefix, values) => {
  expect(raw(Conditions.pathUnder(prefix))).toEqual([{ field: 'path-pattern', pathPatternConfig: { values } }]);
});

test.each([
  [['application/json'], ['application/json', 'application/json;*']],
  [['image/*'], ['image/*']],
  [
    ['image/svg+xml', 'video/*'],
    ['image/svg+xml', 'image/svg+xml;*', 'video/*'],
  ],
])('take the media types %s with any parameters', (types, values) => {
  expect(raw(Conditions.contentType(...types))).toEqual([
    { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'content-type', values } },
  ]);
});

test('let tokens through that are known only at deploy', () => {
  const stack = new Stack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const conditions = rendered(
    stack,
    Conditions.pathUnder(text),
    Conditions.host(text),
    Conditions.header(text, text),
    Conditions.sourceIp(text),
  );
  expect(conditions).toContainEqual({ Field: 'host-header', HostHeaderConfig: { Values: [{ Ref: 'Text' }] } });
  expect(conditions).toContainEqual({
    Field: 'path-pattern',
    PathPatternConfig: { Values: [{ Ref: 'Text' }, { 'Fn::Join': ['', [{ Ref: 'Text' }, '/*']] }] },
  });
});

const long = (begin: string, length: number) => begin.padEnd(length, 'a');

test.each<[string, () => elbv2.ListenerCondition]>([
  ['a path', () => Conditions.path(long('/', 128))],
  ['all characters of a path', () => Conditions.path('/aZ9_-.$/~"\'@:+&*?')],
  ['a prefix', () => Conditions.pathUnder(long('/', 126))],
  ['a host', () => Conditions.host(long('a', 124) + '.com')],
  ['a host of an international domain', () => Conditions.host('shop.example.xn--p1ai')],
  ['a header name', () => Conditions.header(long('X-', 40), 'a')],
  ['a header value', () => Conditions.header('X', long('a b ', 128))],
  ['a method', () => Conditions.method('M-SEARCH', 'MY_METHOD')],
  ['a query text', () => Conditions.query('a*', long('\\*b%20=', 128))],
  ['the whole Internet', () => Conditions.sourceIp('0.0.0.0/0', '::/0')],
  ['an escaped and a literal plus', () => Conditions.pathRegex('a\\++[+*]+[]x]{2,3}?')],
  ['a POSIX class', () => Conditions.pathRegex('^/[[:digit:](]+$')],
  ['an octal escape in a class', () => Conditions.pathRegex('[\\1-\\7]')],
  ['a group that captures nothing', () => Conditions.pathRegex('(?:a|b)+(c)?')],
  ['an escaped backslash before a digit', () => Conditions.pathRegex('a\\\\1')],
])('accept %s up to its limits', (_, condition) => {
  expect(() => condition()).not.toThrow();
});

test.each<[string, string, () => elbv2.ListenerCondition, string]>([
  [
    'a condition without values',
    'HG2201',
    () => Conditions.path(),
    "'path-pattern' must have at least one value, got none",
  ],
  ['a query without values', 'HG2201', () => Conditions.query('a'), "'query-string' must have at least one value"],
  ['six values', 'HG2201', () => Conditions.method('A', 'B', 'C', 'D', 'E', 'F'), 'at most 5 values, got 6'],
  ['three media types', 'HG2201', () => Conditions.contentType('a/a', 'b/b', 'c/c'), 'at most 5 values, got 6'],
  ['a path without a slash', 'HG2202', () => Conditions.path('api'), "'path' must begin with '/' or '*', got 'api'"],
  ['a path that begins with any character', 'HG2202', () => Conditions.path('?api'), "must begin with '/'"],
  ['an empty path', 'HG2202', () => Conditions.path(''), "'path' must be 1 to 128"],
  ['a long path', 'HG2202', () => Conditions.path(long('/', 129)), "'path' must be 1 to 128"],
  ['a percent sign in a path', 'HG2202', () => Conditions.path('/a%20b'), "got '/a%20b'"],
  ['a query in a path', 'HG2202', () => Conditions.path('/a?b=c'), 'Conditions.query()'],
  [
    'a wildcard in a prefix',
    'HG2203',
    () => Conditions.pathUnder('/api/*'),
    "'prefix' must begin with '/' and have no wildcard",
  ],
  ['a prefix without a slash', 'HG2203', () => Conditions.pathUnder('api'), "write '/api'"],
  ['a long prefix', 'HG2202', () => Conditions.pathUnder(long('/', 127)), "'path' must be 1 to 128"],
  ['a host with a port', 'HG2204', () => Conditions.host('example.com:8443'), "'host' must be without a port"],
  ['a host without a dot', 'HG2204', () => Conditions.host('localhost'), "'host' must have a dot"],
  ['an address as a host', 'HG2204', () => Conditions.host('198.51.100.7'), 'after the last one a letter'],
  ['a wildcard as the last label', 'HG2204', () => Conditions.host('example.*'), 'Conditions.hostRegex()'],
  ['a host with a last dot', 'HG2204', () => Conditions.host('example.com.'), 'after the last one a letter'],
  ['a long host', 'HG2204', () => Conditions.host(long('a', 125) + '.com'), "'host' must be 1 to 128"],
  ['an underscore in a host', 'HG2204', () => Conditions.host('a_b.example.com'), "got 'a_b.example.com'"],
  ['the Host header', 'HG2205', () => Conditions.header('host', 'a'), 'use Conditions.host()'],
  ['a long header name', 'HG2205', () => Conditions.header(long('X', 41), 'a'), "'name' must be 1 to 40"],
  ['a wildcard in a header name', 'HG2205', () => Conditions.headerRegex('X-*', 'a'), 'names take no wildcards'],
  ['an empty header name', 'HG2205', () => Conditions.header('', 'a'), "'name' must be 1 to 40"],
  ['a long header value', 'HG2206', () => Conditions.header('X', long('a', 129)), "'header' must be 1 to 128"],
  ['a line break in a header value', 'HG2206', () => Conditions.header('X', 'a\nb'), 'visible ASCII'],
  [
    'a parameter of a media type',
    'HG2207',
    () => Conditions.contentType('text/html; charset=utf-8'),
    'leave parameters out',
  ],
  ['any media type', 'HG2207', () => Conditions.contentType('*/*'), "got '*/*'"],
  ['part of a subtype', 'HG2207', () => Conditions.contentType('application/*+json'), "'mediaTypes' must be"],
  ['small letters in a method', 'HG2208', () => Conditions.method('get'), 'write it in capital letters'],
  ['a wildcard in a method', 'HG2208', () => Conditions.method('P*'), "'method' must be 1 to 40"],
  ['a long method', 'HG2208', () => Conditions.method('A'.repeat(41)), "'method' must be 1 to 40"],
  ['a space in a query', 'HG2209', () => Conditions.query('a', 'b c'), '%20'],
  ['an ampersand in a query key', 'HG2209', () => Conditions.query('a&b', 'c'), '%26'],
  [
    'a stray backslash in a query',
    'HG2209',
    () => Conditions.queryValue('a\\b'),
    "in front of a literal '*' or '?' only",
  ],
  ['a long query value', 'HG2209', () => Conditions.queryValue('a'.repeat(129)), "'query' must be 1 to 128"],
  [
    'an escape that makes a query value long',
    'HG2209',
    () => Conditions.queryValue('a'.repeat(127) + '\\*'),
    '1 to 128',
  ],
  [
    'the broadcast address',
    'HG2210',
    () => Conditions.sourceIp('255.255.255.255/32'),
    '255.255.255.255/32, which AWS refuses',
  ],
  ['an address without a prefix', 'HG2210', () => Conditions.sourceIp('198.51.100.7'), "write '198.51.100.7/32'"],
  ['an impossible IPv4 prefix', 'HG2210', () => Conditions.sourceIp('198.51.100.0/33'), "got '198.51.100.0/33'"],
  ['an impossible IPv6 prefix', 'HG2210', () => Conditions.sourceIp('::/129'), "got '::/129'"],
  ['an impossible address', 'HG2210', () => Conditions.sourceIp('198.51.100.256/32'), "'sourceIp' must be"],
  ['a zone in an address', 'HG2210', () => Conditions.sourceIp('fe80::1%eth0/64'), "'sourceIp' must be"],
  ['a long regular expression', 'HG2211', () => Conditions.pathRegex('a'.repeat(129)), "'regex' must be 1 to 128"],
  ['a look-ahead', 'HG2211', () => Conditions.pathRegex('^/(?!api)'), 'look-around'],
  ['a look-behind', 'HG2211', () => Conditions.hostRegex('(?<=a)b'), 'look-around'],
  ['a numbered back-reference', 'HG2211', () => Conditions.pathRegex('(a)\\1'), 'a back-reference'],
  ['a named back-reference', 'HG2211', () => Conditions.pathRegex('(?<x>a)\\k<x>'), 'a back-reference'],
  ['a possessive quantifier', 'HG2211', () => Conditions.pathRegex('a*+b'), 'a possessive quantifier'],
  ['a possessive count', 'HG2211', () => Conditions.pathRegex('a{1,2}+'), 'a possessive quantifier'],
  ['an atomic group', 'HG2211', () => Conditions.pathRegex('(?>a|b)c'), 'an atomic group'],
  ['a recursion', 'HG2211', () => Conditions.pathRegex('a(?R)?b'), 'recursion'],
  ['a subroutine', 'HG2211', () => Conditions.pathRegex('(a)(?1)'), 'recursion'],
  ['a Unicode class', 'HG2211', () => Conditions.headerRegex('X', '[\\p{L}]'), 'a Unicode class'],
  ['a group without an end', 'HG2211', () => Conditions.pathRegex('(a'), "a '(' without its ')'"],
  ['a group without a beginning', 'HG2211', () => Conditions.pathRegex('a)('), "a ')' without its '('"],
  ['a class without an end', 'HG2211', () => Conditions.pathRegex('[a'), "a '[' without its ']'"],
  ['a backslash at the end', 'HG2211', () => Conditions.pathRegex('a\\'), 'a backslash at its end'],
])('fails on %s', (_, code, condition, text) => {
  expect(() => condition()).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
});

test('find nothing wrong with five values, five wildcards and one condition of each kind', () => {
  const l2 = elbv2.ListenerCondition.httpHeader('X', ['*']);
  expect(codes(Conditions.path('/a*', '/b*'), Conditions.host('*.a.com'), Conditions.method('GET'), l2)).toEqual([]);
  expect(codes(Conditions.path('/a*b*c*d*e*'))).toEqual([]);
});

test.each<[string, string, elbv2.ListenerCondition[]]>([
  ['no condition', 'HG2221 error', []],
  ['six values in all', 'HG2222 error', [Conditions.path('/a', '/b', '/c'), Conditions.method('A', 'B', 'C')]],
  ['two paths', 'HG2223 error', [Conditions.pathRegex('a'), elbv2.ListenerCondition.pathPatterns(['/b'])]],
  ['two hosts', 'HG2223 error', [Conditions.host('a.com'), Conditions.host('b.com')]],
  ['two methods', 'HG2223 error', [Conditions.method('GET'), Conditions.method('PUT')]],
  ['two addresses', 'HG2223 error', [Conditions.sourceIp('10.0.0.0/8'), Conditions.sourceIp('10.0.0.0/8')]],
  ['seven wildcards', 'HG2224 error', [Conditions.path('/*?*?'), Conditions.query('*', '**')]],
  ['six wildcards', 'HG2225 warning', [Conditions.path('/*?*?'), Conditions.query('*', '*')]],
  ['four values in a condition', 'HG2226 warning', [Conditions.method('A', 'B', 'C', 'D')]],
])('find %s in a rule', (_, problem, conditions) => {
  expect(codes(...conditions)).toEqual([problem]);
});

test('take several conditions on headers and queries', () => {
  expect(
    codes(
      Conditions.header('A', 'a'),
      Conditions.header('A', 'b'),
      Conditions.query('c', 'd'),
      Conditions.queryValue('e'),
    ),
  ).toEqual([]);
});

test('count neither escaped wildcards nor the stars of regular expressions', () => {
  expect(codes(Conditions.pathRegex('.*.*.*.*.*.*.*'), Conditions.queryValue('\\*\\?\\*\\?\\*\\?\\*'))).toEqual([]);
});

test('name the values of each condition and the way out when they are too many', () => {
  const [problem] = ruleProblems(raw(Conditions.path('/a', '/b', '/c'), Conditions.contentType('a/a', 'b/*')));
  expect(problem?.message).toBe(
    "'conditions' must have at most 5 values all together, got 6 (path-pattern 3, http-header 3) (ALB-2): split it into two routes with the same action, or let one pattern stand for several values",
  );
});

test.each([
  ['a value', 'HG2202', { field: 'path-pattern', values: ['api'] }],
  ['a mixture', 'HG2227', { field: 'path-pattern', pathPatternConfig: { values: ['/a'], regexValues: ['b'] } }],
  ['a regular expression for a method', 'HG2211', { field: 'http-request-method', regexValues: ['GET|PUT'] }],
  ['a query without a value', 'HG2209', { field: 'query-string', queryStringConfig: { values: [{ key: 'a' }] } }],
  ['nothing', 'HG2201', { field: 'host-header', hostHeaderConfig: { values: [] } }],
])('find %s in a condition that somebody else renders', (_, code, condition) => {
  expect(ruleProblems([condition]).map((problem) => problem.code)).toEqual([code]);
});
