import type { RequestOptions } from 'headgate';
import type { Road } from './road';
import type { Placed, Templates } from './templates';
import { at, list, type Value } from './values';

/** A request that is asked about, and where it comes from. */
export interface TypicalRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** The Region that the client is nearest to; undefined where there is one Region, or none. */
  readonly near?: string;
}

/** The names that requests are made up for. */
export type AskedNames = Pick<Road, 'names' | 'siteNames'>;

/** What is worth asking of an app. */
export interface TypicalRequests {
  readonly requests: readonly TypicalRequest[];
  /** The rules and behaviors for which no request can be made up, such as one with a regular expression. */
  readonly leftOut: readonly string[];
}

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** The Regions that serve: those with a balancer, in the order of the stacks. */
export function servingRegions(templates: Templates): readonly string[] {
  return [...new Set(templates.all(BALANCER).flatMap(({ stack }) => stack.region ?? []))];
}

/** The request as the traffic model takes it. */
export function optionsOf({ scheme, host, method, path, near }: TypicalRequest): RequestOptions {
  return { url: `${scheme}://${host}${path}`, method, ...(near === undefined ? {} : { clientRegion: near }) };
}

/**
 * Makes up the requests that an app is there for: its names from near each Region, what its behaviors and rules tell apart, plain HTTP, and
 * hosts that rules name, such as those of health checks.
 */
export function typicalRequests(templates: Templates, { names, siteNames }: AskedNames): TypicalRequests {
  const regions = servingRegions(templates);
  const near = regions.length > 1 ? { near: regions[0]! } : {};
  const patterns = [...templates.all(DISTRIBUTION).flatMap(behaviorsOf), ...templates.all(RULE).map(ruleOf)];
  const usable = patterns.flatMap(({ sample }) => sample ?? []);
  const paths = usable.filter(({ host }) => host === undefined);
  const ofNames = [...names, ...siteNames].flatMap((host): TypicalRequest[] => [
    ...byPath([
      { ...ask(host, 'GET', '/'), ...near },
      ...paths.flatMap(({ methods, path }) => methods.map((method) => ({ ...ask(host, method, path), ...near }))),
    ]),
    { ...ask(host, 'GET', '/'), ...near, scheme: 'http' },
    ...regions.slice(1).map((region) => ({ ...ask(host, 'GET', '/'), near: region })),
  ]);
  const ofHosts = usable.flatMap(({ host, methods, path }): TypicalRequest[] =>
    host === undefined ? [] : [...methods.map((method) => ask(host, method, path)), ask(host, 'GET', '/')],
  );
  return {
    requests: distinct([...ofNames, ...ofHosts]),
    leftOut: patterns.filter(({ sample }) => sample === undefined).map(({ name }) => name),
  };
}

function byPath(requests: readonly TypicalRequest[]): TypicalRequest[] {
  return [...requests].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function ask(host: string, method: string, path: string): TypicalRequest {
  return { scheme: 'https', host, method, path };
}

/** What a rule or behavior takes, as one request of the kind; without one if none can be made up. */
interface Pattern {
  readonly name: string;
  readonly sample?: { readonly host?: string; readonly methods: readonly string[]; readonly path: string };
}

/** A read and a write: what tells methods apart does so for these. */
const METHODS = ['GET', 'POST'];

function behaviorsOf({ id, resource }: Placed): readonly Pattern[] {
  return list(at(resource.Properties, 'DistributionConfig', 'CacheBehaviors')).map((behavior) => {
    const pattern = at(behavior, 'PathPattern');
    const reads = !list(at(behavior, 'AllowedMethods')).includes('POST');
    if (typeof pattern !== 'string') return { name: id };
    return { name: pattern, sample: { methods: METHODS, path: pathLike(pattern, reads ? 'app.js' : 'orders') } };
  });
}

function ruleOf(rule: Placed): Pattern {
  const conditions = list(at(rule.resource.Properties, 'Conditions'));
  const valuesOf = (key: string): readonly Value[] =>
    conditions.flatMap((condition) => list(at(condition, key, 'Values')));
  const [host] = valuesOf('HostHeaderConfig');
  const path = valuesOf('PathPatternConfig').at(-1) ?? '/';
  const [method] = valuesOf('HttpRequestMethodConfig');
  const others = ['HttpHeaderConfig', 'QueryStringConfig', 'SourceIpConfig'];
  const known = conditions.every(
    (condition) =>
      !others.some((key) => at(condition, key) !== undefined) && !JSON.stringify(condition).includes('"RegexValues"'),
  );
  if (!known || typeof path !== 'string' || (host !== undefined && typeof host !== 'string')) return { name: rule.id };
  return {
    name: rule.id,
    sample: {
      ...(host === undefined ? {} : { host: host.replace(/\*/g, 'www').replace(/\?/g, 'a') }),
      methods: typeof method === 'string' ? [method] : METHODS,
      path: pathLike(path, 'orders'),
    },
  };
}

/** A path that a pattern takes. */
function pathLike(pattern: string, end: string): string {
  const path = pattern === '/*' ? '/' : pattern.replace(/\*/g, end).replace(/\?/g, '1');
  return path.startsWith('/') ? path : `/${path}`;
}

function distinct(requests: readonly TypicalRequest[]): readonly TypicalRequest[] {
  return [...new Map(requests.map((request) => [JSON.stringify(optionsOf(request)), request])).values()];
}
