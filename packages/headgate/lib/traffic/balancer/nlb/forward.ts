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

/** An action of a Network Load Balancer: new connections are shared among groups by weight (NLB-3). */
export class Forward {
  private readonly parts: readonly Part[];
  private readonly quality: Quality;
  private readonly nothing: Step;
  private readonly isDoubtful: boolean;
  /** What is wrong with its references: an error only for requests that come here. */
  private readonly unusable: string | undefined;

  constructor(
    actions: readonly Fields[],
    private readonly place: ForwardPlace,
    context: ForwardContext,
  ) {
    const action = actions.find((one) => one.string('Type') === 'forward');
    const named = action === undefined ? [] : namedGroups(action);
    const isUnknown = named.some(({ weight }) => weight === undefined);
    const weighted = named.map((one) => ({ one, weight: isUnknown ? 1 : (one.weight ?? 1) }));
    const sum = weighted.reduce((total, { weight }) => total + weight, 0);
    const isSticky =
      action?.object('ForwardConfig')?.object('TargetGroupStickinessConfig')?.boolean('Enabled') ?? false;
    this.unusable = named.map(wrongTarget).find((wrong) => wrong !== undefined);
    this.quality = isUnknown ? 'bounded' : weightsQuality(place.resource, named);
    this.isDoubtful = named.length > 0 && sum === 0;
    this.nothing = this.isDoubtful
      ? this.step('all weights are 0', true, 'all weights are 0; what then happens is not documented')
      : this.step('it forwards to no group', false);
    this.parts = weighted
      .filter(({ weight }) => weight > 0)
      .map(({ one, weight }): Part => {
        const clauses = [
          ...(named.length === 1 ? [] : [isUnknown ? 'a weight that is not known' : `weight ${weight} of ${sum}`]),
          ...(isSticky ? ['a client address stays with its group'] : []),
        ];
        const doubt = isUnknown ? 'a weight is not known, so the shares are taken for even' : undefined;
        const group = groupIn(one);
        return {
          fraction: weight / sum,
          step: this.step(
            clauses.join(', '),
            clauses.length > 0,
            group ? doubt : 'its target group is outside the templates',
          ),
          hop: group ? context.base.through(context.world.targetGroup(group)) : outsideHop(one),
          isPlain: context.endsTls && !(group && context.world.targetGroup(group).protocol === 'TLS'),
        };
      });
  }

  pass(passage: Passage, road: Road): void {
    if (this.unusable !== undefined) throw new HeadgateError('HM1006', this.unusable);
    if (this.parts.length === 0) {
      const known = this.isDoubtful ? passage.atBest('undocumented') : passage;
      road.end(known.note(this.nothing), destinationAt('error', this.place.resource), null);
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

  private step(clause: string, isWeighted: boolean, doubt?: string): Step {
    const { hop, resource, covers, because } = this.place;
    const facts = [hop === 'listener-rule' ? 'NLB-2' : 'NLB-1', ...(isWeighted ? ['NLB-3'] : [])];
    const warning = doubt === undefined ? {} : { warning: `${describeResource(resource)}: ${doubt}.` };
    return stepAt(hop, resource, clause === '' ? because : `${because}, ${clause}`, facts, { covers, ...warning });
  }
}

function outsideHop({ fields }: NamedGroup): Hop {
  const destination = { type: 'target-group', id: String(fields.text('TargetGroupArn')) } as const;
  return { pass: (passage, road) => road.end(passage, destination) };
}
