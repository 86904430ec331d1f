import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { LIVE_TYPES } from '../support/live-types';

/** A resource, as far as an upgrade is judged by it. */
interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Priority?: unknown; readonly HealthCheckConfig?: Readonly<Record<string, unknown>> };
}

/** A template, as far as an upgrade is judged by it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/** What CloudFormation knows a stack by: under another name, or elsewhere, it is another stack. */
export interface StackPlace {
  readonly stackName: string;
  /** Left out where the app leaves it to who deploys. */
  readonly account?: string;
  /** Left out where the app leaves it to who deploys. */
  readonly region?: string;
}

/** A stack, as far as an upgrade is judged by it. */
export interface Stack extends StackPlace {
  readonly template: Template;
}

/** Impacts after which something else stands where the resource was, or nothing. */
const ENDS: ResourceImpact[] = [
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
];

/** What an upgrade from one stack to another would do to what is live: all of it ends with a stack that is gone, or that moves. */
export function stackProblems(before: Stack, after: Stack | undefined): string[] {
  if (after === undefined) return [`the stack ${before.stackName} is gone`];
  const moves = (['stackName', 'account', 'region'] as const)
    .filter((key) => before[key] !== undefined && before[key] !== after[key])
    .map((key) => `the stack is replaced, by another ${key}: ${before[key]} becomes ${after[key] ?? 'open'}`);
  return [...moves, ...upgradeProblems(before.template, after.template)];
}

/**
 * What an update from one template to another would do to what is live: replacements and removals, and listener rules
 * that move, which CloudFormation can't swap (ALB-12). The impacts are those of the CDK's own differ, but for health checks.
 */
export function upgradeProblems(before: Template, after: Template): string[] {
  const problems: string[] = [];
  fullDiff(before, after).resources.forEachDifference((logicalId, { oldResourceType, changeImpact }) => {
    if (oldResourceType === undefined || !LIVE_TYPES.includes(oldResourceType) || !ENDS.includes(changeImpact)) return;
    problems.push(`${logicalId} (${oldResourceType}): ${changeImpact}`);
  });
  return [...problems, ...replacedChecks(before, after), ...movedRules(before, after)].sort();
}

/** What of a health check can't change while it lives (R53-15): it stands inside a property that can, where the differ doesn't look. */
const FROZEN_IN_CHECKS = ['MeasureLatency', 'RequestInterval', 'Type'];

function replacedChecks(before: Template, after: Template): string[] {
  return Object.entries(before.Resources ?? {}).flatMap(([logicalId, { Type, Properties }]) => {
    const now = after.Resources?.[logicalId];
    if (Type !== 'AWS::Route53::HealthCheck' || now?.Type !== Type) return [];
    return FROZEN_IN_CHECKS.filter(
      (key) => Properties?.HealthCheckConfig?.[key] !== now.Properties?.HealthCheckConfig?.[key],
    ).map((key) => `${logicalId} (${Type}): WILL_REPLACE, by another ${key}`);
  });
}

function movedRules(before: Template, after: Template): string[] {
  return Object.entries(before.Resources ?? {}).flatMap(([logicalId, { Type, Properties }]) => {
    const priority = after.Resources?.[logicalId]?.Properties?.Priority;
    if (Type !== 'AWS::ElasticLoadBalancingV2::ListenerRule' || priority === undefined) return [];
    return priority === Properties?.Priority
      ? []
      : [`${logicalId} (${Type}): moves from priority ${Properties?.Priority} to ${priority}`];
  });
}
