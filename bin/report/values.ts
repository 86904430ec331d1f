/** What a template or another JSON file may hold at one place; who reads it looks before trusting it. */
export type Value = unknown;

/** An object of a template. */
export type Properties = Readonly<Record<string, Value>>;

/** Whether a value is an object and no list. */
export function isObject(value: Value): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands under a chain of keys; undefined where the chain breaks. */
export function at(value: Value, ...keys: string[]): Value {
  return keys.reduce<Value>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** A list, or an empty one where there is none. */
export function list(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** `1 server`, `2 servers`. */
export function count(number: number, noun: string): string {
  return `${whole(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A whole number with commas between its thousands, whatever the language of the machine. */
export function whole(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A share of a whole as a percentage with at most one decimal. */
export function percent(part: number, total: number): string {
  return `${Number(((100 * part) / total).toFixed(1))} %`;
}
