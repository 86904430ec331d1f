import type { Scope } from '../scope';
import type { Value } from '../value';
import type { Intrinsic } from './intrinsic';

export const ref: Intrinsic = (raw, scope) => {
  const name = scope.text(raw, 'the value of Ref');
  if (typeof name !== 'string') throw scope.unusable(`the value of Ref must be known, got ${name.text}`);
  return scope.stack.ref(name, scope);
};

/** `Fn::GetAtt` as a list of two, or as the text `Id.Attribute`. */
export const getAtt: Intrinsic = (raw, scope) => {
  if (typeof raw === 'string') return attributeOf(raw, scope);
  const args = scope.args(raw, 'Fn::GetAtt', 2, 4);
  const logicalId = scope.text(args[0], 'the logical id of Fn::GetAtt');
  if (typeof logicalId !== 'string')
    throw scope.unusable(`the logical id of Fn::GetAtt must be known, got ${logicalId.text}`);
  // A list of three is what `!GetAtt [Nested, Outputs, Name]` gives.
  const names = args.slice(1).map((arg) => scope.text(arg, 'the attribute of Fn::GetAtt'));
  if (names.length === 1) return scope.stack.attribute(logicalId, names[0]!, scope);
  return scope.stack.attribute(logicalId, names.map(String).join('.'), scope);
};

/** What `Id.Attribute` refers to. */
export function attributeOf(text: string, scope: Scope): Value {
  const dot = text.indexOf('.');
  if (dot <= 0 || dot === text.length - 1) {
    throw scope.unusable(`Fn::GetAtt takes a logical id and an attribute, got '${text}'`);
  }
  return scope.stack.attribute(text.slice(0, dot), text.slice(dot + 1), scope);
}
