import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { emptyMap } from '../template/raw';

/** What is wrong with a text, and in which line, counted from 1. */
export class JsonProblem extends Error {
  constructor(
    readonly line: number,
    what: string,
  ) {
    super(what);
  }
}

/** A mapping or list that is being read, with the key that the next value belongs to. */
interface Open {
  readonly value: Record<string, unknown> | unknown[];
  key: string;
}

/**
 * Reads JSON with comments and trailing commas. Mappings have no prototype.
 *
 * @throws JsonProblem for the first error, and for a key that stands twice in a mapping.
 */
export function parseJsonc(text: string): unknown {
  const top: Open = { value: [], key: '' };
  const open = [top];
  const take = (value: unknown) => {
    const { value: holder, key } = open.at(-1)!;
    if (Array.isArray(holder)) holder.push(value);
    else holder[key] = value;
  };
  const begin = (value: Open['value']) => {
    take(value);
    open.push({ value, key: '' });
  };
  const end = () => {
    open.pop();
  };
  visit(
    text,
    {
      onObjectBegin: () => begin(emptyMap()),
      onArrayBegin: () => begin([]),
      onObjectEnd: end,
      onArrayEnd: end,
      onObjectProperty: (key, _offset, _length, line) => {
        const at = open.at(-1)!;
        if (Object.hasOwn(at.value, key))
          throw new JsonProblem(line + 1, `the key '${key}' stands twice in one mapping`);
        at.key = key;
      },
      onLiteralValue: take,
      onError: (code: ParseErrorCode, _offset, _length, line) => {
        throw new JsonProblem(line + 1, printParseErrorCode(code));
      },
    },
    { allowTrailingComma: true },
  );
  return (top.value as unknown[])[0];
}
