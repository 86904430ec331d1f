/*
 * Conformance cases of the Kubernetes Gateway API (v1.6.1, conformance/tests/httproute-*.go, Apache-2.0) that AWS's load balancer
 * controller passes on real Application Load Balancers, by its conformance report (v3.5.0, 2026-07-24). Written as listener rules: a match
 * is a rule, a path prefix `/v2` is the values `/v2` and `/v2/*`, and the rules stand in the order of precedence that the API asks for
 * (exact paths, longer prefixes, methods, number of headers, order of routes), which is the order of their priorities.
 */

/** What a rule looks for. */
export interface Match {
  readonly hosts?: readonly string[];
  readonly exact?: string;
  readonly prefix?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a rule does: backends with their weights, or a redirect. */
export type To = Readonly<Record<string, number>> | { readonly redirect: Readonly<Record<string, string>> };

/** A request and what is expected: the backend, 404, or where a redirect leads. */
export interface Case {
  readonly host?: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: string | 404 | { readonly status: number; readonly host?: string; readonly port?: string };
}

/** One conformance test. */
export interface ConformanceTest {
  readonly name: string;
  /** The rules of each listener in order of precedence, by the listener's port. */
  readonly listeners: Readonly<Record<number, readonly (readonly [Match, To])[]>>;
  readonly cases: readonly Case[];
}

const v1 = { v1: 1 };
const v2 = { v2: 1 };
const v3 = { v3: 1 };
const version = (value: string) => ({ headers: { version: value } });
const color = (value: string) => ({ headers: { color: value } });

export const CONFORMANCE_TESTS: readonly ConformanceTest[] = [
  {
    name: 'HTTPRouteSimpleSameNamespace',
    listeners: { 80: [[{ prefix: '/' }, v1]] },
    cases: [{ path: '/', expect: 'v1' }],
  },
  {
    name: 'HTTPRouteExactPathMatching',
    listeners: {
      80: [
        [{ exact: '/one' }, v1],
        [{ exact: '/two' }, v2],
      ],
    },
    cases: [
      { path: '/one', expect: 'v1' },
      { path: '/two', expect: 'v2' },
      { path: '/', expect: 404 },
      { path: '/one/example', expect: 404 },
      { path: '/two/', expect: 404 },
      { path: '/Two', expect: 404 },
    ],
  },
  {
    name: 'HTTPRouteMatching',
    listeners: {
      80: [
        [{ prefix: '/v2' }, v2],
        [version('one'), v1],
        [version('two'), v2],
        [{ prefix: '/' }, v1],
      ],
    },
    cases: [
      { path: '/', expect: 'v1' },
      { path: '/example', expect: 'v1' },
      { path: '/', headers: { Version: 'one' }, expect: 'v1' },
      { path: '/v2', expect: 'v2' },
      { path: '/v2/example', expect: 'v2' },
      { path: '/', headers: { Version: 'two' }, expect: 'v2' },
      { path: '/v2/', expect: 'v2' },
      { path: '/v2example', expect: 'v1' },
      { path: '/foo/v2/example', expect: 'v1' },
    ],
  },
  {
    name: 'HTTPRouteHeaderMatching',
    listeners: {
      80: [
        [{ headers: { version: 'two', color: 'orange' } }, v1],
        [version('one'), v1],
        [version('two'), v2],
        [color('blue'), v1],
        [color('green'), v1],
        [color('red'), v2],
        [color('yellow'), v2],
      ],
    },
    cases: [
      { path: '/', headers: { Version: 'one' }, expect: 'v1' },
      { path: '/', headers: { Version: 'two' }, expect: 'v2' },
      { path: '/', headers: { Version: 'two', Color: 'orange' }, expect: 'v1' },
      { path: '/', headers: { Version: 'two', Color: 'blue' }, expect: 'v2' },
      { path: '/', headers: { Color: 'orange' }, expect: 404 },
      { path: '/', headers: { 'Some-Other-Header': 'one' }, expect: 404 },
      { path: '/', headers: { Color: 'blue' }, expect: 'v1' },
      { path: '/', headers: { Color: 'green' }, expect: 'v1' },
      { path: '/', headers: { Color: 'red' }, expect: 'v2' },
      { path: '/', headers: { Color: 'yellow' }, expect: 'v2' },
      { path: '/', headers: { Color: 'purple' }, expect: 404 },
    ],
  },
  {
    name: 'HTTPRouteMatchingAcrossRoutes',
    listeners: {
      80: [
        [{ hosts: ['example.com'], prefix: '/v2' }, v2],
        [{ hosts: ['example.com', 'example.net'], ...version('one') }, v1],
        [{ hosts: ['example.com'], ...version('two') }, v2],
        [{ hosts: ['example.com', 'example.net'], prefix: '/' }, v1],
      ],
    },
    cases: [
      { host: 'example.com', path: '/', expect: 'v1' },
      { host: 'example.com', path: '/example', expect: 'v1' },
      { host: 'example.net', path: '/example', expect: 'v1' },
      { host: 'example.com', path: '/example', headers: { Version: 'one' }, expect: 'v1' },
      { host: 'example.com', path: '/v2', expect: 'v2' },
      { host: 'example.net', path: '/v2', expect: 'v1' },
      { host: 'example.com', path: '/v2/example', expect: 'v2' },
      { host: 'example.com', path: '/', headers: { Version: 'two' }, expect: 'v2' },
    ],
  },
  {
    name: 'HTTPRouteMethodMatching',
    listeners: {
      80: [
        [{ prefix: '/path1', method: 'GET' }, v1],
        [{ prefix: '/path2', method: 'POST', ...version('two') }, v3],
        [{ prefix: '/path3', method: 'PATCH' }, v1],
        [{ prefix: '/path4', method: 'DELETE', ...version('three') }, v1],
        [{ prefix: '/path5' }, v1],
        [{ method: 'PUT', ...version('one') }, v2],
        [{ method: 'POST' }, v1],
        [{ method: 'GET' }, v2],
        [{ method: 'PATCH' }, v2],
        [version('four'), v3],
      ],
    },
    cases: [
      { method: 'POST', path: '/', expect: 'v1' },
      { method: 'GET', path: '/', expect: 'v2' },
      { method: 'HEAD', path: '/', expect: 404 },
      { method: 'GET', path: '/path1', expect: 'v1' },
      { method: 'PUT', path: '/', headers: { version: 'one' }, expect: 'v2' },
      { method: 'POST', path: '/path2', headers: { version: 'two' }, expect: 'v3' },
      { method: 'PATCH', path: '/path3', expect: 'v1' },
      { method: 'DELETE', path: '/path4', headers: { version: 'three' }, expect: 'v1' },
      { method: 'PUT', path: '/', expect: 404 },
      { method: 'DELETE', path: '/path4', expect: 404 },
      { method: 'PATCH', path: '/path5', expect: 'v1' },
      { method: 'PATCH', path: '/', headers: { version: 'four' }, expect: 'v2' },
    ],
  },
  {
    name: 'HTTPRoutePathMatchOrder',
    listeners: {
      80: [
        [{ exact: '/match/exact/one' }, v3],
        [{ exact: '/match/exact' }, v2],
        [{ exact: '/match' }, v1],
        [{ prefix: '/match/prefix/one' }, v2],
        [{ prefix: '/match/prefix' }, v1],
        [{ prefix: '/match' }, v3],
      ],
    },
    cases: [
      { path: '/match/exact/one', expect: 'v3' },
      { path: '/match/exact', expect: 'v2' },
      { path: '/match', expect: 'v1' },
      { path: '/match/prefix/one/any', expect: 'v2' },
      { path: '/match/prefix/any', expect: 'v1' },
      { path: '/match/any', expect: 'v3' },
    ],
  },
  {
    name: 'HTTPRouteListenerHostnameMatching',
    listeners: {
      80: [
        [{ hosts: ['foo.bar.com'] }, v2],
        [{ hosts: ['bar.com'] }, v1],
        [{ hosts: ['*.bar.com'] }, v3],
        [{ hosts: ['*.foo.com'] }, v3],
      ],
    },
    cases: [
      { host: 'bar.com', path: '/', expect: 'v1' },
      { host: 'foo.bar.com', path: '/', expect: 'v2' },
      { host: 'baz.bar.com', path: '/', expect: 'v3' },
      { host: 'boo.bar.com', path: '/', expect: 'v3' },
      { host: 'multiple.prefixes.bar.com', path: '/', expect: 'v3' },
      { host: 'multiple.prefixes.foo.com', path: '/', expect: 'v3' },
      { host: 'foo.com', path: '/', expect: 404 },
      { host: 'no.matching.host', path: '/', expect: 404 },
    ],
  },
  {
    name: 'HTTPRouteListenerPortMatching',
    listeners: {
      80: [[{ hosts: ['foo.com'] }, v1]],
      8080: [[{ hosts: ['foo.com', 'bar.com'] }, v2]],
      8090: [[{ hosts: ['foo.com'] }, v3]],
    },
    cases: [
      { host: 'foo.com', path: '/', expect: 'v1' },
      { host: 'foo.com:8080', path: '/', expect: 'v2' },
      { host: 'bar.com:8080', path: '/', expect: 'v2' },
      { host: 'foo.com:8090', path: '/', expect: 'v3' },
      { host: 'bar.com:8090', path: '/', expect: 404 },
    ],
  },
  {
    // The report counts this test as skipped for one of its cases: a port in the Host header that isn't the listener's is not stripped.
    name: 'HTTPRouteHostnameIntersection',
    listeners: {
      80: [
        [{ hosts: ['very.specific.com'], prefix: '/s1' }, v1],
        [{ hosts: ['foo.wildcard.io', 'bar.wildcard.io', 'foo.bar.wildcard.io'], prefix: '/s2' }, v2],
        [{ hosts: ['very.specific.com'], prefix: '/s3' }, v3],
        [{ hosts: ['*.anotherwildcard.io'], prefix: '/s4' }, v1],
      ],
    },
    cases: [
      { host: 'very.specific.com', path: '/s1', expect: 'v1' },
      { host: 'non.matching.com', path: '/s1', expect: 404 },
      { host: 'foo.nonmatchingwildcard.io', path: '/s1', expect: 404 },
      { host: 'foo.wildcard.io', path: '/s1', expect: 404 },
      { host: 'very.specific.com', path: '/non-matching-prefix', expect: 404 },
      { host: 'foo.wildcard.io', path: '/s2', expect: 'v2' },
      { host: 'bar.wildcard.io', path: '/s2', expect: 'v2' },
      { host: 'foo.bar.wildcard.io', path: '/s2', expect: 'v2' },
      { host: 'non.matching.com', path: '/s2', expect: 404 },
      { host: 'wildcard.io', path: '/s2', expect: 404 },
      { host: 'very.specific.com', path: '/s2', expect: 404 },
      { host: 'very.specific.com', path: '/s3', expect: 'v3' },
      { host: 'foo.specific.com', path: '/s3', expect: 404 },
      { host: 'foo.anotherwildcard.io', path: '/s4', expect: 'v1' },
      { host: 'bar.anotherwildcard.io', path: '/s4', expect: 'v1' },
      { host: 'foo.bar.anotherwildcard.io', path: '/s4', expect: 'v1' },
      { host: 'anotherwildcard.io', path: '/s4', expect: 404 },
      { host: 'foo.wildcard.io', path: '/s4', expect: 404 },
      { host: 'foo.anotherwildcard.io', path: '/non-matching-prefix', expect: 404 },
    ],
  },
  {
    name: 'HTTPRouteRedirectHostAndStatus',
    listeners: {
      80: [
        [{ prefix: '/hostname-redirect' }, { redirect: { Host: 'example.org', StatusCode: 'HTTP_302' } }],
        [{ prefix: '/host-and-status' }, { redirect: { Host: 'example.org', StatusCode: 'HTTP_301' } }],
      ],
    },
    cases: [
      { path: '/hostname-redirect', expect: { status: 302, host: 'example.org' } },
      { path: '/host-and-status', expect: { status: 301, host: 'example.org' } },
    ],
  },
  {
    name: 'HTTPRouteRedirectPort',
    listeners: {
      80: [
        [{ prefix: '/port' }, { redirect: { Port: '8083', StatusCode: 'HTTP_302' } }],
        [{ prefix: '/port-and-host' }, { redirect: { Host: 'example.org', Port: '8083', StatusCode: 'HTTP_302' } }],
        [{ prefix: '/port-and-status' }, { redirect: { Port: '8083', StatusCode: 'HTTP_301' } }],
        [
          { prefix: '/port-and-host-and-status' },
          { redirect: { Host: 'example.org', Port: '8083', StatusCode: 'HTTP_302' } },
        ],
      ],
    },
    cases: [
      { path: '/port', expect: { status: 302, port: '8083' } },
      { path: '/port-and-host', expect: { status: 302, host: 'example.org', port: '8083' } },
      { path: '/port-and-status', expect: { status: 301, port: '8083' } },
      { path: '/port-and-host-and-status', expect: { status: 302, host: 'example.org', port: '8083' } },
    ],
  },
];
