import type { Fields } from '../../template';
import { compileGeoMatch, compileIpSet } from './address-statements';
import { compileLabelMatch } from './labels';
import type { RuleScope } from './rule-scope';
import { compileByteMatch, compileRegexMatch, compileRegexSet, compileSizeConstraint } from './text-statements';
import { unreadIn } from './unread';
import { all, always, any, NO, not, PRESUMED_NO, type Predicate } from './verdict';

type Compile = (statement: Fields, scope: RuleScope) => Predicate;

const STATEMENTS: Readonly<Record<string, Compile>> = {
  ByteMatchStatement: compileByteMatch,
  RegexMatchStatement: compileRegexMatch,
  RegexPatternSetReferenceStatement: compileRegexSet,
  SizeConstraintStatement: compileSizeConstraint,
  GeoMatchStatement: compileGeoMatch,
  IPSetReferenceStatement: compileIpSet,
  LabelMatchStatement: compileLabelMatch,
  AndStatement: (statement, scope) => all(compileEach(statement, scope)),
  OrStatement: (statement, scope) => any(compileEach(statement, scope)),
  NotStatement: (statement, scope) => not(compileStatement(statement, 'Statement', scope)),
  RateBasedStatement: compileRateRule,
  ManagedRuleGroupStatement: compileManagedGroup,
  AsnMatchStatement: (_, scope) =>
    scope.unsure('bounded', "matches autonomous systems, which aren't given, and counts as not matching"),
};

/** The statement at a property of a mapping: an object with one key, which says what it is. */
export function compileStatement(parent: Fields, property: string, scope: RuleScope): Predicate {
  if (parent.isSymbolic(property)) {
    return scope.unsure('bounded', `is ${parent.raw(property)}, which isn't known, and counts as not matching`);
  }
  const fields = parent.object(property);
  if (!fields) throw parent.wrong(property, 'a statement', null);
  return compileFields(fields, scope);
}

function compileFields(fields: Fields, scope: RuleScope): Predicate {
  const kind = fields.names().find((name) => fields.has(name));
  const statement = kind === undefined ? undefined : fields.object(kind);
  if (!statement) {
    const what = kind === undefined ? 'is empty' : `is a ${kind} that isn't known`;
    return scope.unsure('bounded', `${what} and counts as not matching`);
  }
  const compile = Object.hasOwn(STATEMENTS, kind!) ? STATEMENTS[kind!] : undefined;
  if (compile) return compile(statement, scope);
  // Detectors of attacks, whose patterns aren't public, and whatever is newer than this file.
  return scope.unsure('undocumented', `is a ${kind} and counts as not matching`, ['WAF-12']);
}

function compileEach(statement: Fields, scope: RuleScope): readonly Predicate[] {
  const known = statement.objects('Statements');
  const nested = known.map((fields) => compileFields(fields, scope));
  if (!statement.isSymbolic('Statements') && known.length === statement.list('Statements').length) return nested;
  return [...nested, scope.unsure('bounded', "has Statements that aren't known and count as not matching")];
}

/** A rate rule matches only beyond its limit, which one request doesn't show (WAF-1). */
function compileRateRule(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-1');
  const inScope = compileScopeDown(statement, scope);
  const limit = scope.doubt('bounded', 'rate rules count as not reached', ['WAF-1'], scope.rule);
  const isFarAboveProbes = exceedsProbes(statement);
  return (inspection) => {
    const doubts = inspection.doubts;
    if (inScope(inspection) === NO) return NO;
    if (isFarAboveProbes && inspection.request.via === 'health-checker') {
      inspection.doubts = doubts;
      return NO;
    }
    inspection.doubts = doubts.with(limit);
    return PRESUMED_NO;
  };
}

/** Whether a limit is at least twice of what an address of a checker asks: once in 10 seconds at most (R53-7). */
function exceedsProbes(statement: Fields): boolean {
  const limit = statement.number('Limit');
  const seconds = statement.number('EvaluationWindowSec') ?? 300;
  const isByAddress = (statement.string('AggregateKeyType') ?? 'IP') === 'IP';
  const isKnown = unreadIn(statement, ['EvaluationWindowSec', 'AggregateKeyType']) === undefined;
  return isKnown && limit !== undefined && isByAddress && limit >= (2 * seconds) / 10;
}

/** What the rules of a managed group are isn't public (WAF-12). */
function compileManagedGroup(statement: Fields, scope: RuleScope): Predicate {
  const inScope = compileScopeDown(statement, scope);
  const group = statement.text('Name') ?? 'without a name';
  // Most rules are named after their group.
  const name = scope.rule.endsWith(String(group)) ? scope.rule : `${scope.rule} (${group})`;
  const text = "managed rule groups, whose rules aren't public, count as letting everything pass";
  const closed = scope.doubt('undocumented', text, ['WAF-12'], name);
  return (inspection) => {
    const doubts = inspection.doubts;
    if (inScope(inspection) === NO) return NO;
    inspection.sawManagedGroup = true;
    inspection.doubts = doubts.with(closed);
    return PRESUMED_NO;
  };
}

function compileScopeDown(statement: Fields, scope: RuleScope): Predicate {
  return statement.has('ScopeDownStatement') ? compileStatement(statement, 'ScopeDownStatement', scope) : always;
}
