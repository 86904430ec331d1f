import { HeadgateError } from '../../../errors';
import { describeResource, type Fields, type Resource } from '../../../template';
import type { Hop, Road } from '../../hop';
import { destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import type { Quality } from '../../quality';
import { type HopKind, type Step, stepAt } from '../../step';
import type { World } from '../../world';
import { groupIn, type NamedGroup, namedGroups, weightsQuality, wrongTarget } from '../named-groups';
import type { BalancerBase } from '../zones';

/** What forwards of one listener share. */
export interface ForwardContext {
  readonly base: BalancerBase;
  readonly world: World;
  /** Whether the listener ends TLS, so that what goes on to a group without TLS is plain. */
  readonly endsTls: boolean;
}

/** Where a forward stands: the listener or rule whose action it is. */
export interface ForwardPlace {
  readonly hop: HopKind;
  readonly resource: Resource;
  readonly because: string;
  readonly covers: string;
}

interface Part {
  readonly fraction: number;
  readonly step: Step;
  readonly hop: Hop;
  /** Whether the listener took TLS off and the group gets plain text. */
  readonly isPlain: boolean;
}

/**
 * Reads the actions of a listener or a rule: the one that forwards, as there is no other kind (NLB-1).
 *
 * @throws HeadgateError HM2007 if none forwards.
 */
export function compileForward(fields: Fields, name: string, place: ForwardPlace, context: ForwardContext): Hop {
  if (fields.isSymbolic(name)) return unknownActions(fields, name, place);
  const actions = fields.objects(name);
  const action =
    actions.find((one) => one.string('Type') === 'forward') ?? actions.find((one) => one.isSymbolic('Type'));
  if (action !== undefined) return new Forward(action, place, context);
  throw new HeadgateError(
    'HM2007',
    `${fields.at(name)} must have a forward action: network load balancers have no other.`,
  );
}

function unknownActions(fields: Fields, name: string, { hop, resource, because, covers }: ForwardPlace): Hop {
  const warning = `${fields.at(name)} isn't known, so nobody knows who answers.`;
  const step = stepAt(hop, resource, `${because}, its actions are not known`, ['NLB-1'], { covers, warning });
  const destination = destinationAt('target-group', resource, String(fields.raw(name)));
  return { pass: (passage, road) => road.end(passage.part(1, 'bounded', 0, 1).note(step), destination) };
}

/** An action of a Network Load Balancer: new connections are shared among groups by weight (NLB-3). */
class Forward implements Hop {
  private readonly parts: readonly Part[];
  private readonly quality: Quality;
  private readonly nothing: Step;
  /** What is wrong with its references: an error only for requests that come here. */
  private readonly unusable: string | undefined;

  constructor(
    action: Fields,
    private readonly place: ForwardPlace,
    context: ForwardContext,
  ) {
    const named = namedGroups(action);
    const isUnknown = named.some(({ weight }) => weight === undefined);
    const weighted = named.map((one) => ({ one, weight: isUnknown ? 1 : (one.weight ?? 1) }));
    const sum = weighted.reduce((total, { weight }) => total + weight, 0);
    const isSticky = action.object('ForwardConfig')?.object('TargetGroupStickinessConfig')?.boolean('Enabled') ?? false;
    const typeDoubt = action.isSymbolic('Type') ? ["its action's type is not known and is taken for forward"] : [];
    this.unusable = named.map(wrongTarget).find((wrong) => wrong !== undefined);
    this.quality = isUnknown ? 'bounded' : weightsQuality(place.resource, named);
    this.nothing = this.step('all weights are 0', true, ['all weights are 0; what then happens is not documented']);
    this.parts = weighted
      .filter(({ weight }) => weight > 0)
      .map(({ one, weight }): Part => {
        const clauses = [
          ...(named.length === 1 ? [] : [isUnknown ? 'a weight that is not known' : `weight ${weight} of ${sum}`]),
          ...(isSticky ? ['a client address stays with its group'] : []),
        ];
        const group = groupIn(one);
        const doubts = [
          ...typeDoubt,
          ...(isUnknown ? ['a weight is not known, so the shares are taken for even'] : []),
          ...(group ? [] : ['its target group is outside the templates']),
        ];
        return {
          fraction: weight / sum,
          step: this.step(clauses.join(', '), clauses.length > 0, doubts),
          hop: group ? context.base.through(context.world.targetGroup(group)) : outsideHop(one),
          isPlain: context.endsTls && !(group && context.world.targetGroup(group).protocol === 'TLS'),
        };
      });
  }

  pass(passage: Passage, road: Road): void {
    if (this.unusable !== undefined) throw new HeadgateError('HM1006', this.unusable);
    if (this.parts.length === 0) {
      const undocumented = passage.atBest('undocumented').note(this.nothing);
      road.end(undocumented, destinationAt('error', this.place.resource), null);
      return;
    }
    for (const { fraction, step, hop, isPlain } of this.parts) {
      const noted = this.partOf(passage, fraction).note(step);
      hop.pass(isPlain ? noted.as(noted.request.with({ scheme: 'http' })) : noted, road);
    }
  }

  private partOf(passage: Passage, fraction: number): Passage {
    if (this.quality === 'bounded') return passage.part(fraction, this.quality, 0, 1);
    return fraction === 1 && this.quality === 'exact' ? passage : passage.part(fraction, this.quality);
  }

  private step(clause: string, isWeighted: boolean, doubts: readonly string[]): Step {
    const { hop, resource, covers, because } = this.place;
    const facts = [hop === 'listener-rule' ? 'NLB-2' : 'NLB-1', ...(isWeighted ? ['NLB-3'] : [])];
    const warning = doubts.length === 0 ? {} : { warning: `${describeResource(resource)}: ${doubts.join('; ')}.` };
    return stepAt(hop, resource, clause === '' ? because : `${because}, ${clause}`, facts, { covers, ...warning });
  }
}

function outsideHop({ fields }: NamedGroup): Hop {
  const destination = { type: 'target-group', id: String(fields.text('TargetGroupArn')) } as const;
  return { pass: (passage, road) => road.end(passage, destination) };
}
