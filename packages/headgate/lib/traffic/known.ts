import { Fields, type Templates } from '../template';
import { KNOWN_REGIONS } from './regions';
import { DISTRIBUTION } from './resource-types';

/** The names by which an origin can be meant: Ids in their distributions, and domain names. */
export function originNames(templates: Templates): ReadonlySet<string> {
  const names = new Set<string>();
  for (const distribution of templates.ofType(DISTRIBUTION)) {
    for (const origin of Fields.of(distribution).object('DistributionConfig')?.objects('Origins') ?? []) {
      for (const name of [origin.text('Id'), origin.text('DomainName')])
        if (name !== undefined) names.add(String(name));
    }
  }
  return names;
}

/** Whether a Region is one of AWS's, or one that a stack stands in: of one that is newer than this package, the templates know. */
export function isRegion(region: string, templates: Templates): boolean {
  return KNOWN_REGIONS.has(region) || templates.stacks.some((stack) => stack.region === region);
}

/** The Regions that {@link isRegion} knows. */
export function regionNames(templates: Templates): ReadonlySet<string> {
  return new Set([...KNOWN_REGIONS, ...templates.stacks.flatMap(({ region }) => region ?? [])]);
}
