import { Fields, isList, isMap, type Resource, type Value } from '../../template';

/** What the rules of a listener keep from being reached: each has the name of a rule that takes everything before it. */
export interface Shadows {
  readonly rules: ReadonlyMap<Resource, string>;
  readonly byDefault: string | undefined;
}

/**
 * What no request can reach of an Application Load Balancer's listener, since a rule before it takes every request. Literal values alone prove
 * that: a rule whose priority isn't known is neither before nor behind another one, only before the default.
 */
export function shadowsOf(rules: readonly Resource[]): Shadows {
  const all = rules.filter(takesEverything).sort((one, other) => orderOf(one) - orderOf(other) || 0);
  const first = all[0];
  if (first === undefined) return { rules: new Map(), byDefault: undefined };
  const why = `${first.logicalId} takes everything`;
  const behind = rules.filter((rule) => {
    const priority = priorityOf(rule);
    return priority !== undefined && priority > orderOf(first);
  });
  return { rules: new Map(behind.map((rule) => [rule, why])), byDefault: why };
}

/** Whatever can't be used proves nothing here; that it is an error is said to those whose requests come to it. */
function priorityOf(rule: Resource): number | undefined {
  const value = Fields.of(rule).raw('Priority');
  const priority = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof priority === 'number' && Number.isInteger(priority) ? priority : undefined;
}

function orderOf(rule: Resource): number {
  return priorityOf(rule) ?? Number.MAX_VALUE;
}

/** Whether it has no condition but such as every path meets. */
function takesEverything(rule: Resource): boolean {
  const conditions = Fields.of(rule).raw('Conditions');
  return conditions === undefined || (isList(conditions) && conditions.every(isOfAnyPath));
}

/** Every path begins with a slash. */
function isOfAnyPath(condition: Value): boolean {
  if (!isMap(condition) || condition.Field !== 'path-pattern') return false;
  const config = condition.PathPatternConfig ?? condition;
  if (!isMap(config) || (config.RegexValues ?? undefined) !== undefined) return false;
  const values = config.Values ?? [];
  return isList(values) && values.some((value) => value === '*' || value === '/*');
}
