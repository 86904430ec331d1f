import type { Fields } from '../../template';
import { lower } from '../matching/glob';
import type { HttpRequest } from '../request';
import { canBeUntold, isUntold, PERHAPS } from '../untold';
import type { RuleScope } from './rule-scope';
import { unreadIn } from './unread';
import { isCertain, NO, PRESUMED_NO, type Predicate, type Verdict, YES } from './verdict';

/** Looks at one text of a request. */
export type Visit = (text: string) => Verdict;

/** Shows each text of a part of a request to a visit; one that matches is enough, and an absent part matches nothing (WAF-7). */
export interface Component {
  (request: HttpRequest, visit: Visit): Verdict;
  /** The text, where the part never has several; undefined if it is absent. */
  readonly text?: (request: HttpRequest) => string | undefined;
  /** Whether a header is in the part that CloudFront added, so that its value isn't known and counts as not matching. */
  readonly isUntold?: (request: HttpRequest) => boolean;
}

/** The part of a request that a statement looks at, or what the statement comes to where requests here don't have that part. */
export function compileComponent(statement: Fields, scope: RuleScope): Component | { readonly instead: Predicate } {
  scope.cite('WAF-7');
  const field = statement.object('FieldToMatch');
  const name = field?.names()[0];
  if (!field || name === undefined) {
    return { instead: scope.unsure('bounded', 'has no usable FieldToMatch and counts as not matching', ['WAF-7']) };
  }
  switch (name) {
    case 'UriPath':
      return single((request) => request.path);
    case 'QueryString':
      return single((request) => request.query);
    case 'Method':
      return single((request) => request.method);
    case 'SingleHeader': {
      const header = nameIn(field, name);
      if (header === undefined) return { instead: notGiven(scope, `${name}.Name`) };
      if (canBeUntold(header)) return addable(header);
      return single(header === 'host' ? (request) => request.host : (request) => request.headers.get(header));
    }
    case 'SingleQueryArgument': {
      const argument = nameIn(field, name);
      if (argument === undefined) return { instead: notGiven(scope, `${name}.Name`) };
      return (request, visit) => eachArgument(request.query, visit, argument);
    }
    case 'AllQueryArguments':
      return (request, visit) => eachArgument(request.query, visit);
    case 'Headers':
    case 'Cookies': {
      const unread = unreadIn(field, [name]);
      if (unread !== undefined) return { instead: notKnown(scope, name, unread) };
      if (name === 'Cookies') return pairs(field.object(name), name, eachCookie);
      return Object.assign(pairs(field.object(name), name, eachHeader), {
        isUntold: ({ headers }: HttpRequest) => [...headers.values()].some(isUntold),
      });
    }
    case 'Body':
    case 'JsonBody':
      return { instead: body(scope) };
    default:
      // Header order, TLS fingerprints and fragments aren't part of a request that somebody asks about.
      return { instead: notGiven(scope, name) };
  }
}

function single(text: (request: HttpRequest) => string | undefined): Component {
  const component = (request: HttpRequest, visit: Visit) => {
    const found = text(request);
    return found === undefined ? NO : visit(found);
  };
  return Object.assign(component, { text });
}

/** A header that CloudFront may have added. */
function addable(header: string): Component {
  const component = ({ headers }: HttpRequest, visit: Visit) => {
    const found = headers.get(header);
    if (found === undefined) return NO;
    return isUntold(found) ? PRESUMED_NO : visit(found);
  };
  return Object.assign(component, { isUntold: ({ headers }: HttpRequest) => isUntold(headers.get(header)) });
}

function nameIn(field: Fields, name: string): string | undefined {
  const given = field.object(name)?.string('Name');
  return given === undefined ? undefined : lower(given);
}

function notGiven(scope: RuleScope, what: string): Predicate {
  return scope.unsure('bounded', `looks at ${what}, which isn't given, and counts as not matching`, ['WAF-7']);
}

function notKnown(scope: RuleScope, part: string, property: string): Predicate {
  const text = `looks at ${part} with the ${property}, which isn't known, and counts as not matching`;
  return scope.unsure('bounded', text, ['WAF-7']);
}

/** Requests have no body here. Where their method has none in general, that is exact. */
function body(scope: RuleScope): Predicate {
  const unsure = scope.unsure('bounded', "looks at the body, which isn't given, and counts as not matching", ['WAF-7']);
  return (inspection) => {
    const { method } = inspection.request;
    return method === 'GET' || method === 'HEAD' ? NO : unsure(inspection);
  };
}

function eachArgument(query: string | undefined, visit: Visit, only?: string): Verdict {
  if (query === undefined) return NO;
  let verdict: Verdict = NO;
  for (let at = 0; at <= query.length; ) {
    const ampersand = query.indexOf('&', at);
    const end = ampersand < 0 ? query.length : ampersand;
    const equals = query.indexOf('=', at);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (end > at && (only === undefined || lower(query.slice(at, nameEnd)) === only)) {
      const found = visit(query.slice(Math.min(nameEnd + 1, end), end));
      if (found === YES) return YES;
      verdict |= found;
    }
    at = end + 1;
  }
  return verdict as Verdict;
}

type Each = (request: HttpRequest, see: (name: string, value: string) => Verdict) => Verdict;

function eachHeader(request: HttpRequest, see: (name: string, value: string) => Verdict): Verdict {
  let verdict = see('host', request.host);
  for (const [name, value] of request.headers) {
    if (verdict === YES) break;
    if (name !== 'host') verdict = or(verdict, see(name, value));
  }
  return verdict;
}

function eachCookie(request: HttpRequest, see: (name: string, value: string) => Verdict): Verdict {
  let verdict: Verdict = NO;
  for (const pair of request.header('cookie')?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals < 0) verdict = or(verdict, see(pair.trim(), ''));
    else verdict = or(verdict, see(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()));
    if (verdict === YES) break;
  }
  return verdict;
}

function or(one: Verdict, other: Verdict): Verdict {
  if (one === YES || other === YES) return YES;
  return isCertain(one) ? other : one;
}

const MOST_PAIRS = 200;
const MOST_BYTES = 8192;

/** Headers or cookies: those that the pattern selects, their names, values or both, up to what WAF is shown of them. */
function pairs(settings: Fields | undefined, kind: 'Headers' | 'Cookies', each: Each): Component {
  const pattern = settings?.object('MatchPattern');
  const scope = settings?.string('MatchScope') ?? 'ALL';
  const oversize = settings?.string('OversizeHandling') ?? 'CONTINUE';
  const fold = kind === 'Headers' ? lower : (name: string) => name;
  const names = (list: string) =>
    pattern?.has(list) ? new Set(pattern.texts(list).map((name) => fold(String(name)))) : undefined;
  const included = names(`Included${kind}`);
  const excluded = names(`Excluded${kind}`);
  const measure = (request: HttpRequest) => {
    let count = 0;
    let bytes = 0;
    each(request, (name, value) => {
      count++;
      bytes += name.length + value.length;
      return NO;
    });
    return count > MOST_PAIRS || bytes > MOST_BYTES;
  };
  return (request, visit) => {
    if (oversize !== 'CONTINUE' && measure(request)) return oversize === 'MATCH' ? YES : NO;
    let count = 0;
    let bytes = 0;
    return each(request, (name, value) => {
      count++;
      bytes += name.length + value.length;
      if (count > MOST_PAIRS || bytes > MOST_BYTES) return NO;
      if (included ? !included.has(fold(name)) : excluded?.has(fold(name))) return NO;
      const byName = scope === 'VALUE' ? NO : visit(name);
      if (byName === YES) return value === PERHAPS ? PRESUMED_NO : YES;
      return scope === 'KEY' ? byName : or(byName, isUntold(value) ? PRESUMED_NO : visit(value));
    });
  };
}
