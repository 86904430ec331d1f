import type { Fields } from '../../../template';

/** A step's warning about properties that decide what happens and aren't known; nothing if all are known. */
export function warningOf(fields: Fields | undefined, names: readonly string[]): { readonly warning?: string } {
  const unknown = names.filter((name) => fields?.isSymbolic(name)).map((name) => fields!.at(name));
  return unknown.length === 0 ? {} : { warning: `${unknown.join(' and ')} isn't known: the default is assumed.` };
}
