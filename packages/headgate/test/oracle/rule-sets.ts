import fc from 'fast-check';

/** One condition of a listener rule, as a template has it. */
export type Condition = Readonly<Record<string, unknown>> & { readonly Field: string };

/** A rule as the Properties of an AWS::ElasticLoadBalancingV2::ListenerRule, without its listener and its actions. */
export interface RawRule {
  readonly Priority: number;
  readonly Conditions: readonly Condition[];
}

/** What is asked of both sides. */
export interface RawRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The loopback address that the connection comes from. */
  readonly address: string;
}

// Few words, many patterns over them: so rules overlap.
const SEGMENTS = ['api', 'v1', 'v2', 'orders', 'carts', 'img'];
const PATHS = [
  '/api/*',
  '/api/v1/*',
  '/api/v?/*',
  '/api/*/orders',
  '/*/orders*',
  '*.png',
  '/',
  '/o*',
  '/img/*',
  '/api/v2/carts',
];
const PATH_EXPRESSIONS = ['^/api/v[0-9]+/.*$', '^/(api|img)/.*$', '^/[a-z]+/(v1|v2)(/.*)?$', '^.*/(orders|carts)$'];
const HOSTS = ['shop.example.com', 'api.example.com', '*.example.com', '*.EXAMPLE.com', 's*.example.com'];
const HOST_EXPRESSIONS = ['^(shop|api)\\.example\\.com$', '^[a-z]+\\.example\\.com$'];
const HEADERS = ['blue', 'b*', '*E*', '?lue', 'green*'];
const HEADER_EXPRESSIONS = ['^(blue|been)$', '^g[a-z]+(-[0-9])?$'];
const QUERIES = [
  { Key: 'v', Value: '1' },
  { Key: 'v', Value: '*' },
  { Value: 'beta' },
  { Value: 'b*' },
  { Key: '?', Value: '1' },
];
const BLOCKS = ['127.0.1.0/24', '127.0.0.0/16', '127.1.2.3/32', '127.128.0.0/9'];

const some = <T>(values: readonly T[], max: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max });

const condition: fc.Arbitrary<Condition> = fc.oneof(
  some(PATHS, 2).map((Values) => ({ Field: 'path-pattern', PathPatternConfig: { Values } })),
  some(PATHS, 2).map((Values) => ({ Field: 'path-pattern', Values })),
  some(PATH_EXPRESSIONS, 1).map((RegexValues) => ({ Field: 'path-pattern', PathPatternConfig: { RegexValues } })),
  some(HOSTS, 2).map((Values) => ({ Field: 'host-header', HostHeaderConfig: { Values } })),
  some(HOST_EXPRESSIONS, 1).map((RegexValues) => ({ Field: 'host-header', HostHeaderConfig: { RegexValues } })),
  some(['GET', 'POST', 'DELETE'], 2).map((Values) => ({
    Field: 'http-request-method',
    HttpRequestMethodConfig: { Values },
  })),
  fc
    .tuple(fc.constantFrom('X-Pool', 'x-device'), some(HEADERS, 2))
    .map(([HttpHeaderName, Values]) => ({ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values } })),
  fc.tuple(fc.constantFrom('X-Pool', 'x-device'), some(HEADER_EXPRESSIONS, 1)).map(([HttpHeaderName, RegexValues]) => ({
    Field: 'http-header',
    HttpHeaderConfig: { HttpHeaderName, RegexValues },
  })),
  some(QUERIES, 2).map((Values) => ({ Field: 'query-string', QueryStringConfig: { Values } })),
  some(BLOCKS, 2).map((Values) => ({ Field: 'source-ip', SourceIpConfig: { Values } })),
);

const rule: fc.Arbitrary<RawRule> = fc.record({
  Priority: fc.integer({ min: 1, max: 50_000 }),
  Conditions: fc.uniqueArray(condition, { minLength: 2, maxLength: 3, selector: ({ Field }) => Field }),
});

/** Sets of rules with unique priorities, in any order. */
export function ruleSets(count: number, seed: number): readonly (readonly RawRule[])[] {
  const set = fc.uniqueArray(rule, { minLength: 12, maxLength: 20, selector: ({ Priority }) => Priority });
  return fc.sample(set, { seed, numRuns: count });
}

const request: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'DELETE', 'PUT'),
  host: fc.constantFrom('shop.example.com', 'api.example.com', 'Shop.Example.com', 'other.example.org', 'example.com'),
  path: fc
    .tuple(fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 4 }), fc.constantFrom('', '', '/', '.png', 'x'))
    .map(([segments, end]) => `/${segments.join('/')}${end}`.replace(/^\/\//, '/')),
  query: fc.option(fc.constantFrom('v=1', 'v=2', 'w=1', 'x=beta', 'V=BETA', 'a=b&v=1', 'b', ''), { nil: undefined }),
  headers: fc.record(
    {
      'x-pool': fc.constantFrom('blue', 'BLUE', 'glue', 'green-2', ''),
      'X-Device': fc.constantFrom('blue', 'been', 'green'),
    },
    { requiredKeys: [] },
  ),
  address: fc.constantFrom('127.0.1.7', '127.0.0.9', '127.1.2.3', '127.200.0.1'),
});

/** Distinct requests. */
export function requests(count: number, seed: number): readonly RawRequest[] {
  const found = new Map<string, RawRequest>();
  for (const one of fc.sample(request, { seed, numRuns: count * 2 })) {
    if (found.size < count) found.set(JSON.stringify(one), one);
  }
  return [...found.values()];
}
