import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type ErrorCode, HeadgateError, shown } from '../../core/errors';
import { attributesOf, type Forward } from './forward';

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
      `'weight' must be an integer from 0 to ${MAX_WEIGHT}, got ${shown(weight)}: weights are shares of their sum, so 90 and 10 do what 900 and 100 do`,
      scope,
    );
  }
}

/** Fails on a forward that the API refuses, or that would answer nobody. */
export function checkForward({ prop, groups }: Forward, scope?: IConstruct): void {
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
  const without = groups.find(({ weight }) => weight === undefined);
  if (groups.length > 1 && without) {
    throw new HeadgateError(
      'HG2122',
      `'weight' must be given for each of several target groups, got none for '${without.name}' (ALB-20): use weighted(n) on each`,
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
export function stickinessProblem({ prop, groups, sticky }: Forward): ForwardProblem | undefined {
  if (groups.length < 2) return undefined;
  for (const { name, targetGroup } of groups) {
    const attributes = targetGroup ? attributesOf(targetGroup) : new Map<string, string>();
    if (attributes.get('stickiness.enabled') !== 'true') continue;
    if (attributes.get('stickiness.type') === 'app_cookie') {
      return {
        code: 'HG2125',
        message: `'${prop}' has several groups and '${name}' sticks by an application cookie, which weighted groups don't support (ALB-23): use Stickiness.loadBalancerCookie() there, and 'groupStickiness' on the route`,
      };
    }
    if (!sticky) {
      const [missing, owner] =
        prop === 'action' ? ['stickinessDuration', "the action's forward"] : ['groupStickiness', 'the route'];
      return {
        code: 'HG2126',
        message: `'${missing}' must be given, since '${name}', one of several groups, is sticky: AWS refuses the rule at deploy (ALB-22); give ${owner} a '${missing}', or take the stickiness off the group`,
      };
    }
  }
  return undefined;
}
