import { describeResource, type Fields, type Resource, resourceIn } from '../../template';
import { metadataOf } from '../metadata';
import type { Quality } from '../quality';
import { TARGET_GROUP } from '../resource-types';

/** The largest weight of a target group (ALB-20). */
const MAX_WEIGHT = 999;

/** A target group that a forward action names. */
export interface NamedGroup {
  /** The mapping that has its TargetGroupArn. */
  readonly fields: Fields;
  /** 1 if none is given; undefined if it isn't known and there are others. */
  readonly weight: number | undefined;
}

/** The groups of a forward action in either of its forms: a list of them with weights, or a single one. */
export function namedGroups(action: Fields): readonly NamedGroup[] {
  const listed = action.object('ForwardConfig')?.objects('TargetGroups') ?? [];
  if (listed.length === 0) return [{ fields: action, weight: 1 }];
  const isOne = listed.length === 1;
  return listed.map((fields) => {
    const weight = fields.weight('Weight', MAX_WEIGHT) ?? 1;
    return { fields, weight: !isOne && fields.isSymbolic('Weight') ? undefined : weight };
  });
}

/**
 * How well the shares by weight are known: where somebody shifts them at run time, the template's are only where they start.
 *
 * @throws HeadgateError HM1009 for metadata that says anything else of weights.
 */
export function weightsQuality(owner: Resource, groups: readonly NamedGroup[]): Quality {
  if (groups.length < 2) return 'exact';
  const metadata = metadataOf(owner);
  const weights = metadata?.string('weights');
  if (metadata === undefined || weights === undefined) return 'exact';
  if (weights !== 'initial') throw metadata.wrong('weights', "'initial'", weights);
  return 'initial';
}

/** The group, if it is in the templates. */
export function groupIn({ fields }: NamedGroup): Resource | undefined {
  const resource = fields.reference('TargetGroupArn');
  return resource?.type === TARGET_GROUP ? resource : undefined;
}

/** Why a forward can't lead there: it names nothing, or something else; undefined if it can. */
export function wrongTarget({ fields }: NamedGroup): string | undefined {
  const at = fields.at('TargetGroupArn');
  const arn = fields.text('TargetGroupArn');
  if (arn === undefined) return `${at} is missing: a forward needs a target group.`;
  const resource = resourceIn(arn);
  if (resource === undefined || resource.type === TARGET_GROUP) return undefined;
  return `${at} leads to ${describeResource(resource)}, which isn't a target group.`;
}
