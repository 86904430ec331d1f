import {
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { credentialsOf, type StackTemplate } from './assembly';
import { type Deployed, inventory, resolveReferences } from './deployed';
import type { Result } from './pretended';
import { readBack } from './read-back';
import { attributes, readable, readerOf } from './readers';

/** Checks that the emulator has what the templates say, id by id and type by type. */
export async function inventoried(stacks: readonly StackTemplate[]): Promise<Deployed[]> {
  const { deployed, differences } = await inventory(stacks);
  if (differences.length > 0) throw new Error(differences.join('; '));
  await resolveReferences(deployed, attributes);
  return deployed;
}

/** Reads every resource and compares it with the template. */
export async function readAll(deployed: readonly Deployed[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const resource of deployed) {
    const found = await readerOf(resource).read(resource);
    if (!found) throw new Error(`${resource.stack.name}/${resource.logicalId}, a ${resource.type}, can't be read`);
    results.push({ resource, read: readBack(readable(resource).properties, found) });
  }
  return results;
}

/** Checks that everything kept its id, the ARN of each rule among them. */
export async function keptIds(stacks: readonly StackTemplate[], before: readonly Deployed[]): Promise<string> {
  const { deployed, differences } = await inventory(stacks);
  if (differences.length > 0) throw new Error(differences.join('; '));
  const now = new Map(deployed.map(({ stack, logicalId, physicalId }) => [`${stack.name}/${logicalId}`, physicalId]));
  const moved = before.filter(
    ({ stack, logicalId, physicalId }) => now.get(`${stack.name}/${logicalId}`) !== physicalId,
  );
  if (moved.length > 0) throw new Error(`replaced: ${moved.map(({ logicalId }) => logicalId).join(', ')}`);
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

/** Checks that after a destruction exactly what the templates retain is there; gives how much that is. */
export async function remains(deployed: readonly Deployed[]): Promise<number> {
  const wrong: string[] = [];
  for (const resource of deployed) {
    const reader = readerOf(resource);
    if (reader.looksUp) continue;
    const there = (await reader.read(resource)) !== undefined;
    if (there !== resource.retained)
      wrong.push(`${resource.logicalId} (${resource.type}) is ${there ? 'still there' : 'gone'}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return deployed.filter(({ retained }) => retained).length;
}
