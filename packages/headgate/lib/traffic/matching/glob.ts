/** How a pattern with wildcards is read. */
export interface GlobOptions {
  /** Compares without regard to case: ASCII letters only, as in HTTP. */
  readonly ignoreCase?: boolean;
  /** Whether a backslash makes the `*`, `?` or backslash after it literal. */
  readonly escapes?: boolean;
}

/** A pattern, compiled. */
export interface Glob {
  matches(text: string): boolean;
  /** The text before the first wildcard, in lower case if case is ignored: whatever matches starts with it. */
  readonly prefix: string;
  /** The text after the last wildcard, likewise: whatever matches ends with it. */
  readonly suffix: string;
  /** Whether the pattern has no wildcard. */
  readonly isLiteral: boolean;
}

/**
 * Compiles a pattern in which `*` stands for any number of characters and `?` for exactly one, over the whole text. Matching takes time
 * proportional to the text times the pattern at worst: no pattern makes it explode.
 */
export function compileGlob(pattern: string, options: GlobOptions = {}): Glob {
  const tokens = tokenize(options.ignoreCase ? lower(pattern) : pattern, options.escapes ?? false);
  const prefix = literalHead(tokens);
  const suffix = literalTail(tokens);
  const isLiteral = prefix.length === tokens.length;
  const matches = matcher(tokens, prefix, suffix);
  return { matches: options.ignoreCase ? (text) => matches(lower(text)) : matches, prefix, suffix, isLiteral };
}

/**
 * Compiles a pattern to tell whether every text matches that has a beginning and an end and anything between them: one `*` has to take all
 * that is between.
 */
export function compileGlobAround(
  pattern: string,
  options: GlobOptions = {},
): (before: string, after: string) => boolean {
  const fold = options.ignoreCase ? lower : (text: string) => text;
  const tokens = tokenize(fold(pattern), options.escapes ?? false);
  const splits = tokens.flatMap((token, at) =>
    token === ANY ? [[matcherOf(tokens.slice(0, at + 1)), matcherOf(tokens.slice(at))] as const] : [],
  );
  return (before, after) => splits.some(([begins, ends]) => begins(fold(before)) && ends(fold(after)));
}

const ANY = Symbol('*');
const ONE = Symbol('?');
type Token = string | typeof ANY | typeof ONE;

function tokenize(pattern: string, escapes: boolean): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const next = pattern[at + 1];
    if (escapes && character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      tokens.push(next);
      at++;
    } else if (character === '*') {
      if (tokens.at(-1) !== ANY) tokens.push(ANY);
    } else {
      tokens.push(character === '?' ? ONE : character);
    }
  }
  return tokens;
}

function literalHead(tokens: readonly Token[]): string {
  const firstWild = tokens.findIndex((token) => typeof token !== 'string');
  return (firstWild < 0 ? tokens : tokens.slice(0, firstWild)).join('');
}

function literalTail(tokens: readonly Token[]): string {
  let start = tokens.length;
  while (start > 0 && typeof tokens[start - 1] === 'string') start--;
  return tokens.slice(start).join('');
}

function matcherOf(tokens: readonly Token[]): (text: string) => boolean {
  return matcher(tokens, literalHead(tokens), literalTail(tokens));
}

/** The quickest way to match that a pattern allows: most have one `*` at most, and `?` is rare. */
function matcher(tokens: readonly Token[], prefix: string, suffix: string): (text: string) => boolean {
  const wild = tokens.filter((token) => typeof token !== 'string');
  if (wild.length === 0) return (text) => text === prefix;
  if (wild.length === 1 && wild[0] === ANY) {
    if (suffix === '') return (text) => text.startsWith(prefix);
    if (prefix === '') return (text) => text.endsWith(suffix);
    const shortest = prefix.length + suffix.length;
    return (text) => text.length >= shortest && text.startsWith(prefix) && text.endsWith(suffix);
  }
  return (text) => text.startsWith(prefix) && text.endsWith(suffix) && matchesFrom(tokens, text, prefix.length);
}

/** Goes back to the last `*` alone: an earlier one could only have matched less. */
function matchesFrom(tokens: readonly Token[], text: string, start: number): boolean {
  let token = start;
  let at = start;
  let anyToken = -1;
  let anyAt = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === ANY) {
      anyToken = token++;
      anyAt = at;
    } else if (wanted === ONE || wanted === text[at]) {
      token++;
      at++;
    } else if (anyToken >= 0) {
      token = anyToken + 1;
      at = ++anyAt;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY) token++;
  return token === tokens.length;
}

/** ASCII letters in lower case; others stay, as HTTP has it. */
export function lower(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 65 && code <= 90) return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }
  return text;
}
