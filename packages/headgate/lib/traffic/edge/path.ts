import { compileGlob, type Glob } from '../matching/glob';

const PERCENT = 37;
const DOT = 46;
const SLASH = 47;

/** A path pattern of a behavior. The slash at its beginning may be left out (CF-1). */
export function compilePathPattern(pattern: string): Glob {
  return compileGlob(pattern.startsWith('/') ? pattern : `/${pattern}`);
}

/**
 * The path that behaviors are compared with: without repeated slashes and dot segments, and with percent-encoding as RFC 3986
 * normalises it. The origin still gets the path as it was sent.
 */
export function normalizePath(path: string): string {
  if (isNormal(path)) return path;
  const segments: string[] = [];
  const given = normalizeEncoding(path).split('/').slice(1);
  given.forEach((segment, index) => {
    const isLast = index === given.length - 1;
    if (segment === '..') segments.pop();
    const isGone = segment === '.' || segment === '..' || segment === '';
    if (!isGone) segments.push(segment);
    else if (isLast) segments.push('');
  });
  return `/${segments.join('/')}`;
}

/** Whether a path has neither repeated slashes nor segments that begin with a dot, nor encoded characters: one look at most of them. */
function isNormal(path: string): boolean {
  let before = 0;
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (code === PERCENT || (before === SLASH && (code === SLASH || code === DOT))) return false;
    before = code;
  }
  return true;
}

/** Unreserved characters stand for themselves, and the rest of the encoding is in upper case. */
function normalizeEncoding(path: string): string {
  return path.replace(/%[0-9A-Fa-f]{2}/g, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : encoded.toUpperCase();
  });
}
