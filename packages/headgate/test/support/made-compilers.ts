import type { Templates } from '../../lib/template';
import type { Element } from '../../lib/traffic/element';
import { destinationAt } from '../../lib/traffic/outcome';
import { coverKey, stepAt } from '../../lib/traffic/step';
import type { Compilers } from '../../lib/traffic/world';

const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/**
 * Hops that the tests of the command line don't depend on the real ones by: a balancer splits what it gets evenly between the
 * template's target groups, an unhealthy one left out; without groups it answers 503.
 */
export const MADE_COMPILERS = {
  balancer: (resource, world) => ({
    resource,
    healthyForDns: true,
    reachable: true,
    pass(passage, road) {
      const groups = world.templates.ofType(GROUP).filter((group) => world.faults.targetsOf(group) === undefined);
      const at = passage.note(
        stepAt('listener-rule', resource, ({ path }) => `priority 10 matched path ${path}`, ['ALB-1'], {
          covers: coverKey(resource, 'rule'),
          warning: 'the client is assumed to be anywhere',
        }),
      );
      if (groups.length === 0) road.end(at, destinationAt('error', resource), 503);
      for (const group of groups) {
        const part = at.part(1 / groups.length).note(stepAt('target-group', group, 'it has a weight', []));
        road.end(part, destinationAt('target-group', group));
      }
    },
  }),
} as Partial<Compilers> as Compilers;

/** The elements of the templates that those hops can reach, and one that they can't. */
export function madeElements(templates: Templates): readonly Element[] {
  return templates.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((resource) =>
    ['rule', 'default'].map((part) => ({
      kind: 'rule' as const,
      key: coverKey(resource, part),
      stack: resource.stack.name,
      logicalId: resource.logicalId,
      label: part === 'rule' ? 'priority 10: path /*' : 'default action',
    })),
  );
}
