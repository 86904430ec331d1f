import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { credentialsOf, type StackTemplate } from './assembly';
import type { Json, Properties } from './json';
import { resolve, type Targets } from './references';

/** A resource of a template that was deployed. */
export interface Deployed {
  readonly stack: StackTemplate;
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** Its properties, with references to other resources resolved to what these are by now. */
  properties: Properties;
  readonly retained: boolean;
}

/** What a stack of the emulator has that its template doesn't say, or the other way round; empty when they agree id by id and type by type. */
export async function inventory(
  stacks: readonly StackTemplate[],
): Promise<{ deployed: Deployed[]; differences: string[] }> {
  const deployed: Deployed[] = [];
  const differences: string[] = [];
  for (const stack of stacks) {
    const { stackId, there } = await stackOf(stack);
    for (const [logicalId, { Type, Properties = {}, DeletionPolicy }] of Object.entries(stack.resources)) {
      const made = there.get(logicalId);
      there.delete(logicalId);
      if (made?.type !== Type || !made.physicalId || !/^(CREATE|UPDATE)_COMPLETE$/.test(made.status)) {
        differences.push(`${stack.name}/${logicalId} is a ${Type}, and ${made ? JSON.stringify(made) : 'not there'}`);
        continue;
      }
      deployed.push({
        stack,
        stackId,
        logicalId,
        physicalId: made.physicalId,
        type: Type,
        properties: Properties,
        retained: DeletionPolicy !== undefined && DeletionPolicy !== 'Delete',
      });
    }
    for (const [logicalId, { type }] of there)
      differences.push(`${stack.name}/${logicalId}, a ${type}, is in no template`);
  }
  return { deployed, differences: [...differences, ...twice(deployed)] };
}

/** Resources that are one and the same, as equal rules of a security group, which AWS would refuse. */
function twice(deployed: readonly Deployed[]): string[] {
  const seen = new Map<string, string>();
  return deployed.flatMap(({ stack, type, logicalId, physicalId, properties }) => {
    // Records are told apart by more than the name that is their id.
    const key = JSON.stringify([
      stack.name,
      type,
      physicalId,
      type.startsWith('Custom::') || properties.Name ? logicalId : '',
    ]);
    const other = seen.get(key);
    seen.set(key, logicalId);
    return other === undefined ? [] : [`${stack.name}/${logicalId} is the same ${type} as ${other}: ${physicalId}`];
  });
}

async function stackOf(stack: StackTemplate) {
  const there = new Map<string, { type: string; physicalId: string; status: string }>();
  const client = new CloudFormationClient(credentialsOf(stack));
  for await (const page of paginateListStackResources({ client }, { StackName: stack.name })) {
    for (const { LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ??
      []) {
      there.set(LogicalResourceId ?? '', {
        type: ResourceType ?? '',
        physicalId: PhysicalResourceId ?? '',
        status: ResourceStatus ?? '',
      });
    }
  }
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack.name }));
  return { stackId: Stacks?.[0]?.StackId ?? '', there };
}

/** The attribute of a resource, when the emulator's answer has it. */
export type Attributes = (resource: Deployed, name: string) => Promise<Json | undefined>;

/** Replaces the references in the properties of all resources, in the order in which they refer to one another. */
export async function resolveReferences(deployed: readonly Deployed[], attributes: Attributes): Promise<void> {
  const byId = new Map(deployed.map((resource) => [`${resource.stack.name}/${resource.logicalId}`, resource]));
  const done = new Set<Deployed>();
  const targets: Targets = {
    async physicalId({ stack }, logicalId) {
      const found = byId.get(`${stack.name}/${logicalId}`);
      if (found) await finish(found);
      return found?.physicalId;
    },
    async attribute({ stack }, logicalId, name) {
      const found = byId.get(`${stack.name}/${logicalId}`);
      if (!found) return undefined;
      await finish(found);
      return attributes(found, name);
    },
  };

  async function finish(resource: Deployed): Promise<void> {
    if (done.has(resource)) return;
    done.add(resource);
    resource.properties = (await resolve(resource.properties, resource, targets)) as Properties;
  }

  for (const resource of deployed) await finish(resource);
}
