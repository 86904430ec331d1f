import { fromObjects } from '../../lib/template';
import { type Answer, Traffic } from '../../lib/traffic';
import { stackWith, templateWith } from './resources';

/** The traffic of one template, given as its Resources. */
export function trafficOf(
  resources: object,
  options: { readonly region?: string; readonly name?: string } = {},
): Traffic {
  const { region = 'us-east-1', name = 'Stack' } = options;
  return new Traffic(stackWith(resources, { name, region }));
}

/** The traffic of several templates: Resources by stack name, and the stacks' Regions. */
export function trafficOfStacks(
  stacks: Record<string, { readonly region?: string; readonly resources: object }>,
): Traffic {
  return new Traffic(
    fromObjects(
      Object.entries(stacks).map(([name, { region, resources }]) => ({
        name,
        ...(region === undefined ? {} : { region }),
        template: templateWith(resources),
      })),
    ),
  );
}

/** Outcomes in one line each, for short expectations: `0.9 target-group Blue`, `1 redirect Rule 301 https://…`. */
export function ends(answer: Answer): readonly string[] {
  return answer.outcomes.map(({ share, destination, status, location }) =>
    [Number(share.toFixed(6)), destination.type, destination.id, status, location]
      .filter((part) => part !== null && part !== undefined)
      .join(' '),
  );
}

/** All facts that the traces of an answer cite. */
export function factsOf(answer: Answer): ReadonlySet<string> {
  return new Set(answer.outcomes.flatMap(({ trace }) => trace.flatMap(({ facts }) => facts)));
}
