import { Fields, type Templates } from '../../template';
import type { Element } from '../element';
import { coverKey } from '../step';
import { listedBehaviors, partOf } from './config';

/** All behaviors of all distributions, the default ones included: what coverage counts. */
export function edgeElements(templates: Templates): readonly Element[] {
  return templates.ofType('AWS::CloudFront::Distribution').flatMap((resource) => {
    const config = Fields.of(resource).object('DistributionConfig');
    if (!config) return [];
    const element = (index: number | undefined, pattern: string): Element => ({
      kind: 'behavior',
      key: coverKey(resource, partOf(index)),
      stack: resource.stack.name,
      logicalId: resource.logicalId,
      label: `${partOf(index)}: ${pattern}`,
    });
    const listed = listedBehaviors(config).map((fields, index) =>
      element(index, String(fields.text('PathPattern') ?? '?')),
    );
    return [...listed, element(undefined, '*')];
  });
}
