import { type Fields, resourceKey } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import type { Quality } from '../../quality';
import { type Step, stepAt } from '../../step';
import type { World } from '../../world';
import { namedGroups, weightsQuality } from '../named-groups';
import type { ActionOwner } from './actions';
import { compileForwardTarget, type ForwardTarget } from './forward-target';
import { warningOf } from './unknown';

/** A group of a forward with its share. */
interface Weighted {
  readonly target: ForwardTarget;
  readonly hop: Hop;
  readonly share: number;
  readonly step: Step | undefined;
}

/** A forward action, to one group or to several by weight (ALB-20), which don't stand in for each other (ALB-21). */
export function compileForward(action: Fields, owner: ActionOwner, world: World): Hop {
  const config = action.object('ForwardConfig');
  const named = namedGroups(action);
  const targets = named.map((one) => compileForwardTarget(one, owner.base, world));
  const weights = named.flatMap(({ weight }) => weight ?? []);
  const isKnown = weights.length === targets.length;
  const quality = weightsQuality(owner.resource, named);
  const forward = isKnown ? knownShares(targets, weights, quality, owner) : unknownShares(targets, owner);
  const stickiness = config?.object('TargetGroupStickinessConfig');
  if (stickiness?.boolean('Enabled')) return sticky(targets, forward, owner);
  const unknown = { ...warningOf(config, ['TargetGroupStickinessConfig']), ...warningOf(stickiness, ['Enabled']) };
  return unknown.warning === undefined ? forward : maybeSticky(forward, owner, unknown.warning);
}

function knownShares(
  targets: readonly ForwardTarget[],
  weights: readonly number[],
  quality: Quality,
  owner: ActionOwner,
): Hop {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return nobody(owner);
  const weighted: readonly Weighted[] = targets
    .map((target, index) => ({ target, weight: weights[index]! }))
    .filter(({ weight }) => weight > 0)
    .map(({ target, weight }) => ({
      target,
      hop: target.hop,
      share: weight / sum,
      step: targets.length === 1 ? undefined : shareStep(target, `weight ${weight} of ${sum}`, ['ALB-20', 'ALB-21']),
    }));
  const only = weighted.length === 1 ? weighted[0]! : undefined;
  if (only && only.step === undefined) return only.hop;
  return {
    pass(passage, road) {
      for (const { hop, share, step } of weighted) {
        const part = share === 1 && quality === 'exact' ? passage : passage.part(share, quality);
        hop.pass(step === undefined ? part : part.note(step), road);
      }
    },
  };
}

/** With a weight that isn't known, each group can get anything from nothing to all. */
function unknownShares(targets: readonly ForwardTarget[], owner: ActionOwner): Hop {
  const warning = `${resourceKey(owner.resource)}: a weight isn't known, so the shares are taken for even.`;
  const parts = targets.map((target) => ({
    hop: target.hop,
    step: { ...shareStep(target, 'a weight that is not known', ['ALB-20', 'ALB-21']), warning },
  }));
  return {
    pass(passage, road) {
      for (const { hop, step } of parts) {
        hop.pass(passage.part(1 / parts.length, 'bounded', 0, 1).note(step), road);
      }
    },
  };
}

/** All weights are 0: what then happens isn't documented. */
function nobody(owner: ActionOwner): Hop {
  const warning = `${resourceKey(owner.resource)}: all weights are 0; AWS doesn't document what then happens, 503 is assumed.`;
  const step = stepAt('listener-rule', owner.resource, 'all weights are 0', ['ALB-20'], { warning });
  const destination = destinationAt('error', owner.resource);
  return { pass: (passage, road) => road.end(passage.atBest('undocumented').note(step), destination, 503) };
}

/** A returning client goes to the group that its cookie names, whatever the weights are now (ALB-22). */
function sticky(targets: readonly ForwardTarget[], weighted: Hop, owner: ActionOwner): Hop {
  const stuck = new Map(
    targets.flatMap((target) => {
      const step = shareStep(target, `the cookie AWSALBTG sticks the client to ${target.id}`, ['ALB-22']);
      return target.names.map((name) => [name, { hop: target.hop, step }] as const);
    }),
  );
  const fresh = stepAt('listener-rule', owner.resource, 'no cookie sticks the client to one of its groups', ['ALB-22']);
  return {
    pass(passage, road) {
      const cookie = passage.request.cookie('AWSALBTG');
      const group = cookie === undefined ? undefined : stuck.get(cookie);
      if (group === undefined) weighted.pass(passage.note(fresh), road);
      else group.hop.pass(passage.note(group.step), road);
    },
  };
}

/** Whether returning clients stay isn't known: the weights are taken to decide. */
function maybeSticky(weighted: Hop, owner: ActionOwner, warning: string): Hop {
  const step = stepAt('listener-rule', owner.resource, 'whether clients stick to a group is not known', ['ALB-22'], {
    warning,
  });
  return {
    pass(passage, road) {
      const isNew = passage.request.cookie('AWSALBTG') === undefined;
      weighted.pass(isNew ? passage : passage.part(1, 'bounded', 0, 1).note(step), road);
    },
  };
}

function shareStep(target: ForwardTarget, because: string, facts: readonly string[]): Step {
  return {
    hop: 'target-group',
    id: target.id,
    ...(target.stack === undefined ? {} : { stack: target.stack }),
    because,
    facts,
  };
}
