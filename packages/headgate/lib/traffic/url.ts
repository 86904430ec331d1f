import { HeadgateError } from '../errors';

/** The parts of a URL that matter to routing. */
export interface UrlParts {
  readonly scheme: 'http' | 'https';
  /** In lower case, with the port only if it isn't the scheme's own. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Without the question mark; undefined if there is none. */
  readonly query: string | undefined;
}

/** The port of a scheme. */
export function defaultPort(scheme: 'http' | 'https'): number {
  return scheme === 'https' ? 443 : 80;
}

/**
 * Reads a URL as the WHATWG standard has it. Most URLs have nothing to normalise: those are cut up in one pass, with the same result.
 *
 * @throws HeadgateError HM2004
 */
export function readUrl(text: string): UrlParts {
  return readPlain(text) ?? readAny(text);
}

function readAny(text: string): UrlParts {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new HeadgateError('HM2004', `'${text}' isn't a URL. Write it as https://shop.example.com/path.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new HeadgateError('HM2004', `The URL '${text}' must start with http:// or https://.`);
  }
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  // An empty query is none to `search`, and one on the wire.
  const [whole = ''] = url.href.split('#', 1);
  const question = whole.indexOf('?');
  const query = question < 0 ? undefined : whole.slice(question + 1);
  return {
    scheme,
    host: url.host,
    port: url.port === '' ? defaultPort(scheme) : Number(url.port),
    path: url.pathname,
    query,
  };
}

const HOST = 1;
const PATH = 2;
const QUERY = 4;
/** Only where it makes no segment of dots. */
const NOT_ALWAYS = 8;
/** For each ASCII character, where it stands for itself. */
const PLAIN = new Uint8Array(128);
for (const [characters, where] of [
  ['abcdefghijklmnopqrstuvwxyz0123456789-', HOST | PATH | QUERY],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ_~!$&()*+,;=:@/.', PATH | QUERY],
  ["'", PATH],
  ['?', QUERY],
  ['%', PATH | QUERY],
  ['.%', NOT_ALWAYS],
  ['.', HOST],
] as const) {
  for (const character of characters) PLAIN[character.charCodeAt(0)]! |= where;
}

const COLON = 58;
const SLASH = 47;
const DOT = 46;
const QUESTION = 63;

/** The host of the last URL: most are of few hosts, and one that is the same text as before isn't read or looked up from anew. */
let known = '/';

/** A URL with nothing to normalise; undefined for all others. */
function readPlain(text: string): UrlParts | undefined {
  const scheme = text.startsWith('https://') ? 'https' : text.startsWith('http://') ? 'http' : undefined;
  if (scheme === undefined) return undefined;
  const start = scheme === 'https' ? 8 : 7;
  const end = text.length;
  let at = start;
  const isKnown = text.startsWith(known, start) && text.charCodeAt(start + known.length) === SLASH;
  if (isKnown) {
    at += known.length;
  } else {
    let label = start;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code > 127 || (PLAIN[code]! & HOST) === 0) break;
      if (code === DOT) label = at + 1;
    }
    // A last label that starts with a digit can be an address in any of its spellings.
    if (at === label || isDigit(text.charCodeAt(label))) return undefined;
  }
  const usual = scheme === 'https' ? 443 : 80;
  let port = usual;
  if (at < end && text.charCodeAt(at) === COLON) {
    const digits = at + 1;
    port = 0;
    for (at = digits; at < end && isDigit(text.charCodeAt(at)); at++) port = port * 10 + text.charCodeAt(at) - 48;
    if (at === digits || port === usual || port > 65_535 || text.charCodeAt(digits) === 48) return undefined;
  }
  if (at === end || text.charCodeAt(at) !== SLASH) return undefined;
  const host = isKnown ? known : text.slice(start, at);
  if (!isKnown) {
    // What is punycode has to be valid.
    if (host.includes('xn--')) return undefined;
    if (port === usual) known = host;
  }
  const pathStart = at;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return undefined;
    const where = PLAIN[code]!;
    if ((where & PATH) === 0) break;
    if ((where & NOT_ALWAYS) !== 0 && isPartOfDots(text, at)) return undefined;
  }
  const path = text.slice(pathStart, at);
  if (at === end) return { scheme, host, port, path, query: undefined };
  if (text.charCodeAt(at) !== QUESTION) return undefined;
  const queryStart = ++at;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || (PLAIN[code]! & QUERY) === 0) return undefined;
  }
  return { scheme, host, port, path, query: text.slice(queryStart) };
}

/** Whether a dot, or the percent sign of an escaped one, may be of a segment of dots, which is to be resolved. */
function isPartOfDots(text: string, at: number): boolean {
  if (text.charCodeAt(at) === DOT) return text.charCodeAt(at - 1) === SLASH;
  return text.startsWith('2e', at + 1) || text.startsWith('2E', at + 1);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
