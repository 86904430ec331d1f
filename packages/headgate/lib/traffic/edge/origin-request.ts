import type { HttpRequest } from '../request';
import { UNTOLD } from '../untold';
import { type OwnHeader, ownHeader, VIA, X_AMZ_CF_ID } from './own-headers';
import type { Forwarding } from './policies';
import type { Selection } from './selection';

/** Sent to the origin whatever the policies say. */
const ALWAYS = new Set([
  'cache-control',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'from',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'max-forwards',
  'pragma',
  'range',
  'request-range',
  'transfer-encoding',
  'via',
  'warning',
  'x-forwarded-for',
]);

/** Never sent to the origin, whatever the policies say. */
const NEVER = new Set([
  'connection',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'x-amz-cf-id',
  'x-forwarded-proto',
  'x-real-ip',
]);

/** Not sent with `ForwardedValues` unless they are listed. */
const LISTED_ONLY = new Set([
  'accept',
  'accept-charset',
  'accept-language',
  'authorization',
  'expect',
  'referer',
  'user-agent',
  'x-http-method-override',
]);

const USER_AGENT = 'Amazon CloudFront';

/** Makes the headers and the query of what is sent to an origin. */
export class OriginRequestWriter {
  /** The headers of all requests that come without any: one mapping for all of them. */
  private readonly plain: ReadonlyMap<string, string> | undefined;
  private readonly added: readonly OwnHeader[];

  constructor(
    private readonly forwarding: Forwarding,
    private readonly customHeaders: ReadonlyMap<string, string>,
  ) {
    this.added = forwarding.added.map(ownHeader);
    if (this.added.some(([, value]) => typeof value === 'function')) return;
    const plain = new Map<string, string>();
    this.addOwn(plain, undefined);
    this.plain = plain;
  }

  /** Whether the origin gets the Host that the viewer sent. */
  get sendsHost(): boolean {
    return this.forwarding.headers.takes('host');
  }

  headersOf(request: HttpRequest): ReadonlyMap<string, string> {
    if (this.plain && request.headers.size === 0 && request.address === undefined) return this.plain;
    const headers = new Map<string, string>();
    for (const [name, value] of request.headers) {
      const sent = name === 'cookie' ? cookiesOf(value, this.forwarding.cookies) : value;
      if (sent !== undefined && this.sends(name, request.method)) headers.set(name, sent);
    }
    this.addOwn(headers, request);
    return headers;
  }

  queryOf(request: HttpRequest): string | undefined {
    const { query } = this.forwarding;
    if (request.query === undefined || query.takesNone) return undefined;
    if (query.takesAll) return request.query;
    const kept = request.query.split('&').filter((pair) => query.takes(pair.split('=', 1)[0]!));
    return kept.length === 0 ? undefined : kept.join('&');
  }

  /** Adds what CloudFront does to the viewer's headers; without a request, as to one that has none and whose viewer isn't known. */
  private addOwn(headers: Map<string, string>, request: HttpRequest | undefined): void {
    if (!this.forwarding.headers.takes('user-agent')) headers.set('user-agent', USER_AGENT);
    headers.set('x-forwarded-for', joined(headers.get('x-forwarded-for'), ',', request?.address ?? UNTOLD));
    headers.set('via', joined(headers.get('via'), ', ', VIA));
    headers.set('x-amz-cf-id', X_AMZ_CF_ID);
    for (const [name, value] of this.added) headers.set(name, typeof value === 'string' ? value : value(request!));
    for (const [name, value] of this.customHeaders) headers.set(name, value);
  }

  private sends(name: string, method: string): boolean {
    if (name === 'cookie') return true;
    if (NEVER.has(name) || name.startsWith('x-edge-') || name.startsWith('cloudfront-')) return false;
    if (this.forwarding.headers.takes(name) || ALWAYS.has(name)) return true;
    if (name === 'authorization') return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
    return this.forwarding.isLegacy && !LISTED_ONLY.has(name);
  }
}

function joined(before: string | undefined, separator: string, last: string): string {
  return before === undefined ? last : `${before}${separator}${last}`;
}

function cookiesOf(header: string, cookies: Selection): string | undefined {
  if (cookies.takesNone) return undefined;
  if (cookies.takesAll) return header;
  const kept = header.split(';').filter((pair) => cookies.takes(pair.split('=', 1)[0]!.trim()));
  return kept.length === 0 ? undefined : kept.map((pair) => pair.trim()).join('; ');
}
