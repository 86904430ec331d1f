import { Fields, type Resource, resourceIn, resourceKey, Symbolic, type Templates } from '../template';

/** Templates never change: who belongs to nobody known is looked up once, whatever situations are asked about. */
const KNOWN = new WeakMap<Templates, Map<string, readonly Resource[]>>();

const SERVICE = /^arn:(?:[^:$]|\$\{[^}]*\})*:([a-z0-9-]+):/;

/**
 * The resources of a type of which isn't known what they belong to, as a parameter or an import from outside tells it: any of them may
 * belong to what is asked about.
 *
 * @param property what names the owner, by an ARN of `service`
 */
export function straysOf(type: string, property: string, service: string, templates: Templates): readonly Resource[] {
  let known = KNOWN.get(templates);
  if (known === undefined) {
    known = new Map();
    KNOWN.set(templates, known);
  }
  const key = `${type} ${property}`;
  let strays = known.get(key);
  if (strays === undefined) {
    strays = templates.ofType(type).filter((resource) => {
      const owner = Fields.of(resource).text(property);
      if (!(owner instanceof Symbolic) || resourceIn(owner) !== undefined) return false;
      return (SERVICE.exec(owner.text)?.[1] ?? service) === service;
    });
    known.set(key, strays);
  }
  return strays;
}

/** A warning about strays; undefined if there are none. */
export function strayWarning(strays: readonly Resource[], property: string): string | undefined {
  if (strays.length === 0) return undefined;
  return `Left out, since their ${property} isn't known: ${strays.map(resourceKey).join(', ')}.`;
}
