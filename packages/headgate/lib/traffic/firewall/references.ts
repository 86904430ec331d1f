import { HeadgateError } from '../../errors';
import { describeResource, type Fields, type Resource, resourceIn } from '../../template';
import type { RuleScope } from './rule-scope';
import type { Predicate } from './verdict';

/**
 * The set or group that a statement refers to by its ARN; if it stands outside of the templates, what the statement comes to.
 *
 * @throws HeadgateError HM1006 if it is of another type.
 */
export function setOf(
  statement: Fields,
  property: string,
  type: string,
  scope: RuleScope,
): { readonly resource: Resource } | { readonly resource: undefined; readonly instead: Predicate } {
  const value = statement.text(property);
  const resource = resourceIn(value);
  if (resource) {
    requireType(resource, type, statement.at(property));
    return { resource };
  }
  const text = `refers to ${value ?? 'nothing'}, which isn't in the templates, and counts as not matching`;
  return { resource: undefined, instead: scope.unsure('bounded', text) };
}

/** @throws HeadgateError HM1006 if a resource is of another type than where it is referred to. */
export function requireType(resource: Resource, type: string, where: string): void {
  if (resource.type === type) return;
  throw new HeadgateError(
    'HM1006',
    `${where} must refer to a resource of type ${type}, got ${describeResource(resource)}.`,
  );
}
