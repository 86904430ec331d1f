import { Fields, keyOf, Symbolic, type Text } from '../../template';
import { lower } from '../matching/glob';
import type { LinearRegex } from '../matching/regex';
import { REGEX_PATTERN_SET } from '../resource-types';
import { type Component, compileComponent, type Visit } from './component';
import { setOf } from './references';
import type { RuleScope } from './rule-scope';
import { isAscii, toBytes, toCharacters } from './text';
import { compileTransformations } from './transformations';
import { isCertain, NO, PRESUMED_NO, type Predicate, type Verdict, YES } from './verdict';

type Compare = (text: string, wanted: string) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  EXACTLY: (text, wanted) => text === wanted,
  STARTS_WITH: (text, wanted) => text.startsWith(wanted),
  ENDS_WITH: (text, wanted) => text.endsWith(wanted),
  CONTAINS: (text, wanted) => text.includes(wanted),
  CONTAINS_WORD: containsWord,
};

/** Compares a part of the request with a text (WAF-8). */
export function compileByteMatch(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-8');
  const constraint = statement.text('PositionalConstraint');
  if (constraint instanceof Symbolic) return symbolic(scope, 'PositionalConstraint', constraint);
  const compare = Object.hasOwn(COMPARISONS, constraint ?? '') ? COMPARISONS[constraint!]! : undefined;
  if (!compare) {
    throw statement.wrong('PositionalConstraint', `one of ${Object.keys(COMPARISONS).join(', ')}`, constraint ?? null);
  }
  const unread = statement.raw('SearchStringBase64');
  if (unread instanceof Symbolic) return symbolic(scope, 'SearchStringBase64', unread);
  const encoded = statement.string('SearchStringBase64');
  const search =
    encoded === undefined ? statement.text('SearchString') : Buffer.from(encoded, 'base64').toString('latin1');
  if (search === undefined) throw statement.wrong('SearchString', 'a text', null);
  const wanted = typeof search === 'string' && encoded === undefined ? toBytes(search) : String(search);
  if (search instanceof Symbolic) return compareUnread(statement, scope, search, compare);
  // No byte of another character is one of ASCII.
  const visit: Visit = (text) => (compare(text, wanted) ? YES : NO);
  const exact = constraint === 'EXACTLY' && isAscii(wanted) ? wanted : undefined;
  return inspectText(statement, scope, visit, undefined, isAscii(wanted), exact);
}

/**
 * A text that only a deployment knows, such as a secret. It equals the same reference in a request, where CloudFront sends it along; what
 * else it is equal to isn't known.
 */
function compareUnread(statement: Fields, scope: RuleScope, search: Symbolic, compare: Compare): Predicate {
  const wanted = String(search);
  const key = keyOf(search);
  const visit: Visit = (raw) => (compare(raw, wanted) || compare(raw, key) ? YES : PRESUMED_NO);
  const component = compileComponent(statement, scope);
  if (typeof component !== 'function') return component.instead;
  const unknown = scope.statementDoubt(
    'bounded',
    `compares with ${wanted}, which isn't known, and counts as not matching`,
  );
  return (inspection) => {
    const verdict = component(inspection.request, visit);
    if (!isCertain(verdict)) inspection.doubt(unknown);
    return verdict;
  };
}

/** Looks for a regular expression (WAF-8). */
export function compileRegexMatch(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-8');
  const source = statement.text('RegexString');
  if (source === undefined) throw statement.wrong('RegexString', 'a text', null);
  return findsAny(statement, scope, [source]);
}

/** Looks for any regular expression of a set (WAF-8). */
export function compileRegexSet(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-8');
  const set = setOf(statement, 'Arn', REGEX_PATTERN_SET, scope);
  if (!set.resource) return set.instead;
  const fields = Fields.of(set.resource);
  if (fields.isSymbolic('RegularExpressionList')) {
    return symbolic(scope, 'RegularExpressionList', fields.raw('RegularExpressionList') as Symbolic);
  }
  return findsAny(statement, scope, fields.texts('RegularExpressionList'));
}

function findsAny(statement: Fields, scope: RuleScope, sources: readonly Text[]): Predicate {
  const usable: LinearRegex[] = [];
  const unusable: string[] = [];
  for (const source of sources) {
    const regex = typeof source === 'string' ? scope.regexes.compile(source, statement.where) : undefined;
    if (regex) usable.push(regex);
    else unusable.push(String(source));
  }
  const otherwise = unusable.length > 0 ? PRESUMED_NO : NO;
  const visit = (text: string) => {
    const characters = toCharacters(text);
    return usable.some((regex) => regex.finds(characters)) ? YES : otherwise;
  };
  const text = `has the expression ${unusable.join(' and ')}, which can't be evaluated, and counts as not matching`;
  return inspectText(statement, scope, visit, text);
}

const ORDERS: Readonly<Record<string, (size: number, limit: number) => boolean>> = {
  EQ: (size, limit) => size === limit,
  NE: (size, limit) => size !== limit,
  LE: (size, limit) => size <= limit,
  LT: (size, limit) => size < limit,
  GE: (size, limit) => size >= limit,
  GT: (size, limit) => size > limit,
};

/** Compares the length in bytes of a part of the request (WAF-8). */
export function compileSizeConstraint(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-8');
  const operator = statement.text('ComparisonOperator');
  if (operator instanceof Symbolic) return symbolic(scope, 'ComparisonOperator', operator);
  const compare = Object.hasOwn(ORDERS, operator ?? '') ? ORDERS[operator!]! : undefined;
  if (!compare)
    throw statement.wrong('ComparisonOperator', `one of ${Object.keys(ORDERS).join(', ')}`, operator ?? null);
  const size = statement.number('Size');
  if (size === undefined) return symbolic(scope, 'Size', statement.raw('Size') ?? 'absent');
  return inspectText(statement, scope, (text) => (compare(text.length, size) ? YES : NO));
}

/** Shows a part of the request, transformed, to a visit. `why` says what a presumed answer of the visit is due to. */
function inspectText(
  statement: Fields,
  scope: RuleScope,
  visit: Visit,
  why?: string,
  /** Whether the visit finds the same in characters as in bytes. */
  readsCharacters = false,
  /** The one text, in ASCII, that the visit looks for. */
  exact?: string,
): Predicate {
  const component = compileComponent(statement, scope);
  if (typeof component !== 'function') return component.instead;
  const transformation = compileTransformations(statement);
  if (typeof transformation === 'object') {
    const { why: untried, isUnread } = transformation;
    return scope.unsure(isUnread ? 'bounded' : 'undocumented', `${untried}, and counts as not matching`, ['WAF-9']);
  }
  if (transformation) scope.cite('WAF-9');
  if (exact !== undefined && component.text && (!transformation || transformation === lower)) {
    return equals(component.text, exact, transformation === lower);
  }
  const untold = "transforms the request's text in a way that isn't documented, and counts as not matching";
  const unknown = scope.statementDoubt('undocumented', why ?? untold, ['WAF-9']);
  const added = "looks at a header that CloudFront adds, whose value isn't known, and counts as not matching";
  const unread = scope.statementDoubt('bounded', added, ['CF-15']);
  const plain: Visit = readsCharacters ? visit : (raw) => visit(toBytes(raw));
  const changing: Visit = (raw) => {
    const changed = transformation?.(toBytes(raw));
    return changed === undefined ? PRESUMED_NO : visit(changed);
  };
  const seen = transformation ? changing : plain;
  return (inspection) => {
    const { request } = inspection;
    const verdict: Verdict = component(request, seen);
    if (!isCertain(verdict)) inspection.doubt(component.isUntold?.(request) ? unread : unknown);
    return verdict;
  };
}

/** What most rules do, without a detour: compares one text as a whole. Lowering letters of ASCII leaves a text as long as it was. */
function equals(textOf: NonNullable<Component['text']>, wanted: string, lowers: boolean): Predicate {
  if (!lowers) return ({ request }) => (textOf(request) === wanted ? YES : NO);
  return ({ request }) => {
    const text = textOf(request);
    return text !== undefined && text.length === wanted.length && lower(text) === wanted ? YES : NO;
  };
}

function symbolic(scope: RuleScope, property: string, value: unknown): Predicate {
  return scope.unsure('bounded', `has the ${property} ${value}, which isn't known, and counts as not matching`);
}

/** Whether a text stands in another with no letter, digit or underscore beside it. */
function containsWord(text: string, word: string): boolean {
  if (word === '') return true;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isWordPart(text.charCodeAt(at - 1)) && !isWordPart(text.charCodeAt(at + word.length))) return true;
  }
  return false;
}

function isWordPart(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
