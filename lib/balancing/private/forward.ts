import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** A group of a forward. */
export interface Share {
  /** What messages call it. */
  readonly name: string;
  readonly arn: string;
  readonly weight?: number;
  /** The L2; undefined when an action was given that names an imported group. */
  readonly targetGroup?: elbv2.IApplicationTargetGroup;
}

/** The forward of a route. */
export interface Forward {
  /** The prop that it was given through. */
  readonly prop: 'forwardTo' | 'action';
  readonly groups: Share[];
  /** Whether a client stays with the group that it met first. */
  readonly sticky: boolean;
}

/** The forward that groups and weights make. */
export function forwardTo(groups: elbv2.WeightedTargetGroup[], sticky: boolean): Forward {
  return {
    prop: 'forwardTo',
    groups: groups.map(({ targetGroup, weight }) => ({
      name: targetGroup.node.path,
      arn: targetGroup.targetGroupArn,
      weight,
      targetGroup,
    })),
    sticky,
  };
}

/** The forward of an L2 action, which may stand after a login; undefined when it answers itself. */
export function forwardOf(action: elbv2.ListenerAction): Forward | undefined {
  const forward = action.renderRuleActions().find(({ type }) => type === 'forward');
  if (forward === undefined) return undefined;
  const config = forward.forwardConfig as elbv2.CfnListenerRule.ForwardConfigProperty | undefined;
  const stickiness = config?.targetGroupStickinessConfig as
    | elbv2.CfnListenerRule.TargetGroupStickinessConfigProperty
    | undefined;
  const single = [{ targetGroupArn: forward.targetGroupArn, weight: undefined }];
  const groups = (config?.targetGroups as elbv2.CfnListenerRule.TargetGroupTupleProperty[] | undefined) ?? single;
  return {
    prop: 'action',
    groups: groups.map(({ targetGroupArn: arn, weight }, index) => {
      const targetGroup = targetGroupWith(arn!);
      return { name: targetGroup?.node.path ?? `group ${index + 1}`, arn: arn!, weight, targetGroup };
    }),
    sticky: stickiness?.enabled === true,
  };
}

/** The L2 that an ARN is an attribute of. An action keeps its groups to itself, but for their ARNs. */
function targetGroupWith(arn: string): elbv2.ApplicationTargetGroup | undefined {
  const token = Tokenization.reverseString(arn).firstToken;
  const l2 = Reference.isReference(token) ? token.target.node.scope : undefined;
  return l2 instanceof elbv2.ApplicationTargetGroup ? l2 : undefined;
}

/** The attributes that a target group renders, whoever set them; none of an imported group. */
export function attributesOf(targetGroup: elbv2.IApplicationTargetGroup): Map<string, string> {
  const resource = targetGroup.node.defaultChild;
  if (!(resource instanceof elbv2.CfnTargetGroup)) return new Map();
  const rendered = Stack.of(resource).resolve(resource.targetGroupAttributes) as
    | { key: string; value: string }[]
    | undefined;
  return new Map((rendered ?? []).map(({ key, value }) => [key, value]));
}
