import { Fields, type Templates } from '../template';
import { originNames } from '../traffic/known';
import { DISTRIBUTION } from '../traffic/resource-types';

/**
 * Whether a destination's id can be meant: something in the templates has it, or it looks like an address, a name of DNS or a value
 * that only a deployment knows. A misspelt id would make "nothing goes there" hold forever.
 */
export function isKnownDestination(id: string, templates: Templates): boolean {
  if (/[.:$]/.test(id)) return true;
  return (
    templates.stacks.some(({ name, resources }) => {
      const own = id.startsWith(`${name}/`) ? id.slice(name.length + 1) : id;
      return resources.has(own) || resources.has(id);
    }) || hasOrigin(id, templates)
  );
}

/** The ids by which {@link isKnownDestination} knows destinations. */
export function destinationIds(templates: Templates): ReadonlySet<string> {
  const ids = new Set(originNames(templates));
  for (const { name, resources } of templates.stacks) {
    for (const id of resources.keys()) ids.add(id).add(`${name}/${id}`);
  }
  return ids;
}

function hasOrigin(id: string, templates: Templates): boolean {
  return templates.ofType(DISTRIBUTION).some((distribution) =>
    (Fields.of(distribution).object('DistributionConfig')?.objects('Origins') ?? []).some((origin) => {
      const own = String(origin.text('Id'));
      return own === id || `${distribution.stack.name}/${own}` === id;
    }),
  );
}
