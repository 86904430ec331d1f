import { withDynamicReferences } from '../dynamic-references';
import { emptyMap, isRawMap, type Raw, type RawMap } from '../raw';
import type { Evaluate, Scope } from '../scope';
import { OTHERS, type Symbolic, type Value } from '../value';
import { ifElse } from './choice';
import { cidr } from './cidr';
import { getStackOutput, importValue, transform } from './cross-stack';
import { expandLoops, hasLoops } from './for-each';
import type { Intrinsic } from './intrinsic';
import { findInMap, getAZs, select } from './lists';
import { getAtt, ref } from './reference';
import { sub } from './sub';
import { base64, join, length, split, toJsonString } from './text';

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetAZs', getAZs],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::If', ifElse],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Transform', transform],
]);

/** Evaluates the functions in a value. */
export const evaluate: Evaluate = (raw, scope) => {
  if (Array.isArray(raw)) return present(raw.map((item) => scope.evaluate(item)));
  if (typeof raw === 'string') return withDynamicReferences(raw, scope);
  if (!isRawMap(raw)) return raw as Value;
  const keys = Object.keys(raw);
  if (keys.length === 1) {
    const intrinsic = INTRINSICS.get(keys[0]!);
    if (intrinsic) return intrinsic(raw[keys[0]!]!, scope);
  }
  return evaluateMap(hasLoops(raw) ? expandLoops(raw, scope) : raw, scope);
};

function evaluateMap(raw: RawMap, scope: Scope): Value {
  const map: Record<string, Value> & { [OTHERS]?: Symbolic } = emptyMap<Value>();
  for (const [key, item] of Object.entries(raw) as [string, Raw][]) {
    if (key === 'Fn::Transform') {
      map[OTHERS] = transform(item, scope);
      continue;
    }
    if (key.startsWith('Fn::')) throw misplaced(key, scope);
    const value = scope.evaluate(item);
    if (value !== undefined) map[key] = value;
  }
  return map;
}

function misplaced(key: string, scope: Scope): Error {
  const known = INTRINSICS.has(key);
  return scope.unusable(known ? `${key} must be the only key of its mapping` : `the function ${key} is unknown`);
}

function present(values: readonly (Value | undefined)[]): readonly Value[] {
  return values.filter((value) => value !== undefined);
}
