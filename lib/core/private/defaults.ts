import type { IConstruct } from 'constructs';

/** The type of the metadata entries under which a construct says which defaults it chose. */
export const DEFAULT_METADATA = 'cdk-headgate:default';

/** What one entry says: the prop that was left out, what stands in its place, and why. */
export interface ChosenDefault {
  readonly prop: string;
  readonly value: string;
  readonly why: string;
}

/**
 * Records on `scope` that a prop was left out, so that whoever deploys can be shown what was chosen in its place. The entries stand in
 * the cloud assembly, not in the template.
 */
export function recordDefault(scope: IConstruct, given: unknown, chosen: ChosenDefault): void {
  if (given === undefined) scope.node.addMetadata(DEFAULT_METADATA, chosen);
}
