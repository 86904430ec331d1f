import { HeadgateError } from '../../../errors';
import { describeResource, Fields, type Resource, Symbolic } from '../../../template';
import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import type { HttpRequest } from '../../request';
import { coverKey, type Step, stepAt } from '../../step';
import type { World } from '../../world';
import { type ActionContext, compileActions } from './actions';
import { type Condition, compileCondition, type Surroundings, unreadable } from './condition';
import type { Criterion } from './criterion';
import { compileTransforms } from './transform';
import { Verdict } from './verdict';

/** A rule of a listener. */
export class Rule {
  /** What every path that it takes begins with; undefined if it may take any. */
  readonly prefixes: readonly string[] | undefined;
  /** What every path that it takes ends with; undefined if it may take any. */
  readonly endings: readonly string[] | undefined;
  /** What every host that it takes ends with, in lower case; undefined if it may take any. */
  readonly suffixes: readonly string[] | undefined;
  private readonly name: string;
  private readonly taken: Step;

  constructor(
    readonly resource: Resource,
    /** Undefined if it isn't known: the rule then comes after all others. */
    readonly priority: number | undefined,
    private readonly conditions: readonly Condition[],
    private readonly actions: Hop,
  ) {
    this.name = priority === undefined ? 'a rule of unknown priority' : `priority ${priority}`;
    this.prefixes = conditions.map((condition) => condition.pathPrefixes).find((prefixes) => prefixes !== undefined);
    this.endings = conditions.map((condition) => condition.pathSuffixes).find((suffixes) => suffixes !== undefined);
    this.suffixes = conditions.map((condition) => condition.hostSuffixes).find((suffixes) => suffixes !== undefined);
    this.taken = stepAt('listener-rule', resource, this.reason(), factsOf(conditions), { covers: coverKey(resource) });
  }

  /** Whether the rule takes a request: the worst of its conditions counts (ALB-2). */
  test(request: HttpRequest): Verdict {
    let worst: Verdict = Verdict.YES;
    for (const condition of this.conditions) {
      const verdict = condition.test(request);
      if (verdict === Verdict.NO) return verdict;
      if (verdict < worst) worst = verdict;
    }
    return worst;
  }

  /** Sends a request on that the rule takes. */
  take(passage: Passage, road: Road, verdict: Verdict): void {
    const sure = verdict === Verdict.YES ? passage : this.doubt(passage);
    this.actions.pass(sure.note(this.taken), road);
  }

  /** A passage with the warnings of conditions that aren't certain. */
  doubt(passage: Passage): Passage {
    const { request } = passage;
    let doubted = passage;
    for (const condition of this.conditions) {
      if (condition.test(request) === Verdict.YES) continue;
      const open = condition.openFor(request);
      doubted = lessCertain(doubted, open).note(this.doubtStep(open, condition.test(request), request));
    }
    return doubted;
  }

  private doubtStep(open: readonly Criterion[], verdict: Verdict, request: HttpRequest): Step {
    const warnings = [...new Set(open.map((criterion) => `${doubtOf(criterion, request)}.`))];
    const labels = open.map(({ label }) => label).join(' or ');
    const matching = verdict === Verdict.UNKNOWN ? 'not matching' : 'matching';
    const because = `${this.name} counts as ${matching}: ${labels} isn't certain`;
    const facts = [...new Set(open.flatMap((criterion) => criterion.facts))];
    return stepAt('listener-rule', this.resource, because, facts, { warning: warnings.join(' ') });
  }

  /** Names exactly the values that were met: at compile time if each condition has one, else when a trace is read. */
  private reason(): Step['because'] {
    const { conditions, name } = this;
    if (conditions.length === 0) return `${name} matched everything: it has no condition`;
    if (conditions.every(({ criteria }) => criteria.length === 1)) {
      return `${name} matched ${conditions.map(({ criteria }) => criteria[0]!.label).join(' and ')}`;
    }
    return (request) =>
      `${name} matched ${conditions.map((condition) => condition.bestOf(request).label).join(' and ')}`;
  }
}

function doubtOf({ doubt, label }: Criterion, request: HttpRequest): string {
  return (typeof doubt === 'function' ? doubt(request) : doubt) ?? `${label} isn't certain`;
}

function lessCertain(passage: Passage, open: readonly Criterion[]): Passage {
  const { request } = passage;
  const isBounded = open.every(
    ({ doubtful }) => (typeof doubtful === 'function' ? doubtful(request) : doubtful) === 'bounded',
  );
  return isBounded ? passage.part(1, 'bounded', 0, 1) : passage.atBest('undocumented');
}

function factsOf(conditions: readonly Condition[]): readonly string[] {
  const criteria = conditions.flatMap((condition) => condition.criteria);
  const several = criteria.length > 1 ? ['ALB-2'] : [];
  return [...new Set(['ALB-1', ...several, ...criteria.flatMap(({ facts }) => facts)])];
}

/** Reads a rule. @throws HeadgateError HM2007 if a condition or an action isn't usable. */
export function compileRule(resource: Resource, around: Surroundings, context: ActionContext, world: World): Rule {
  const fields = Fields.of(resource);
  const onward = compileTransforms(fields, resource, world.regexes);
  const actions = compileActions(fields, 'Actions', { ...context, resource, transforms: onward }, world);
  return new Rule(resource, priorityOf(fields), conditionsOf(fields, around), actions);
}

/**
 * Whether a rule may take a request, as far as its conditions tell. One that can't be read may: it is no rule of this listener for
 * certain, so it is no error either.
 */
export function conditionsTest(resource: Resource, around: Surroundings): (request: HttpRequest) => boolean {
  try {
    const conditions = conditionsOf(Fields.of(resource), around);
    return (request) => conditions.every((condition) => condition.test(request) !== Verdict.NO);
  } catch (error) {
    if (error instanceof HeadgateError) return () => true;
    throw error;
  }
}

function priorityOf(fields: Fields): number | undefined {
  const priority = fields.number('Priority');
  if (priority === undefined || Number.isInteger(priority)) return priority;
  throw fields.wrong('Priority', 'a whole number', priority);
}

function conditionsOf(fields: Fields, around: Surroundings): readonly Condition[] {
  if (fields.isSymbolic('Conditions')) return [unreadable(fields, 'Conditions')];
  const unknown = fields.list('Conditions').some((condition) => condition instanceof Symbolic);
  const known = fields.objects('Conditions').map((condition) => compileCondition(condition, around));
  return unknown ? [...known, unreadable(fields, 'Conditions')] : known;
}

/** Why the order of a rule isn't known; undefined if it is. */
export function unknownPriority(rule: Rule): string | undefined {
  if (rule.priority !== undefined) return undefined;
  return `${describeResource(rule.resource)}: Priority isn't known, so the rule counts as the last before the default.`;
}
