import { LIMITS } from '../limits';
import { emptyMap, isRawMap, type Raw, type RawMap } from '../raw';
import type { Scope } from '../scope';
import { knownTexts } from './lists';

const PREFIX = 'Fn::ForEach::';

/** Whether a mapping has loops of the language extensions. */
export function hasLoops(map: RawMap): boolean {
  for (const key in map) if (key.startsWith(PREFIX)) return true;
  return false;
}

/** A mapping with its loops written out. A loop over what isn't known is left out, with a warning. */
export function expandLoops(map: RawMap, scope: Scope): RawMap {
  if (!hasLoops(map)) return map;
  scope.stack.needsLanguageExtensions('Fn::ForEach');
  const expanded = emptyMap<Raw>();
  expandInto(expanded, map, scope);
  return expanded;
}

function expandInto(target: Record<string, Raw>, map: RawMap, scope: Scope): void {
  for (const [key, raw] of Object.entries(map) as [string, Raw][]) {
    if (key.startsWith(PREFIX)) {
      expandLoop(target, key, raw, scope);
    } else if (Object.hasOwn(target, key)) {
      throw scope.unusable(`Fn::ForEach gives the key '${key}' twice`);
    } else {
      target[key] = raw;
    }
  }
}

function expandLoop(target: Record<string, Raw>, key: string, raw: Raw, scope: Scope): void {
  const [variable, collection, body] = scope.args(raw, key, 3);
  if (typeof variable !== 'string' || !isRawMap(body)) {
    throw scope.unusable(`${key} takes the name of a variable, a list and a mapping`);
  }
  const items = knownTexts(scope.evaluate(collection as Raw), scope, `the list of ${key}`);
  if (!items) {
    scope.stack.warn(`${scope.where}: ${key} runs over a list that isn't known, so what it gives is left out.`);
    return;
  }
  for (const item of items) {
    const copy = substitute(body, { variable, item, plain: item.replace(/[^A-Za-z0-9]/g, '') }, scope);
    expandInto(target, copy as RawMap, scope);
  }
}

interface Variable {
  readonly variable: string;
  readonly item: string;
  /** What `&{Variable}` gives: letters and digits only, for logical ids. */
  readonly plain: string;
}

function substitute(raw: Raw, by: Variable, scope: Scope): Raw {
  scope.stack.spend(1, scope);
  if (typeof raw === 'string') return fill(raw, by, scope);
  if (Array.isArray(raw)) return raw.map((item) => substitute(item, by, scope));
  if (!isRawMap(raw)) return raw;
  const keys = Object.keys(raw);
  if (keys.length === 1 && raw.Ref === by.variable) return by.item;
  const map = emptyMap<Raw>();
  for (const key of keys) map[fill(key, by, scope)] = substitute(raw[key]!, by, scope);
  return map;
}

function fill(text: string, { variable, item, plain }: Variable, scope: Scope): string {
  if (!text.includes(variable)) return text;
  const filled = text.split(`\${${variable}}`).join(item).split(`&{${variable}}`).join(plain);
  scope.stack.spend(filled.length >> 6, scope);
  if (filled.length > LIMITS.textLength) {
    throw scope.error('HM1004', `a text would have more than ${LIMITS.textLength} characters`);
  }
  return filled;
}
