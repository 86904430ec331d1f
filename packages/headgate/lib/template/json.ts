import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { HeadgateError } from '../errors';
import { lineOf } from './text-file';

const OPTIONS = { disallowComments: true, allowTrailingComma: false } as const;

/** Parses JSON strictly; a key that stands twice in a mapping is an error. */
export function parseJson(text: string, file: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw syntaxError(text, file, error);
  }
  refuseDuplicates(text, file);
  return parsed;
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
