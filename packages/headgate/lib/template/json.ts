import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { HeadgateError } from '../errors';
import { refuseManyResources } from './resource-limit';
import { lineOf } from './text-file';

const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;

const OPTIONS = { disallowComments: true, allowTrailingComma: false } as const;

/** Parses JSON strictly; a key that stands twice in a mapping is an error. */
export function parseJson(text: string, file: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw syntaxError(text, file, error);
  }
  refuseManyResources(parsed, file);
  if (countKeys(parsed) < countMembers(text)) refuseDuplicates(text, file);
  return parsed;
}

/** The members of all mappings as they are written: in valid JSON, the colons outside of texts. */
function countMembers(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) count++;
    else if (code === QUOTE) at = endOfText(text, at);
  }
  return count;
}

/** Where the quotation mark stands that ends a text. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) at += code === BACKSLASH ? 2 : 1;
  return at;
}

/** The keys of all mappings as they were parsed: of a key that stands twice, one. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Array.isArray(value) ? value : Object.values(value);
  return items.reduce((count: number, item) => count + countKeys(item), Array.isArray(value) ? 0 : items.length);
}

function syntaxError(text: string, file: string, cause: unknown): HeadgateError {
  let found: { readonly code: ParseErrorCode; readonly offset: number } | undefined;
  visit(
    text,
    {
      onError: (code, offset) => {
        found ??= { code, offset };
      },
    },
    OPTIONS,
  );
  // What JSON.parse refuses and the other parser lets pass has no position.
  if (!found) return new HeadgateError('HM1003', `${file}: isn't valid JSON: ${(cause as Error).message}.`);
  const what = found.offset >= text.trimEnd().length ? 'it ends too early' : words(printParseErrorCode(found.code));
  return new HeadgateError('HM1003', `${file}:${lineOf(text, found.offset)}: isn't valid JSON: ${what}.`);
}

/** `CommaExpected` as people write it. */
function words(code: string): string {
  return code.replace(/[A-Z]/g, (letter, at) => (at === 0 ? letter : ` ${letter}`)).toLowerCase();
}

function refuseDuplicates(text: string, file: string): void {
  const open: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => {
        open.push(new Set());
      },
      onObjectEnd: () => {
        open.pop();
      },
      onObjectProperty: (key, _offset, _length, line) => {
        const keys = open.at(-1);
        if (keys?.has(key)) {
          throw new HeadgateError('HM1003', `${file}:${line + 1}: the key '${key}' stands twice in one mapping.`);
        }
        keys?.add(key);
      },
    },
    OPTIONS,
  );
}
