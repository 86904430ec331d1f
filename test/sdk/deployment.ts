import type { StackTemplate } from '../emulated/assembly';
import type { Deployed } from '../emulated/deployed';
import type { Properties } from '../emulated/json';
import { readBack } from '../emulated/read-back';
import { readerOf } from '../emulated/readers';
import { type Owner, resolve, type Targets } from '../emulated/references';
import { CREATORS } from './creators';

/** What is proven here, of each app: the rest is made as far as these need it. */
export const PROVEN: readonly string[] = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::Route53::HealthCheck',
  'AWS::Route53::RecordSet',
];

/**
 * Creates the balancers, rules, health checks and records of stacks through the SDK, with all that they refer to.
 *
 * @param stacks what is created
 * @param said what the properties of the result say, with references resolved to what was created
 */
export async function createAll(stacks: readonly StackTemplate[], said: readonly StackTemplate[]): Promise<Deployed[]> {
  const made = new Map<string, Promise<Deployed | undefined>>();

  function create(owner: Owner, logicalId: string): Promise<Deployed | undefined> {
    const key = `${owner.stack.name}/${logicalId}`;
    const begun = made.get(key) ?? begin(owner, logicalId);
    made.set(key, begun);
    return begun;
  }

  async function begin(owner: Owner, logicalId: string): Promise<Deployed | undefined> {
    const template = owner.stack.resources[logicalId];
    const creator = template && CREATORS[template.Type];
    if (!creator) return undefined;
    const properties = (await resolve(template.Properties ?? {}, owner, targets)) as Properties;
    const physicalId = await creator(properties, owner, `${owner.stack.name}-${logicalId}`);
    if (physicalId === undefined) throw new Error(`${logicalId} was created and has no id`);
    return { ...owner, logicalId, physicalId, type: template.Type, properties, retained: false };
  }

  const targets: Targets = {
    async physicalId(owner, logicalId) {
      const { Type } = owner.stack.resources[logicalId] ?? {};
      return (await create(owner, logicalId))?.physicalId ?? (Type && standIn(Type, 'Ref'));
    },
    async attribute(owner, logicalId, name) {
      const target = await create(owner, logicalId);
      const { Type } = owner.stack.resources[logicalId]!;
      return target ? readerOf(target).attributes?.[name]?.(target) : standIn(Type, name);
    },
  };

  for (const stack of stacks) {
    const owner = { stack, stackId: `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/1` };
    for (const [logicalId, { Type }] of Object.entries(stack.resources)) {
      if (PROVEN.includes(Type)) await create(owner, logicalId);
    }
  }
  const all = (await Promise.all(made.values())).filter((resource) => resource !== undefined);
  for (const resource of all) {
    const { resources } = said.find(({ name }) => name === resource.stack.name)!;
    resource.properties = (await resolve(
      resources[resource.logicalId]!.Properties ?? {},
      resource,
      targets,
    )) as Properties;
  }
  return all.filter(({ type }) => PROVEN.includes(type));
}

/** What refers to something that isn't made here, such as the log bucket of a balancer, or the distribution that a record points to. */
function standIn(type: string, attribute: string): string {
  return `${type.split('::').at(-1)?.toLowerCase()}-${attribute.toLowerCase()}`;
}

/** What isn't there as the properties say. */
export async function differences(created: readonly Deployed[]): Promise<{ values: number; different: string[] }> {
  let values = 0;
  const different: string[] = [];
  for (const resource of created) {
    const found = await readerOf(resource).read(resource, new Set());
    if (!found) throw new Error(`${resource.stack.name}/${resource.logicalId}, a ${resource.type}, can't be read`);
    const read = readBack(resource.properties, found);
    values += read.equal.length;
    for (const { path, wanted, got } of read.different)
      different.push(
        `${resource.type} ${resource.stack.name}/${resource.logicalId} ${path}: wanted ${wanted}, got ${got}`,
      );
  }
  return { values, different };
}
