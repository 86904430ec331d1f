import { HeadgateError } from '../../../errors';
import { resourceKey } from '../../../template';
import type { Hop } from '../../hop';
import type { Step } from '../../step';
import type { World } from '../../world';
import { groupIn, type NamedGroup, wrongTarget } from '../named-groups';
import type { BalancerBase } from '../zones';
import { speaking } from './speech';

/** A target group that a forward names. */
export interface ForwardTarget {
  /** Its logical id, or its ARN if it isn't in the templates. */
  readonly id: string;
  readonly stack?: string;
  /** What the cookie of a client that sticks to it may hold. */
  readonly names: readonly string[];
  readonly hop: Hop;
}

/** Where a group of a forward action leads. @throws HeadgateError HM1006 if it leads nowhere. */
export function compileForwardTarget(named: NamedGroup, base: BalancerBase, world: World): ForwardTarget {
  const wrong = wrongTarget(named);
  if (wrong !== undefined) throw new HeadgateError('HM1006', wrong);
  const resource = groupIn(named);
  if (resource === undefined) return outside(named);
  const { logicalId, stack } = resource;
  const group = world.targetGroup(resource);
  return {
    id: logicalId,
    stack: stack.name,
    names: [logicalId, resourceKey(resource)],
    hop: speaking(group, base, base.through(group)),
  };
}

function outside({ fields }: NamedGroup): ForwardTarget {
  const id = String(fields.text('TargetGroupArn'));
  const warning = `${fields.at('TargetGroupArn')} isn't in the templates, so the health of its targets isn't known: ${id}.`;
  const step: Step = { hop: 'target-group', id, because: 'it is not in the templates', facts: ['ALB-20'], warning };
  const destination = { type: 'target-group', id } as const;
  return { id, names: [id], hop: { pass: (passage, road) => road.end(passage.note(step), destination) } };
}
