import { isRawMap, type Raw } from '../raw';
import { asText, type Scope } from '../scope';
import { isList, isMap, keyOf, Symbolic, type Value } from '../value';
import type { Intrinsic } from './intrinsic';

export const ifElse: Intrinsic = (raw, scope) => {
  const [condition, whenTrue, whenFalse] = scope.args(raw, 'Fn::If', 3);
  const name = typeof condition === 'string' ? condition : isRawMap(condition) ? condition.Condition : undefined;
  if (typeof name !== 'string') throw scope.unusable('the first value of Fn::If must be the name of a condition');
  return scope.evaluate((scope.stack.condition(name, scope) ? whenTrue : whenFalse) as Raw);
};

/** Called with the symbolic value that a comparison with a known one had to decide. */
export type Assumed = (symbolic: Symbolic) => void;

/** Whether a condition holds. A symbolic value is different from each known one. */
export function holds(raw: Raw | undefined, scope: Scope, assumed: Assumed): boolean {
  const [name, argument] = isRawMap(raw) ? (Object.entries(raw)[0] ?? []) : [];
  if (!isRawMap(raw) || Object.keys(raw).length !== 1 || argument === undefined) {
    throw scope.unusable('a condition must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition');
  }
  switch (name) {
    case 'Condition':
      if (typeof argument !== 'string') throw scope.unusable('Condition takes the name of a condition');
      return scope.stack.condition(argument, scope);
    case 'Fn::Equals': {
      const [left, right] = scope.args(argument, name, 2);
      return equals(scope.evaluate(left as Raw), scope.evaluate(right as Raw), assumed);
    }
    case 'Fn::Not':
      return !holds(scope.args(argument, name, 1)[0], scope, assumed);
    // All parts are evaluated, so that what they assume doesn't depend on their order.
    case 'Fn::And':
      return scope
        .args(argument, name, 2, 10)
        .map((part) => holds(part, scope, assumed))
        .every(Boolean);
    case 'Fn::Or':
      return scope
        .args(argument, name, 2, 10)
        .map((part) => holds(part, scope, assumed))
        .some(Boolean);
    default:
      throw scope.unusable(
        `${name} isn't a condition: it must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition`,
      );
  }
}

function equals(left: Value | undefined, right: Value | undefined, assumed: Assumed): boolean {
  const same = sameValue(left, right);
  if (!same) {
    if (left instanceof Symbolic) assumed(left);
    if (right instanceof Symbolic) assumed(right);
  }
  return same;
}

function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  const leftText = asText(left);
  const rightText = asText(right);
  if (leftText !== undefined && rightText !== undefined) return keyOf(leftText) === keyOf(rightText);
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  }
  if (isMap(left) && isMap(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length && keys.every((key) => key in right && sameValue(left[key], right[key]))
    );
  }
  return left === right;
}
