import { HeadgateError } from '../errors';
import type { IpVersion } from './ip-versions';
import { requireOptions, requireTexts } from './request-checks';
import { readUrl } from './url';

/** A request as it is asked about. */
export interface RequestOptions {
  /** An `http` or `https` URL, as the WHATWG standard reads it. */
  readonly url: string;
  /**
   * The method, as it is sent: ALB compares it with regard to case.
   *
   * @default GET
   */
  readonly method?: string;
  /** Headers by name, in any case. A `Host` is sent in place of the URL's; DNS is asked for the name of the URL all the same. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies by name. The cookie AWSALBTG of a returning client has the logical id of its target group as its value. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** The client's IPv4 or IPv6 address. */
  readonly clientIp?: string;
  /** The Region that the client, or the edge location that it reaches, is nearest to, such as `eu-west-1`. */
  readonly clientRegion?: string;
  /** The client's country, two letters of ISO 3166. */
  readonly clientCountry?: string;
  /**
   * The version of HTTP. A distribution, or a load balancer for HTTP, that doesn't speak it is asked by the best one that it speaks, as
   * clients fall back; where a connection is for UDP or for TCP alone, there is none.
   *
   * @default - 2 over TLS, 1.1 without
   */
  readonly httpVersion?: '1.0' | '1.1' | '2' | '3';
  /** The logical id, or `STACK/ID`, of the record, distribution, accelerator or balancer where the request enters. */
  readonly entry?: string;
}

/** What of a request can differ from the one that it was made of. */
export interface RequestChanges {
  readonly method?: string;
  readonly scheme?: 'http' | 'https';
  /** The host of the Host header, in lower case, with the port only where the client sends it. */
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly query?: string | undefined;
  readonly headers?: ReadonlyMap<string, string>;
  readonly address?: string | undefined;
  readonly httpVersion?: '1.0' | '1.1' | '2' | '3';
  readonly via?: Via;
  readonly client?: Client;
}

/** Who opened the connection: the client itself, or what stands before it. */
export type Via = 'client' | 'cloudfront' | 'global-accelerator' | 'network-load-balancer' | 'health-checker';

/** A request at one place of its road. It never changes: a rewrite makes another one. */
export class HttpRequest {
  constructor(
    readonly method: string,
    readonly scheme: 'http' | 'https',
    /** The Host header in lower case; with `:port` only if the port isn't the scheme's own. */
    readonly host: string,
    /** The port of the connection. */
    readonly port: number,
    /** As sent: not normalised, not decoded; always with a leading slash. */
    readonly path: string,
    /** Without the question mark; undefined if there is no question mark. */
    readonly query: string | undefined,
    /** By name in lower case. A name given twice has its values joined by `, `. */
    readonly headers: ReadonlyMap<string, string>,
    /** The address that opened the connection; undefined if it isn't known. */
    readonly address: string | undefined,
    readonly httpVersion: '1.0' | '1.1' | '2' | '3',
    readonly via: Via,
    /** What the client asks for, and where it is: what DNS and the edge go by. */
    readonly client: Client,
  ) {}

  /** The same request with changes. */
  with(changes: RequestChanges): HttpRequest {
    return new HttpRequest(
      changes.method ?? this.method,
      changes.scheme ?? this.scheme,
      changes.host ?? this.host,
      changes.port ?? this.port,
      changes.path ?? this.path,
      'query' in changes ? changes.query : this.query,
      changes.headers ?? this.headers,
      'address' in changes ? changes.address : this.address,
      changes.httpVersion ?? this.httpVersion,
      changes.via ?? this.via,
      changes.client ?? this.client,
    );
  }

  /** The same, coming in by a version of IP that isn't the one of the address that was given: from an address that isn't known. */
  by(ipVersion: IpVersion): HttpRequest {
    return this.with({ address: undefined, client: { ...this.client, address: undefined, ipVersion } });
  }

  /** The host without a port. */
  get hostname(): string {
    return withoutPort(this.host);
  }

  /** The name that the client asks DNS for. */
  get askedName(): string {
    return withoutPort(this.client.host);
  }

  /** A header's value, by its name in lower case. */
  header(name: string): string | undefined {
    return name === 'host' ? this.host : this.headers.get(name);
  }

  /** A cookie's value. */
  cookie(name: string): string | undefined {
    const header = this.headers.get('cookie');
    if (header === undefined) return undefined;
    for (const pair of header.split(';')) {
      const equals = pair.indexOf('=');
      if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
    }
    return undefined;
  }

  /** Path and query as one text. */
  get target(): string {
    return this.query === undefined ? this.path : `${this.path}?${this.query}`;
  }
}

function withoutPort(host: string): string {
  // Most have no port, and the first colon is found much faster than the last.
  if (host.indexOf(':') < 0) return host;
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host.slice(0, host.lastIndexOf(':'));
}

/** What a client asks for, and where it is. */
export interface Client {
  /** The host of its URL, with the port only if it isn't the scheme's own: what it connects to, whatever Host header it sends. */
  readonly host: string;
  readonly address: string | undefined;
  readonly region: string | undefined;
  readonly country: string | undefined;
  /** The version of IP that it, or the edge before it, connects by; undefined if its address tells, or if it can be either. */
  readonly ipVersion: IpVersion | undefined;
}

const NO_HEADERS: ReadonlyMap<string, string> = new Map();
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BREAK = /[\r\n\0]/;

/**
 * Reads a request.
 *
 * @throws HeadgateError HM2004 if a part of it isn't usable.
 */
export function readRequest(options: RequestOptions): HttpRequest {
  requireOptions(options);
  const url = readUrl(options.url);
  const method = options.method ?? 'GET';
  if (method !== 'GET' && !TOKEN.test(method)) throw unusable(`method '${method}' isn't a method`);
  const headers = readHeaders(options);
  const host = headers === NO_HEADERS ? url.host : (headers.get('host')?.toLowerCase() ?? url.host);
  const client: Client = {
    host: url.host,
    address: options.clientIp,
    region: options.clientRegion,
    country: options.clientCountry?.toUpperCase(),
    ipVersion: undefined,
  };
  const version = options.httpVersion ?? (url.scheme === 'https' ? '2' : '1.1');
  return new HttpRequest(
    method,
    url.scheme,
    host,
    url.port,
    url.path,
    url.query,
    headers,
    options.clientIp,
    version,
    'client',
    client,
  );
}

function readHeaders({ headers: given, cookies }: RequestOptions): ReadonlyMap<string, string> {
  if (!given && !cookies) return NO_HEADERS;
  if (given) requireTexts('headers', given);
  if (cookies) requireTexts('cookies', cookies);
  const headers = new Map<string, string>();
  if (given) {
    for (const name of Object.keys(given)) {
      const value = given[name]!;
      if (!TOKEN.test(name)) throw unusable(`'${name}' isn't the name of a header`);
      if (BREAK.test(value)) throw unusable(`the value of header '${name}' has a line break in it`);
      const lower = name.toLowerCase();
      const before = headers.get(lower);
      headers.set(lower, before === undefined ? value.trim() : `${before}, ${value.trim()}`);
    }
  }
  if (cookies) {
    let all = headers.get('cookie');
    for (const name of Object.keys(cookies)) {
      const pair = `${name}=${cookies[name]}`;
      all = all === undefined ? pair : `${all}; ${pair}`;
    }
    if (all !== undefined) headers.set('cookie', all);
  }
  return headers;
}

function unusable(what: string): HeadgateError {
  return new HeadgateError('HM2004', `The request isn't usable: ${what}.`);
}
