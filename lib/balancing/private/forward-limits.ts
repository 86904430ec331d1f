import { Stack, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { type ErrorCode, HeadgateError } from '../../core/errors';

const MAX_GROUPS = 5;
const MAX_WEIGHT = 999;

/** What is wrong with a forward, if something is. */
export interface ForwardProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Fails unless a weight is one that the API takes (ALB-20); the L2 lets everything through (CDK-2). */
export function checkWeight(weight: number, scope?: IConstruct): void {
  if (Token.isUnresolved(weight)) return;
  if (!Number.isInteger(weight) || weight < 0 || weight > MAX_WEIGHT) {
    throw new HeadgateError(
      'HG2104',
      `'weight' must be an integer from 0 to ${MAX_WEIGHT}, got ${weight}: weights are shares of their sum, so 90 and 10 do what 900 and 100 do`,
      scope,
    );
  }
}

/** A group of a forward as its checks see it. */
interface Share {
  readonly name: string;
  readonly arn: string;
  readonly weight?: number;
}

/** Fails on a forward that the API refuses, or that would answer nobody. */
export function checkForward(groups: elbv2.WeightedTargetGroup[], scope?: IConstruct): void {
  const shares = groups.map(({ targetGroup, weight }) => ({
    name: targetGroup.node.path,
    arn: targetGroup.targetGroupArn,
    weight,
  }));
  checkShares('forwardTo', shares, scope);
}

/** The same for the forward of an L2 action, which may stand after a login. */
export function checkAction(action: elbv2.ListenerAction, scope?: IConstruct): void {
  for (const { forwardConfig } of action.renderRuleActions()) {
    const config = forwardConfig as elbv2.CfnListenerRule.ForwardConfigProperty | undefined;
    const groups = config?.targetGroups as elbv2.CfnListenerRule.TargetGroupTupleProperty[] | undefined;
    if (groups === undefined) continue;
    const shares = groups.map(({ targetGroupArn, weight }, index) => ({
      name: `group ${index + 1}`,
      arn: targetGroupArn!,
      weight,
    }));
    checkShares('action', shares, scope);
  }
}

function checkShares(prop: string, groups: Share[], scope?: IConstruct): void {
  if (groups.length < 1 || groups.length > MAX_GROUPS) {
    throw new HeadgateError(
      'HG2121',
      `'${prop}' must name 1 to ${MAX_GROUPS} target groups, got ${groups.length} (ALB-2): ${groups.length === 0 ? 'name the group that serves the route' : 'split the route'}`,
      scope,
    );
  }
  for (const { weight } of groups) {
    if (weight !== undefined) checkWeight(weight, scope);
  }
  const without = groups.findIndex(({ weight }) => weight === undefined);
  if (groups.length > 1 && without >= 0) {
    throw new HeadgateError(
      'HG2122',
      `'weight' must be given for each of several target groups, got none for '${groups[without]!.name}' (ALB-20): use weighted(n) on each`,
      scope,
    );
  }
  if (groups.every(({ weight }) => weight === 0)) {
    throw new HeadgateError(
      'HG2123',
      "'weight' must be above 0 for at least one target group, got 0 for all: what a balancer does then is undocumented (ALB-20); give one a weight, or answer with a fixed response",
      scope,
    );
  }
  const twice = groups.find(({ arn }, index) => groups.findIndex((other) => other.arn === arn) < index);
  if (twice) {
    throw new HeadgateError(
      'HG2124',
      `'${prop}' names '${twice.name}' twice: add its weights up and name it once`,
      scope,
    );
  }
}

/**
 * What is wrong between the stickiness of the groups and that of the forward (ALB-22, ALB-23). It reads what the groups render, so it
 * works on anybody's L2, and is to be asked again at the end, since an L2 can be made sticky at any time.
 */
export function stickinessProblem(
  groups: elbv2.WeightedTargetGroup[],
  groupSticky: boolean,
): ForwardProblem | undefined {
  if (groups.length < 2) return undefined;
  for (const { targetGroup } of groups) {
    const attributes = attributesOf(targetGroup);
    if (attributes.get('stickiness.enabled') !== 'true') continue;
    if (attributes.get('stickiness.type') === 'app_cookie') {
      return {
        code: 'HG2125',
        message: `'forwardTo' has several groups and '${targetGroup.node.path}' sticks by an application cookie, which weighted groups don't support (ALB-23): use Stickiness.loadBalancerCookie() there, and 'groupStickiness' on the route`,
      };
    }
    if (!groupSticky) {
      return {
        code: 'HG2126',
        message: `'groupStickiness' must be given, since '${targetGroup.node.path}', one of several groups, is sticky: AWS refuses the rule at deploy (ALB-22); give the route a 'groupStickiness', or take the stickiness off the group`,
      };
    }
  }
  return undefined;
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
