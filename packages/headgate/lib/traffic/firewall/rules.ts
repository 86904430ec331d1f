import { Fields, type Resource, resourceKey } from '../../template';
import type { Regexes } from '../matching/regex';
import { RULE_GROUP } from '../resource-types';
import { stepAt } from '../step';
import { type Action, COUNT, readAction } from './actions';
import type { Doubt } from './doubts';
import type { End } from './end';
import type { Inspection } from './inspection';
import type { Label, LabelBook } from './labels';
import { setOf } from './references';
import { RuleScope } from './rule-scope';
import { compileStatement } from './statements';
import { unreadIn } from './unread';
import { counts, isCertain, type Predicate } from './verdict';

/** A rule, compiled: where it ends the inspection of a request, or undefined if the next rule takes over. */
export type Judge = (inspection: Inspection) => End | undefined;

/** What the rules of one web ACL share. */
export interface Bench {
  readonly acl: Resource;
  readonly labels: LabelBook;
  readonly regexes: Regexes;
  /** What had to be assumed of the whole web ACL. */
  readonly doubts: Doubt[];
}

/** How a web ACL changes the rules of a group that it refers to: actions by the rule's name. */
type Overrides = ReadonlyMap<string, Action>;

/** The rules of a web ACL or of a rule group, from the lowest priority to the highest (WAF-3). */
export function compileRules(owner: Resource, bench: Bench, overrides?: Overrides): readonly Judge[] {
  const fields = Fields.of(owner);
  const rules = fields.objects('Rules').map((rule) => ({ rule, priority: rule.number('Priority') }));
  if (fields.isSymbolic('Rules') || rules.length < fields.list('Rules').length) {
    assume(bench, owner, "has Rules that aren't known; they count as not matching");
  }
  for (const { rule, priority } of rules) {
    if (priority === undefined)
      assume(bench, owner, `has rule ${nameOf(rule)} without a known Priority; it comes last`);
  }
  const order = (priority: number | undefined) => priority ?? Number.MAX_SAFE_INTEGER;
  rules.sort((one, other) => order(one.priority) - order(other.priority));
  return rules.map(({ rule }) => compileRule(rule, owner, bench, overrides));
}

function assume(bench: Bench, owner: Resource, text: string): void {
  bench.doubts.push({ quality: 'bounded', where: resourceKey(owner), text, facts: [], otherwise: undefined });
}

function assumeLeftOut(bench: Bench, owner: Resource, rule: string, property: string): void {
  assume(bench, owner, `has rule ${rule} with the ${property}, which isn't known; it counts as left out`);
}

function compileRule(rule: Fields, owner: Resource, bench: Bench, overrides: Overrides | undefined): Judge {
  const statement = rule.object('Statement');
  const reference = statement?.object('RuleGroupReferenceStatement');
  if (reference && owner.type !== RULE_GROUP) return compileGroup(rule, reference, owner, bench);
  const name = nameOf(rule);
  if (statement?.has('ManagedRuleGroupStatement')) {
    // Which action its rules end a request with isn't known, unless the web ACL has the group count only.
    const scope = new RuleScope(owner, name, bench.labels, undefined, bench.regexes);
    const predicate = compileStatement(rule, 'Statement', scope);
    return isCountOnly(rule) ? unnoticed(predicate) : evaluate(predicate);
  }
  return compileMatch(rule, name, owner, bench, overrides?.get(name) ?? actionOf(rule, owner, name, bench));
}

/** What of an action may be unknown: the response doesn't change the road, and values of headers are carried along. */
const KEPT_UNREAD = ['CustomResponse', 'Value'];

function actionOf(rule: Fields, owner: Resource, name: string, bench: Bench): Action {
  if (!rule.isSymbolic('Action')) {
    const unread = unreadIn(rule, ['Action'], KEPT_UNREAD);
    if (unread !== undefined) assumeLeftOut(bench, owner, name, unread);
    return readAction(rule, 'Action');
  }
  assume(bench, owner, `has rule ${name} with the Action ${rule.raw('Action')}, which isn't known; it counts only`);
  return COUNT;
}

function compileMatch(rule: Fields, name: string, owner: Resource, bench: Bench, action: Action): Judge {
  const group = owner === bench.acl ? '' : ` of ${owner.logicalId}`;
  const what = `priority ${rule.number('Priority') ?? 'unknown'}${group}`;
  const facts = ['WAF-1', ...(action.kind === 'allow' ? ['WAF-2'] : []), 'WAF-3', 'WAF-4'];
  const end = endOf(action, name, what, facts);
  const scope = new RuleScope(owner, name, bench.labels, end, bench.regexes);
  const labels = bench.labels.declare(owner, rule);
  const unread = bench.labels.isRead ? unreadIn(rule, ['RuleLabels'], ['Name']) : undefined;
  if (unread !== undefined) assumeLeftOut(bench, owner, name, unread);
  const predicate = compileStatement(rule, 'Statement', scope);
  facts.push(...scope.facts, ...(group ? ['WAF-11'] : []), ...(action.headers.length > 0 ? ['WAF-5'] : []));
  if (!end || action.kind === 'captcha' || action.kind === 'challenge') {
    return goesOn(predicate, action, labels, bench, { name, what, facts, end, scope });
  }
  const presumed: End = { ...end, presumed: true, because: `${what} counts as matching: ${action.name}` };
  return (inspection) => {
    const verdict = judge(predicate, inspection);
    if (!counts(verdict)) return undefined;
    inspection.add(labels);
    return isCertain(verdict) ? end : presumed;
  };
}

/** The end that an action makes; undefined if it always lets the inspection go on. */
function endOf(action: Action, rule: string, what: string, facts: readonly string[]): End | undefined {
  if (action.kind === 'count') return undefined;
  const { status, location } = action;
  const because = `${what} matched: ${action.name}`;
  if (action.kind === 'allow') {
    return { kind: 'allow', status, location, headers: action.headers, rule, because, facts, presumed: false };
  }
  return { kind: 'block', status, location, headers: [], rule, because, facts, presumed: false };
}

interface Passing {
  readonly name: string;
  readonly what: string;
  readonly facts: readonly string[];
  readonly end: End | undefined;
  readonly scope: RuleScope;
}

const TOKEN = 'aws-waf-token';

/** Counting rules, and CAPTCHA and Challenge, which let a request with a valid token go on (WAF-4). */
function goesOn(predicate: Predicate, action: Action, labels: readonly Label[], bench: Bench, rule: Passing): Judge {
  const { end, what, facts } = rule;
  const step = stepAt('web-acl-rule', bench.acl, `${what} matched: ${action.name}, so the next rule decides`, facts, {
    id: rule.name,
  });
  const token = rule.scope.doubt('undocumented', `takes the token in the cookie ${TOKEN} for valid`, ['WAF-4']);
  const isInert = end === undefined && labels.length === 0 && action.headers.length === 0;
  return (inspection) => {
    const doubts = inspection.doubts;
    const verdict = judge(predicate, inspection);
    if (isInert) inspection.doubts = doubts;
    if (!counts(verdict)) return undefined;
    if (end && inspection.request.cookie(TOKEN) === undefined) return end;
    if (end) inspection.doubt(token);
    inspection.add(labels);
    inspection.insert(action.headers);
    inspection.note(step);
    return undefined;
  };
}

/** Evaluates a rule that never certainly matches. */
function evaluate(predicate: Predicate): Judge {
  return (inspection) => {
    judge(predicate, inspection);
    return undefined;
  };
}

/** Evaluates a rule for its labels alone. */
function unnoticed(predicate: Predicate): Judge {
  return (inspection) => {
    const doubts = inspection.doubts;
    predicate(inspection);
    inspection.doubts = doubts;
    inspection.outOfScope = false;
    return undefined;
  };
}

function judge(predicate: Predicate, inspection: Inspection) {
  const doubts = inspection.doubts;
  const verdict = predicate(inspection);
  if (inspection.outOfScope) {
    inspection.outOfScope = false;
    inspection.doubts = doubts;
    return 0;
  }
  return verdict;
}

/** A group of rules in the templates: its rules stand where the reference stands (WAF-11). */
function compileGroup(rule: Fields, reference: Fields, owner: Resource, bench: Bench): Judge {
  const name = nameOf(rule);
  const scope = new RuleScope(owner, name, bench.labels, undefined, bench.regexes);
  const group = setOf(reference, 'Arn', RULE_GROUP, scope);
  const countsOnly = isCountOnly(rule);
  if (!group.resource) return countsOnly ? unnoticed(group.instead) : evaluate(group.instead);
  const judges = compileRules(group.resource, bench, overridesIn(reference, owner, name, bench));
  const override = rule.isSymbolic('OverrideAction') ? rule.raw('OverrideAction') : undefined;
  const text = `has the OverrideAction ${override}, which isn't known; it counts as None`;
  const unsure = override === undefined ? undefined : scope.doubt('bounded', text, ['WAF-11']);
  const because = `the result of ${group.resource.logicalId} counts only, so the next rule decides`;
  const step = stepAt('web-acl-rule', bench.acl, because, ['WAF-11'], { id: name });
  return (inspection) => {
    const doubts = inspection.doubts;
    for (const each of judges) {
      const end = each(inspection);
      if (!end) continue;
      if (!countsOnly) {
        if (unsure) inspection.doubt(unsure);
        return end;
      }
      inspection.note(step);
      break;
    }
    if (countsOnly && !bench.labels.isRead) inspection.doubts = doubts;
    return undefined;
  };
}

function overridesIn(reference: Fields, owner: Resource, rule: string, bench: Bench): Overrides {
  const overrides = new Map<string, Action>();
  const unread = unreadIn(reference, ['ExcludedRules', 'RuleActionOverrides']);
  if (unread !== undefined) assumeLeftOut(bench, owner, rule, unread);
  for (const excluded of reference.objects('ExcludedRules')) overrides.set(nameOf(excluded), COUNT);
  for (const override of reference.objects('RuleActionOverrides')) {
    if (!override.isSymbolic('ActionToUse')) overrides.set(nameOf(override), readAction(override, 'ActionToUse'));
  }
  return overrides;
}

function isCountOnly(rule: Fields): boolean {
  return rule.object('OverrideAction')?.names().includes('Count') ?? false;
}

function nameOf(rule: Fields): string {
  return String(rule.text('Name') ?? 'without a name');
}
