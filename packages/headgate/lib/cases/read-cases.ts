import { extname } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { LIMITS } from '../template/limits';
import { toRaw } from '../template/raw';
import { readText } from '../template/text-file';
import type { Case } from './case';
import { JsonProblem, parseJsonc } from './jsonc';
import { CASE_FILE, keysAt } from './schema';

const YAML = { schema: CORE_SCHEMA, maxDepth: LIMITS.depth };

/**
 * Reads a case file: JSON, comments allowed, if its name ends in `.json` or `.jsonc`; else YAML.
 *
 * @throws HeadgateError HM3001 in one line that names the file and the place in it.
 */
export function readCases(path: string): readonly Case[] {
  return parseCases(
    asCaseFile(() => readText(path)),
    path,
  );
}

/** Reads the text of a case file; the path is for its extension and for messages. */
export function parseCases(text: string, path: string): readonly Case[] {
  const value = parse(text, path);
  const read = CASE_FILE.safeParse(value);
  if (!read.success && isTemplate(value)) throw unusable(path, TEMPLATE);
  if (!read.success) throw unusable(path, describe(firstOf(read.error.issues, value), value));
  refuseDuplicates(read.data.cases, path);
  return read.data.cases;
}

function parse(text: string, path: string): unknown {
  const isJson = ['.json', '.jsonc'].includes(extname(path).toLowerCase());
  try {
    const value = isJson ? parseJsonc(text.replace(/^\ufeff/, '')) : load(text, YAML);
    return asCaseFile(() => toRaw(value, path));
  } catch (error) {
    if (error instanceof JsonProblem) throw unusable(path, `cannot be parsed: line ${error.line}: ${error.message}`);
    // The parsers call themselves at each level.
    if (error instanceof RangeError) throw unusable(path, 'is nested too deep to be read');
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
    // Templates have tags of their own, such as !Ref.
    const tag = /^unknown (?:scalar|sequence|mapping) tag !<(!\w+)>$/.exec(error.reason)?.[1];
    if (tag !== undefined && /^["']?Resources["']?[ \t]*:/m.test(text)) throw unusable(path, TEMPLATE);
    if (tag !== undefined) throw unusable(path, `cannot be parsed: ${line}a case file has no tags such as ${tag}`);
    throw unusable(path, `cannot be parsed: ${line}${error.reason}`);
  }
}

const TEMPLATE = 'is a template, not a case file: templates are the paths, and --cases takes the cases';

function isTemplate(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Resources' in value && !('cases' in value);
}

/** Reads with what reads templates; its errors are those of a case file. */
function asCaseFile<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof HeadgateError ? new HeadgateError('HM3001', error.message) : error;
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

/** The issue to tell of: where a key is missing, the one beside it that isn't known may be that key, misspelt. */
function firstOf(issues: readonly z.core.$ZodIssue[], file: unknown): z.core.$ZodIssue {
  const first = issues[0]!;
  if (valueAt(first.path, file) !== undefined) return first;
  const place = JSON.stringify(first.path.slice(0, -1));
  return issues.find(({ code, path }) => code === 'unrecognized_keys' && JSON.stringify(path) === place) ?? first;
}

function valueAt(path: readonly PropertyKey[], file: unknown): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], file);
}

/** One issue as `cases[2].expect[0].share must be a number from 0 to 1, got 2`. */
function describe(issue: z.core.$ZodIssue, file: unknown): string {
  const place = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `'${key}'`).join(', ');
    const hint = issue.keys.length > 1 ? '' : didYouMean(issue.keys[0]!, keysAt(issue.path));
    return `${place === '' ? '' : `${place} `}has the unknown ${issue.keys.length > 1 ? 'keys' : 'key'} ${keys}${hint}`;
  }
  // Of a file that is no case file, nothing is told: it may be somebody's secrets.
  if (issue.path.length === 0 && typeof file === 'string') return `${issue.message}, got a text`;
  return `${place === '' ? '' : `${place} `}${issue.message}, got ${describeValue(valueAt(issue.path, file))}`;
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function unusable(path: string, what: string): HeadgateError {
  return new HeadgateError('HM3001', `${path}: ${what}${what.endsWith('?') ? '' : '.'}`);
}
