import { Selection } from './selection';

/** What a cache policy or an origin request policy takes of a request. Header names are in lower case. */
export interface RequestParts {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly query: Selection;
  /** The headers of CloudFront's own that are added, such as `cloudfront-viewer-country`. */
  readonly added: readonly string[];
  /** Where what stands of it that isn't known. */
  readonly unknown?: readonly string[];
}

/** What a cache policy says. */
export interface CachePolicy {
  readonly key: RequestParts;
  /** False if the longest time to live is 0. */
  readonly isCaching: boolean;
}

/** A policy that takes nothing. */
export const NOTHING: RequestParts = {
  headers: Selection.NONE,
  cookies: Selection.NONE,
  query: Selection.NONE,
  added: [],
};

const COMPRESSED = ['accept-encoding'];
const METHOD_OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];
const CORS = ['origin', 'access-control-request-headers', 'access-control-request-method'];
const CLOUDFRONT_HEADERS_2022 = [
  'forwarded-proto',
  'is-android-viewer',
  'is-desktop-viewer',
  'is-ios-viewer',
  'is-mobile-viewer',
  'is-smarttv-viewer',
  'is-tablet-viewer',
  'viewer-address',
  'viewer-asn',
  'viewer-city',
  'viewer-country',
  'viewer-country-name',
  'viewer-country-region',
  'viewer-country-region-name',
  'viewer-http-version',
  'viewer-latitude',
  'viewer-longitude',
  'viewer-metro-code',
  'viewer-postal-code',
  'viewer-time-zone',
  'viewer-tls',
].map((name) => `cloudfront-${name}`);

function parts(headers: readonly string[] | Selection, cookies = Selection.NONE, query = Selection.NONE): RequestParts {
  const selected = headers instanceof Selection ? headers : new Selection(false, headers);
  const added = headers instanceof Selection ? [] : headers.filter((name) => name.startsWith('cloudfront-'));
  return { headers: selected, cookies, query, added };
}

/**
 * AWS's own cache policies by id.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export const MANAGED_CACHE_POLICIES: ReadonlyMap<string, CachePolicy> = new Map<string, CachePolicy>([
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', { key: parts(COMPRESSED), isCaching: true }],
  // CachingOptimizedForUncompressedObjects
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', { key: NOTHING, isCaching: true }],
  // CachingDisabled
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', { key: NOTHING, isCaching: false }],
  // Amplify
  [
    '2e54312d-136d-493c-8eb9-b001f22f67d2',
    {
      key: parts(['authorization', 'cloudfront-viewer-country', 'host', ...COMPRESSED], Selection.ALL, Selection.ALL),
      isCaching: true,
    },
  ],
  // Elemental-MediaPackage
  [
    '08627262-05a9-4f76-9ded-b50ca2e3a84f',
    {
      key: parts(
        ['origin', ...COMPRESSED],
        Selection.NONE,
        new Selection(false, ['aws.manifestfilter', 'start', 'end', 'm']),
      ),
      isCaching: true,
    },
  ],
  // UseOriginCacheControlHeaders
  [
    '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
    { key: parts(['host', 'origin', ...METHOD_OVERRIDES, ...COMPRESSED], Selection.ALL), isCaching: true },
  ],
  // UseOriginCacheControlHeaders-QueryStrings
  [
    '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
    {
      key: parts(['host', 'origin', ...METHOD_OVERRIDES, ...COMPRESSED], Selection.ALL, Selection.ALL),
      isCaching: true,
    },
  ],
]);

/**
 * AWS's own origin request policies by id.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const MANAGED_ORIGIN_REQUEST_POLICIES: ReadonlyMap<string, RequestParts> = new Map<string, RequestParts>([
  // AllViewer
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', parts(Selection.ALL, Selection.ALL, Selection.ALL)],
  // AllViewerAndCloudFrontHeaders-2022-06
  [
    '33f36d7e-f396-46d9-90e0-52428a34d9dc',
    { ...parts(Selection.ALL, Selection.ALL, Selection.ALL), added: CLOUDFRONT_HEADERS_2022 },
  ],
  // AllViewerExceptHostHeader
  ['b689b0a8-53d0-40ab-baf2-68738e2966ac', parts(new Selection(true, ['host']), Selection.ALL, Selection.ALL)],
  // CORS-CustomOrigin
  ['59781a5b-3903-41f3-afcb-af62929ccde1', parts(['origin'])],
  // CORS-S3Origin
  ['88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', parts(CORS)],
  // Elemental-MediaTailor-PersonalizedManifests
  [
    '775133bc-15f2-49f9-abea-afb2e0bf67d2',
    parts([...CORS, 'user-agent', 'x-forwarded-for'], Selection.NONE, Selection.ALL),
  ],
  // HostHeaderOnly
  ['bf0718e1-ba1e-49d1-88b1-f726733018ae', parts(['host'])],
  // UserAgentRefererHeaders
  ['acba4595-bd28-49b8-b9fe-13317c0390fa', parts(['user-agent', 'referer'])],
]);
