import {
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { credentialsOf, type StackTemplate } from './assembly';
import { type Deployed, inventory, resolveReferences } from './deployed';
import { listAll } from './listing';
import type { Result } from './pretended';
import { readBack } from './read-back';
import { attributes, readerOf } from './readers';
import { inOneLine } from './step';

/** Checks that the emulator has what the templates say, id by id and type by type. */
export async function inventoried(stacks: readonly StackTemplate[]): Promise<Deployed[]> {
  const { deployed, differences } = await inventory(stacks);
  if (differences.length > 0) throw new Error(inOneLine(differences));
  await resolveReferences(deployed, attributes);
  return deployed;
}

/** Reads every resource and compares it with the template. */
export async function readAll(deployed: readonly Deployed[]): Promise<Result[]> {
  const results: Result[] = [];
  const ids = new Set(deployed.map(({ physicalId }) => physicalId));
  for (const resource of deployed) {
    const { read, unreadable = {} } = readerOf(resource);
    const found = await read(resource, ids);
    if (!found) throw new Error(`${resource.stack.name}/${resource.logicalId}, a ${resource.type}, can't be read`);
    results.push({ resource, read: readBack(resource.properties, found, Object.keys(unreadable)) });
  }
  return results;
}

/** Checks that everything kept its id, the ARN of each rule among them. */
export async function keptIds(stacks: readonly StackTemplate[], before: readonly Deployed[]): Promise<string> {
  const { deployed, differences } = await inventory(stacks);
  if (differences.length > 0) throw new Error(inOneLine(differences));
  const now = new Map(deployed.map(({ stack, logicalId, physicalId }) => [`${stack.name}/${logicalId}`, physicalId]));
  const moved = before.filter(
    ({ stack, logicalId, physicalId }) => now.get(`${stack.name}/${logicalId}`) !== physicalId,
  );
  if (moved.length > 0) throw new Error(`replaced: ${inOneLine(moved.map(({ logicalId }) => logicalId))}`);
  const rules = before.filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::ListenerRule');
  return `${rules.length} rules kept their ARNs, and ${before.length - rules.length} other resources their ids`;
}

/** Switches the deletion protection of balancers off, as one has to before one destroys them. */
export async function unprotect(deployed: readonly Deployed[]): Promise<void> {
  for (const { type, stack, physicalId } of deployed) {
    if (type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') continue;
    await new ElasticLoadBalancingV2Client(credentialsOf(stack)).send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: physicalId,
        Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }],
      }),
    );
  }
}

/** The environments of stacks. */
const environments = (stacks: readonly StackTemplate[]) => [
  ...new Map(stacks.map(({ account, region }) => [`${account}/${region}`, { account, region }])).values(),
];

/** All that is there where stacks are deployed to. */
export const listed = (stacks: readonly StackTemplate[]): Promise<Set<string>> => listAll(environments(stacks));

/**
 * Checks that after a destruction exactly what the templates retain is there, besides what was there before; gives how much that is.
 *
 * Lambda makes the log group of a function whose template names none, as that of the CDK's own for default security groups: it is in no
 * template, and stays.
 */
export async function remains(deployed: readonly Deployed[], before: ReadonlySet<string>): Promise<number> {
  const wrong: string[] = [];
  const retained = new Set<string>();
  for (const resource of deployed) {
    const reader = readerOf(resource);
    if (reader.looksUp) continue;
    const there = (await reader.read(resource, new Set())) !== undefined;
    if (there !== resource.retained)
      wrong.push(`${resource.logicalId} (${resource.type}) is ${there ? 'still there' : 'gone'}`);
    if (resource.retained) retained.add(resource.physicalId);
  }
  for (const place of await listed(deployed.map(({ stack }) => stack))) {
    const id = place.slice(place.indexOf(': ') + 2);
    const ofLambda = /^\/aws\/lambda\/.*CustomVpcRestrictDefaultSG/.test(id);
    if (!before.has(place) && !retained.has(id) && !ofLambda) wrong.push(`${place} is in no template, and is left`);
  }
  if (wrong.length > 0) throw new Error(inOneLine(wrong));
  return retained.size;
}
