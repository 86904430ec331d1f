import { isRawMap, type Raw } from '../raw';
import type { Scope } from '../scope';
import { type Symbolic, Unresolved } from '../value';
import type { Intrinsic } from './intrinsic';

export const importValue: Intrinsic = (raw, scope) =>
  scope.stack.importValue(scope.text(raw, 'the value of Fn::ImportValue'), scope);

/** `Fn::GetStackOutput`: an output of another stack by its name, also in another Region. */
export const getStackOutput: Intrinsic = (raw, scope) => {
  if (!isRawMap(raw)) throw scope.unusable('Fn::GetStackOutput takes a mapping with StackName and OutputName');
  const stack = scope.text(raw.StackName, 'the StackName of Fn::GetStackOutput');
  const output = scope.text(raw.OutputName, 'the OutputName of Fn::GetStackOutput');
  const region = raw.Region === undefined ? undefined : scope.text(raw.Region, 'the Region of Fn::GetStackOutput');
  return scope.stack.stackOutput(stack, output, region, scope);
};

/** A macro runs in an account, so what it gives isn't known. */
export function transform(raw: Raw, scope: Scope): Symbolic {
  const name = isRawMap(raw) && typeof raw.Name === 'string' ? raw.Name : 'a macro';
  scope.stack.warn(`${scope.where}: what ${name} gives isn't known, since macros aren't run.`);
  return new Unresolved(`\${Fn::Transform ${name}}`, scope.where);
}
