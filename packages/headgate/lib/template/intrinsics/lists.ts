import { isRawMap, type Raw } from '../raw';
import type { Scope } from '../scope';
import { Computed, isList, Symbolic, type Value, ZoneOfRegion, ZonesOfRegion } from '../value';
import type { Intrinsic } from './intrinsic';

export const select: Intrinsic = (raw, scope) => {
  const [place, list] = scope.args(raw, 'Fn::Select', 2);
  const index = scope.text(place, 'the index of Fn::Select');
  const items = scope.list(list, 'the second value of Fn::Select');
  if (typeof index !== 'string') return new Computed('Select', [index, items]);
  const number = Number(index);
  if (index.trim() === '' || !Number.isInteger(number) || number < 0) {
    throw scope.unusable(`the index of Fn::Select must be an integer from 0, got '${index}'`);
  }
  if (items instanceof ZonesOfRegion) return new ZoneOfRegion(items.region, number);
  if (items instanceof Symbolic) return new Computed('Select', [number, items]);
  const item = items[number];
  if (item === undefined) throw scope.unusable(`Fn::Select takes item ${number} of a list of ${items.length}`);
  return item;
};

export const getAZs: Intrinsic = (raw, scope) => {
  // '' and null stand for the stack's own Region.
  const region = raw === null ? '' : scope.text(raw, 'the value of Fn::GetAZs');
  if (region === '') return new ZonesOfRegion(scope.stack.region);
  return new ZonesOfRegion(typeof region === 'string' ? region : undefined);
};

/** `Fn::FindInMap`, with the DefaultValue of the language extensions. */
export const findInMap: Intrinsic = (raw, scope) => {
  const args = scope.args(raw, 'Fn::FindInMap', 3, 4);
  const fallback = args[3];
  if (fallback !== undefined) scope.stack.needsLanguageExtensions('the DefaultValue of Fn::FindInMap');
  const names = args.slice(0, 3).map((arg) => scope.text(arg, 'the names in Fn::FindInMap'));
  const known = names.filter((name) => typeof name === 'string');
  if (known.length < 3) return new Computed('FindInMap', names);
  const [map, first, second] = known as [string, string, string];
  const mapping = scope.stack.mapping(map, scope);
  if (mapping === undefined) return new Computed('FindInMap', names);
  const found = entry(entry(mapping, first), second);
  if (found !== undefined) return scope.evaluate(found);
  if (isRawMap(fallback) && Object.hasOwn(fallback, 'DefaultValue'))
    return scope.evaluate(fallback.DefaultValue as Raw);
  throw scope.error('HM1006', `Fn::FindInMap finds no ${map}.${first}.${second}`);
};

function entry(map: Raw | undefined, key: string): Raw | undefined {
  return isRawMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A list of texts; undefined if any of it is symbolic. */
export function knownTexts(value: Value | undefined, scope: Scope, what: string): readonly string[] | undefined {
  if (value instanceof Symbolic) return undefined;
  if (!isList(value)) throw scope.unusable(`${what} must be a list`);
  const texts: string[] = [];
  for (const item of value) {
    if (item instanceof Symbolic) return undefined;
    if (typeof item === 'object') throw scope.unusable(`the items of ${what} must be texts`);
    texts.push(String(item));
  }
  return texts;
}
