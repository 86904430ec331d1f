import { HeadgateError } from '../../errors';
import { describeResource, Fields, type Resource } from '../../template';
import type { World } from '../world';

/** A distribution and what its parts are compiled with. */
export interface Edge {
  readonly resource: Resource;
  readonly config: Fields;
  readonly world: World;
}

/** The configuration of a distribution. */
export function edgeOf(resource: Resource, world: World): Edge {
  const config = Fields.of(resource).object('DistributionConfig');
  if (!config) {
    throw new HeadgateError(
      'HM1009',
      `${describeResource(resource)}: DistributionConfig must be a mapping that is known; without it nothing says where requests go.`,
    );
  }
  return { resource, config, world };
}

/** The behaviors of a distribution, in the order in which they are tried, without the default one. */
export function listedBehaviors(config: Fields): readonly Fields[] {
  return config.objects('CacheBehaviors');
}

/** The name of a behavior in coverage: its place in the list, from 0 on, or `default`. */
export function partOf(index: number | undefined): string {
  return index === undefined ? 'default' : `behavior ${index}`;
}

/** Those of some properties that only a deployment knows, for warnings; undefined if all are known. */
export function unknownOf(fields: Fields | undefined, names: readonly string[]): string | undefined {
  const unknown = names.filter((name) => fields?.isSymbolic(name));
  return unknown.length === 0 ? undefined : unknown.map((name) => fields!.at(name)).join(', ');
}
