import { Fields, resourceIn, resourceKey, Symbolic, type Templates } from '../template';

/** Templates never change: who belongs to nobody known is looked up once, whatever situations are asked about. */
const KNOWN = new WeakMap<Templates, Map<string, string | undefined>>();

const SERVICE = /^arn:[^:]*:([a-z0-9-]+):/;

/**
 * A warning about the resources of a type of which isn't known what they belong to, as a parameter or an import from outside tells it: any
 * of them may belong to what is asked about. Undefined if there are none.
 *
 * @param property what names the owner, by an ARN of `service`
 */
export function straysOf(type: string, property: string, service: string, templates: Templates): string | undefined {
  let known = KNOWN.get(templates);
  if (known === undefined) {
    known = new Map();
    KNOWN.set(templates, known);
  }
  const key = `${type} ${property}`;
  if (!known.has(key)) known.set(key, warningOf(type, property, service, templates));
  return known.get(key);
}

function warningOf(type: string, property: string, service: string, templates: Templates): string | undefined {
  const strays = templates.ofType(type).filter((resource) => {
    const owner = Fields.of(resource).text(property);
    if (!(owner instanceof Symbolic) || resourceIn(owner) !== undefined) return false;
    return (SERVICE.exec(owner.text)?.[1] ?? service) === service;
  });
  if (strays.length === 0) return undefined;
  return `Left out, since their ${property} isn't known: ${strays.map(resourceKey).join(', ')}.`;
}
