import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';
import { HeadgateError } from '../errors';
import type { Case } from './case';
import { CASE_FILE } from './schema';

/**
 * Reads a case file: JSON, comments allowed, if its name ends in `.json` or `.jsonc`; else YAML.
 *
 * @throws HeadgateError HM3001 in one line that names the file and the place in it.
 */
export function readCases(path: string): readonly Case[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' };
    throw unusable(path, `cannot be read: ${why[code ?? ''] ?? code ?? message}`);
  }
  return parseCases(text, path);
}

/** Reads the text of a case file; the path is for its extension and for messages. */
export function parseCases(text: string, path: string): readonly Case[] {
  const isJson = ['.json', '.jsonc'].includes(extname(path).toLowerCase());
  const value = isJson ? parseJson(text, path) : parseYaml(text, path);
  const read = CASE_FILE.safeParse(value);
  if (!read.success) throw unusable(path, describe(read.error.issues[0]!, value));
  refuseDuplicates(read.data.cases, path);
  return read.data.cases;
}

function parseJson(text: string, path: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw unusable(path, `cannot be parsed: line ${line}: ${printParseErrorCode(first.error)}`);
  }
  return value;
}

function parseYaml(text: string, path: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
    throw unusable(path, `cannot be parsed: ${line}${error.reason}`);
  }
}

function refuseDuplicates(cases: readonly Case[], path: string): void {
  const first = new Map<string, number>();
  for (const [index, { name }] of cases.entries()) {
    const before = first.get(name);
    if (before !== undefined) {
      throw unusable(path, `cases[${index}].name is '${name}', as cases[${before}].name is; give each its own`);
    }
    first.set(name, index);
  }
}

/** One issue as `cases[2].expect[0].share must be a number from 0 to 1, got 2`. */
function describe(issue: z.core.$ZodIssue, file: unknown): string {
  const place = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `'${key}'`).join(', ');
    return `${place === '' ? '' : `${place} `}has the unknown ${issue.keys.length > 1 ? 'keys' : 'key'} ${keys}`;
  }
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], file);
  return `${place === '' ? '' : `${place} `}${issue.message}, got ${describeValue(value)}`;
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function unusable(path: string, what: string): HeadgateError {
  return new HeadgateError('HM3001', `${path}: ${what}.`);
}
