import { Fields, type Templates } from '../../template';
import type { Element } from '../element';
import { DISTRIBUTION } from '../resource-types';
import { coverKey } from '../step';
import { listedBehaviors, partOf } from './config';

/** All behaviors of all distributions, the default ones included: what coverage counts. */
export function edgeElements(templates: Templates): readonly Element[] {
  return templates.ofType(DISTRIBUTION).flatMap((resource) => {
    const config = Fields.of(resource).object('DistributionConfig');
    if (!config) return [];
    const patterns = listedBehaviors(config).map((fields) => fields.text('PathPattern'));
    const element = (index: number | undefined, pattern: string): Element => {
      const shadowedBy = shadowOver(index, patterns);
      return {
        kind: 'behavior',
        key: coverKey(resource, partOf(index)),
        stack: resource.stack.name,
        logicalId: resource.logicalId,
        label: `${partOf(index)}: ${pattern}`,
        ...(shadowedBy === undefined ? {} : { shadowedBy }),
      };
    };
    return [...patterns.map((pattern, index) => element(index, String(pattern ?? '?'))), element(undefined, '*')];
  });
}

/** The behavior that takes everything before another one, or has the same pattern (CF-1). What isn't known proves nothing. */
function shadowOver(index: number | undefined, patterns: readonly unknown[]): string | undefined {
  const own = index === undefined ? undefined : withSlash(patterns[index]);
  for (const [place, pattern] of patterns.slice(0, index).entries()) {
    const before = withSlash(pattern);
    if (before === '/*') return `${partOf(place)} takes everything`;
    if (before !== undefined && before === own) return `${partOf(place)} has the same pattern`;
  }
  return undefined;
}

/** A pattern with the slash at its beginning, which may be left out; undefined if it isn't known. */
function withSlash(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  return pattern.startsWith('/') ? pattern : `/${pattern}`;
}
