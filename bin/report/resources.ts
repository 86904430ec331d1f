import type { AssemblyStack } from './assembly';
import { table } from './render';
import { count, percent, whole } from './values';

/**
 * What CloudFormation takes in one template: 500 resources, and 1 MB when the template comes from S3, as the CDK's do.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MAX_RESOURCES = 500;
const MAX_TEMPLATE_BYTES = 1_048_576;

/** How much of CloudFormation's limits the stacks use, a line each. */
export function renderResources(stacks: readonly AssemblyStack[]): string {
  const total = stacks.reduce((sum, stack) => sum + resourceCount(stack), 0);
  const rows = stacks.map((stack) => [
    `  ${stack.path}`,
    whole(resourceCount(stack)),
    percent(resourceCount(stack), MAX_RESOURCES),
    whole(stack.templateBytes),
    percent(stack.templateBytes, MAX_TEMPLATE_BYTES),
  ]);
  const head = ['  stack', 'resources', `of ${whole(MAX_RESOURCES)}`, 'bytes', `of ${whole(MAX_TEMPLATE_BYTES)}`];
  return [
    ...table([head, ...rows], [1, 2, 3, 4]),
    `  ${count(total, 'resource')} in ${count(stacks.length, 'stack')}`,
  ].join('\n');
}

/** What is wrong with stacks that CloudFormation would refuse for their size; empty when nothing is. */
export function overLimits(stacks: readonly AssemblyStack[]): string[] {
  return stacks.flatMap((stack) => [
    ...(resourceCount(stack) > MAX_RESOURCES
      ? [
          `${stack.path} has ${whole(resourceCount(stack))} resources, over CloudFormation's ${whole(MAX_RESOURCES)}: split the stack`,
        ]
      : []),
    ...(stack.templateBytes > MAX_TEMPLATE_BYTES
      ? [
          `${stack.path} has a template of ${whole(stack.templateBytes)} bytes, over CloudFormation's ${whole(MAX_TEMPLATE_BYTES)}: split the stack`,
        ]
      : []),
  ]);
}

function resourceCount({ template }: AssemblyStack): number {
  return Object.keys(template.Resources ?? {}).length;
}
