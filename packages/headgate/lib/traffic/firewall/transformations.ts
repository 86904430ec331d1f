import { createHash } from 'node:crypto';
import type { Fields } from '../../template';
import { lower } from '../matching/glob';
import { isAscii } from './text';
import { unreadIn } from './unread';

/** Changes a text, byte by byte as in `text.ts`; undefined where AWS doesn't document what becomes of it. */
export type Transformation = (text: string) => string | undefined;

/** Transformations that can't be followed. */
export interface Unfollowed {
  /** Why: a clause that goes on after the statement. */
  readonly why: string;
  /** Whether a deployment knows them: they aren't beyond what AWS documents. */
  readonly isUnread: boolean;
}

/**
 * The text transformations of a statement, from the lowest priority to the highest (WAF-9); undefined if none changes anything. Of a
 * single one the priority doesn't matter.
 */
export function compileTransformations(statement: Fields): Transformation | undefined | Unfollowed {
  const isSingle = statement.list('TextTransformations').length === 1;
  const unread = unreadIn(statement, ['TextTransformations'], isSingle ? ['Priority'] : []);
  if (unread !== undefined)
    return { why: `has text transformations with the ${unread}, which isn't known`, isUnread: true };
  const listed = statement.objects('TextTransformations').map((entry) => ({
    priority: entry.number('Priority') ?? 0,
    type: entry.text('Type') ?? 'NONE',
  }));
  const steps: Transformation[] = [];
  for (const { type } of listed.sort((one, other) => one.priority - other.priority)) {
    if (type === 'NONE') continue;
    const name = String(type);
    if (typeof type !== 'string' || !Object.hasOwn(TRANSFORMATIONS, name))
      return { why: `has the text transformation ${name}, which isn't documented`, isUnread: false };
    steps.push(TRANSFORMATIONS[name as keyof typeof TRANSFORMATIONS]);
  }
  if (steps.length === 0) return undefined;
  if (steps.length === 1) return steps[0];
  return (text) => {
    let changed: string | undefined = text;
    for (const step of steps) {
      if (changed === undefined) return undefined;
      changed = step(changed);
    }
    return changed;
  };
}

const TRANSFORMATIONS = {
  LOWERCASE: lower,
  UPPERCASE: (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  COMPRESS_WHITE_SPACE: (text: string) => text.replace(/[\f\t\n\r\v\u00a0 ]+/g, ' '),
  CMD_LINE: commandLine,
  URL_DECODE: (text: string) => (/\+|%(?![0-9a-f]{2})/i.test(text) ? undefined : decodeUrl(text)),
  URL_DECODE_UNI: (text: string) =>
    /\+|%(?!u[0-9a-f]{4}|[0-9a-f]{2})/i.test(text) ? undefined : decodeUrl(decodeWide(text, /%u([0-9a-f]{4})/gi)),
  HTML_ENTITY_DECODE: decodeEntities,
  BASE64_DECODE: (text: string) => (isBase64(text) ? fromBase64(text) : undefined),
  BASE64_DECODE_EXT: (text: string) => fromBase64(text.replace(/[^A-Za-z0-9+/]+/g, '')),
  HEX_DECODE: (text: string) => (/^([0-9a-f]{2})*$/i.test(text) ? fromHex(text) : undefined),
  SQL_HEX_DECODE: decodeSqlHex,
  ESCAPE_SEQ_DECODE: decodeEscapes,
  JS_DECODE: (text: string) => (/\\(?!u[0-9a-f]{4})/i.test(text) ? undefined : decodeWide(text, /\\u([0-9a-f]{4})/gi)),
  REPLACE_COMMENTS: (text: string) => text.replace(/\/\*[\s\S]*?(\*\/|$)/g, ' '),
  REMOVE_NULLS: (text: string) => text.replaceAll('\0', ''),
  REPLACE_NULLS: (text: string) => text.replaceAll('\0', ' '),
  NORMALIZE_PATH: normalizePath,
  NORMALIZE_PATH_WIN: (text: string) => normalizePath(text.replaceAll('\\', '/')),
  TRIM: (text: string) => trimStart(trimEnd(text)),
  TRIM_LEFT: trimStart,
  TRIM_RIGHT: trimEnd,
  REMOVE_WHITESPACE: (text: string) => text.replace(/[ \t\n\v\f\r]+/g, ''),
  MD5: (text: string) => createHash('md5').update(text, 'latin1').digest().toString('latin1'),
  // These are documented too loosely to follow, but for texts that they can't change.
  CSS_DECODE: (text: string) => unlessHas(text, /\\/),
  JS_DECODE_EXT: (text: string) => unlessHas(text, /\\/),
  REMOVE_COMMENTS_CHAR: (text: string) => unlessHas(text, /\/\*|\*\/|--|#/),
  UTF8_TO_UNICODE: (text: string) => (isAscii(text) ? text : undefined),
} satisfies Record<string, Transformation>;

/** Runs of spaces are made one first, so that no run is read again and again. */
function commandLine(text: string): string | undefined {
  const unquoted = text.replace(/[\\"'^]+/g, '').replace(/ +/g, ' ');
  // Whether the space that takes a comma's place goes away before a slash isn't said.
  if (/[,;] ?[/(]/.test(unquoted)) return undefined;
  return lower(unquoted.replace(/ (?=[/(])/g, '').replace(/[,; ]+/g, ' '));
}

const WHITE = ' \t\n\v\f\r';

function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && WHITE.includes(text[start]!)) start++;
  return text.slice(start);
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && WHITE.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

function unlessHas(text: string, special: RegExp): string | undefined {
  return special.test(text) ? undefined : text;
}

function decodeUrl(text: string): string {
  return text.includes('%')
    ? text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => byte(Number.parseInt(hex, 16)))
    : text;
}

/** Decodes codes of four digits: full-width ASCII to plain ASCII, others to their lower byte. */
function decodeWide(text: string, pattern: RegExp): string {
  return text.replace(pattern, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    const isFullWidth = code >= 0xff01 && code <= 0xff5e;
    return byte((code & 0xff) + (isFullWidth ? 0x20 : 0));
  });
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', nbsp: '\u00a0', lt: '<', gt: '>' };

function decodeEntities(text: string): string | undefined {
  let isKnown = true;
  const decoded = text.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi,
    (_, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined || decimal !== undefined) {
        const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
        if (code > 255) isKnown = false;
        return byte(code & 0xff);
      }
      const character = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
      if (character === undefined) isKnown = false;
      return character ?? '';
    },
  );
  return isKnown ? decoded : undefined;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}

function fromHex(text: string): string {
  return Buffer.from(text, 'hex').toString('latin1');
}

function decodeSqlHex(text: string): string | undefined {
  if (/0x([0-9a-f]{2})*[0-9a-f](?![0-9a-f])/i.test(text)) return undefined;
  return text.replace(/0x((?:[0-9a-f]{2})+)/gi, (_, hex: string) => fromHex(hex));
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Escape sequences of ANSI C; what isn't one stays. */
function decodeEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|0([0-7]{1,3})|([abfnrtv\\?'"]))/gi,
    (whole, hex?: string, octal?: string, letter = '') => {
      if (hex !== undefined) return byte(Number.parseInt(hex, 16));
      if (octal !== undefined) return byte(Number.parseInt(octal, 8));
      if (/[A-Z]/.test(letter)) return whole;
      return ESCAPES[letter] ?? letter;
    },
  );
}

/** Without repeated slashes, `.` and `..`, but for those `..` at the beginning that lead nowhere. */
function normalizePath(text: string): string {
  const isAbsolute = text.startsWith('/');
  const segments: string[] = [];
  let endsInFolder = false;
  for (const segment of text.split('/')) {
    endsInFolder = segment === '' || segment === '.' || segment === '..';
    if (segment === '' || segment === '.') continue;
    const last = segments.at(-1);
    if (segment === '..' && last !== undefined && last !== '..') segments.pop();
    else segments.push(segment);
  }
  const path = `${isAbsolute ? '/' : ''}${segments.join('/')}`;
  return endsInFolder && segments.length > 0 ? `${path}/` : path;
}

function byte(code: number): string {
  return String.fromCharCode(code & 0xff);
}
