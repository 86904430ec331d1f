import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isList, isRecord, type Json, type Properties } from './json';

/** A resource as a template says it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DeletionPolicy?: string;
}

/** A stack of a cloud assembly. */
export interface StackTemplate {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly mappings: Readonly<Record<string, Json>>;
}

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
  return { deployed, differences };
}

/** How to reach a stack's account and Region: the emulator takes an access key for the account's id. */
export function credentialsOf({ account, region }: { readonly account: string; readonly region: string }) {
  return { region, credentials: { accessKeyId: account, secretAccessKey: 'none' }, maxAttempts: 1 };
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

  async function finish(resource: Deployed): Promise<void> {
    if (done.has(resource)) return;
    done.add(resource);
    resource.properties = (await resolve(resource.properties, resource)) as Properties;
  }

  async function target(owner: Deployed, logicalId: string): Promise<Deployed | undefined> {
    const found = byId.get(`${owner.stack.name}/${logicalId}`);
    if (found) await finish(found);
    return found;
  }

  async function resolve(value: Json, owner: Deployed): Promise<Json> {
    if (typeof value === 'string') return dynamic(value, owner);
    if (isList(value)) return Promise.all(value.map((item) => resolve(item, owner)));
    if (!isRecord(value)) return value;
    const [[key, given] = ['', null], ...rest] = Object.entries(value);
    if (rest.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) return call(key, given, owner);
    const entries = await Promise.all(
      Object.entries(value).map(async ([name, item]) => [name, await resolve(item, owner)] as const),
    );
    return Object.fromEntries(entries);
  }

  async function call(name: string, given: Json, owner: Deployed): Promise<Json> {
    switch (name) {
      case 'Ref':
        return pseudo(String(given), owner) ?? reference((await target(owner, String(given)))?.physicalId, given);
      case 'Fn::GetAtt': {
        const [logicalId, attribute] = given as [string, string];
        const found = await target(owner, logicalId);
        return reference(found && (await attributes(found, attribute)), given);
      }
      case 'Fn::Sub':
        return substitute(String(given), owner);
      default:
        return pure(name, await resolve(given, owner), owner);
    }
  }

  async function substitute(text: string, owner: Deployed): Promise<string> {
    const parts = text.split(/\$\{([\w:.]+)\}/);
    for (let index = 1; index < parts.length; index += 2)
      parts[index] = String(await call('Ref', parts[index]!, owner));
    return parts.join('');
  }

  for (const resource of deployed) await finish(resource);
}

/** `{{resolve:secretsmanager:…}}`, as CloudFormation resolves it; `{{resolve:ssm:…}}` of an image stays, since EC2 resolves it. */
async function dynamic(text: string, { stack }: Deployed): Promise<string> {
  const [, SecretId] = /^\{\{resolve:secretsmanager:(.+):SecretString:::\}\}$/.exec(text) ?? [];
  if (SecretId === undefined) return text;
  const { SecretString } = await new SecretsManagerClient(credentialsOf(stack)).send(
    new GetSecretValueCommand({ SecretId }),
  );
  return SecretString ?? '';
}

function reference(value: Json | undefined, given: Json): Json {
  if (value === undefined) throw new Error(`what ${JSON.stringify(given)} refers to can't be read`);
  return value;
}

function pseudo(name: string, { stackId, stack: { account, region } }: Deployed): string | undefined {
  return {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackId': stackId,
    'AWS::URLSuffix': 'amazonaws.com',
  }[name];
}

function pure(name: string, given: Json, { stack: { mappings, region } }: Deployed): Json {
  switch (name) {
    case 'Fn::Join': {
      const [separator, items] = given as [string, Json[]];
      return items.join(separator);
    }
    case 'Fn::Split': {
      const [separator, text] = given as [string, string];
      return text.split(separator);
    }
    case 'Fn::Select': {
      const [index, items] = given as [string, Json[]];
      return items[Number(index)] ?? null;
    }
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${given || region}${zone}`);
    case 'Fn::Base64':
      return Buffer.from(String(given)).toString('base64');
    case 'Fn::FindInMap': {
      const [map, first, second] = given as [string, string, string];
      return (mappings[map] as Record<string, Record<string, Json>>)[first]![second]!;
    }
    default:
      throw new Error(`no template of the project had ${name} before: ${JSON.stringify(given)}`);
  }
}
