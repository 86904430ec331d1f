import { Fields, Reference, type Value } from '../../template';
import { CACHE_POLICY, ORIGIN_REQUEST_POLICY } from '../resource-types';
import { unknownOf } from './config';
import {
  type CachePolicy,
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  NOTHING,
  type RequestParts,
} from './managed-policies';
import { Selection } from './selection';

/** What a behavior caches by and sends to its origin. */
export interface Forwarding extends RequestParts {
  /** What the cache goes by, a part of what is sent. */
  readonly key: RequestParts;
  readonly isCaching: boolean;
  /** Whether headers that no list names are sent as well, as with `ForwardedValues`. */
  readonly isLegacy: boolean;
  /** Whether requests of gRPC go on to the origin as such. */
  readonly proxiesGrpc: boolean;
  /** What isn't known, for a warning. */
  readonly doubt?: string;
}

/** Reads what a behavior caches by and forwards: from its policies, or from `ForwardedValues` of before there were any. */
export function readForwarding(behavior: Fields): Forwarding {
  if (!behavior.has('CachePolicyId')) return readForwardedValues(behavior);
  const cache = cachePolicyOf(behavior);
  const request = originRequestPolicyOf(behavior);
  const unknown = [
    ...(cache === undefined ? [`CachePolicyId ${behavior.text('CachePolicyId')}`] : []),
    ...(request === undefined ? [`OriginRequestPolicyId ${behavior.text('OriginRequestPolicyId')}`] : []),
    ...(cache?.key.unknown ?? []),
    ...(request?.unknown ?? []),
  ];
  const key = cache?.key ?? NOTHING;
  const sent = request ?? NOTHING;
  return {
    headers: key.headers.or(sent.headers),
    cookies: key.cookies.or(sent.cookies),
    query: key.query.or(sent.query),
    added: [...new Set([...key.added, ...sent.added])],
    key,
    isCaching: cache?.isCaching ?? true,
    isLegacy: false,
    proxiesGrpc: proxiesGrpc(behavior),
    ...(unknown.length === 0 ? {} : { doubt: `${behavior.where}: ${unknown.join(' and ')}` }),
  };
}

function cachePolicyOf(behavior: Fields): CachePolicy | undefined {
  const id = behavior.text('CachePolicyId');
  if (typeof id === 'string') return MANAGED_CACHE_POLICIES.get(id);
  const config = configOf(id, CACHE_POLICY, 'CachePolicyConfig');
  if (!config) return undefined;
  const inKey = config.object('ParametersInCacheKeyAndForwardedToOrigin');
  const key = readParts(inKey);
  const unknown = unknownOf(config, ['ParametersInCacheKeyAndForwardedToOrigin']);
  return {
    key: unknown === undefined ? key : { ...key, unknown: [unknown] },
    isCaching: config.number('MaxTTL') !== 0,
  };
}

function originRequestPolicyOf(behavior: Fields): RequestParts | undefined {
  const id = behavior.text('OriginRequestPolicyId');
  if (id === undefined) return NOTHING;
  if (typeof id === 'string') return MANAGED_ORIGIN_REQUEST_POLICIES.get(id);
  const config = configOf(id, ORIGIN_REQUEST_POLICY, 'OriginRequestPolicyConfig');
  return config && readParts(config);
}

function configOf(id: Value | undefined, type: string, property: string): Fields | undefined {
  if (!(id instanceof Reference) || id.resource.type !== type) return undefined;
  return Fields.of(id.resource).object(property);
}

/** The three lists, which both kinds of policies have. */
function readParts(config: Fields | undefined): RequestParts {
  const headers = config?.object('HeadersConfig');
  const behavior = headers?.string('HeaderBehavior');
  const names = namesOf(headers, 'Headers').map((name) => name.toLowerCase());
  const selected =
    behavior === 'allViewerAndWhitelistCloudFront' ? Selection.ALL : selectionOf(behavior ?? 'none', names);
  const encodings =
    config?.boolean('EnableAcceptEncodingGzip') || config?.boolean('EnableAcceptEncodingBrotli')
      ? new Selection(false, ['accept-encoding'])
      : Selection.NONE;
  const cookies = config?.object('CookiesConfig');
  const query = config?.object('QueryStringsConfig');
  return {
    headers: selected.or(encodings),
    cookies: selectionOf(cookies?.string('CookieBehavior') ?? 'none', namesOf(cookies, 'Cookies')),
    query: selectionOf(query?.string('QueryStringBehavior') ?? 'none', namesOf(query, 'QueryStrings')),
    added: behavior === 'allExcept' ? [] : names.filter((name) => name.startsWith('cloudfront-')),
    unknown: [
      unknownOf(config, ['HeadersConfig', 'CookiesConfig', 'QueryStringsConfig']),
      unknownIn(headers, 'HeaderBehavior', 'Headers'),
      unknownIn(cookies, 'CookieBehavior', 'Cookies'),
      unknownIn(query, 'QueryStringBehavior', 'QueryStrings'),
    ].filter((text) => text !== undefined),
  };
}

/** What isn't known of a part of a policy; undefined if all is. */
function unknownIn(part: Fields | undefined, behavior: string, list: string): string | undefined {
  const isPartial = part?.texts(list).some((name) => typeof name !== 'string') ?? false;
  return unknownOf(part, [behavior, list]) ?? (isPartial ? part!.at(list) : undefined);
}

function readForwardedValues(behavior: Fields): Forwarding {
  const values = behavior.object('ForwardedValues');
  const cookies = values?.object('Cookies');
  const names = namesOf(values, 'Headers').map((name) => name.toLowerCase());
  const unknown =
    unknownOf(behavior, ['ForwardedValues']) ??
    unknownIn(values, 'QueryString', 'Headers') ??
    unknownIn(cookies, 'Forward', 'WhitelistedNames');
  const isEveryHeader = names.includes('*');
  const sendsQuery = values?.boolean('QueryString') ?? false;
  const keys = namesOf(values, 'QueryStringCacheKeys');
  const sent: RequestParts = {
    headers: isEveryHeader ? Selection.ALL : new Selection(false, names),
    cookies: selectionOf(cookies?.string('Forward') ?? 'none', namesOf(cookies, 'WhitelistedNames')),
    query: sendsQuery ? Selection.ALL : Selection.NONE,
    added: names.filter((name) => name.startsWith('cloudfront-')),
  };
  return {
    ...sent,
    key: { ...sent, query: sendsQuery && keys.length > 0 ? new Selection(false, keys) : sent.query },
    isCaching: behavior.number('MaxTTL') !== 0 && !isEveryHeader,
    isLegacy: true,
    proxiesGrpc: proxiesGrpc(behavior),
    ...(unknown === undefined ? {} : { doubt: unknown }),
  };
}

function proxiesGrpc(behavior: Fields): boolean {
  return behavior.object('GrpcConfig')?.boolean('Enabled') ?? false;
}

function selectionOf(behavior: string, names: readonly string[]): Selection {
  switch (behavior) {
    case 'all':
    case 'allViewer':
      return Selection.ALL;
    case 'whitelist':
      return new Selection(false, names);
    case 'allExcept':
      return new Selection(true, names);
    default:
      return Selection.NONE;
  }
}

function namesOf(fields: Fields | undefined, property: string): readonly string[] {
  return (fields?.texts(property) ?? []).filter((name) => typeof name === 'string');
}
