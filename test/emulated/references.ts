import { CloudFormationClient, paginateListExports } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { credentialsOf, type StackTemplate } from './assembly';
import { isList, isRecord, type Json } from './json';

/** Whose properties they are. */
export interface Owner {
  readonly stack: StackTemplate;
  readonly stackId: string;
}

/** What references lead to. */
export interface Targets {
  /** What `Ref` gives for a resource of the owner's stack; undefined when it has none of this id. */
  physicalId(owner: Owner, logicalId: string): Promise<string | undefined>;
  /** What `Fn::GetAtt` gives. */
  attribute(owner: Owner, logicalId: string, name: string): Promise<Json | undefined>;
}

/** Replaces all intrinsic functions and dynamic references in a value, as CloudFormation does. */
export async function resolve(value: Json, owner: Owner, targets: Targets): Promise<Json> {
  if (typeof value === 'string') return dynamic(value, owner);
  if (isList(value)) return Promise.all(value.map((item) => resolve(item, owner, targets)));
  if (!isRecord(value)) return value;
  const [[key, given] = ['', null], ...rest] = Object.entries(value);
  if (rest.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) return call(key, given, owner, targets);
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, item]) => [name, await resolve(item, owner, targets)] as const),
  );
  return Object.fromEntries(entries);
}

async function call(name: string, given: Json, owner: Owner, targets: Targets): Promise<Json> {
  switch (name) {
    case 'Ref':
      return (
        pseudo(String(given), owner) ??
        (await parameter(String(given), owner)) ??
        reference(await targets.physicalId(owner, String(given)), given)
      );
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = given as [string, string];
      return reference(await targets.attribute(owner, logicalId, attribute), given);
    }
    case 'Fn::ImportValue':
      return reference(await exported(String(await resolve(given, owner, targets)), owner), given);
    case 'Fn::Sub':
      return substitute(String(given), owner, targets);
    default:
      return pure(name, await resolve(given, owner, targets), owner);
  }
}

async function substitute(text: string, owner: Owner, targets: Targets): Promise<string> {
  const parts = text.split(/\$\{([\w:.]+)\}/);
  for (let index = 1; index < parts.length; index += 2)
    parts[index] = String(await call('Ref', parts[index]!, owner, targets));
  return parts.join('');
}

/** `{{resolve:secretsmanager:…}}`, as CloudFormation resolves it; `{{resolve:ssm:…}}` of an image stays, since EC2 resolves it. */
async function dynamic(text: string, { stack }: Owner): Promise<string> {
  const [, SecretId] = /^\{\{resolve:secretsmanager:(.+):SecretString:::\}\}$/.exec(text) ?? [];
  if (SecretId === undefined) return text;
  const { SecretString } = await new SecretsManagerClient(credentialsOf(stack)).send(
    new GetSecretValueCommand({ SecretId }),
  );
  return SecretString ?? '';
}

/** The value of a template's parameter, which may name one of Systems Manager. */
async function parameter(name: string, { stack }: Owner): Promise<string | undefined> {
  const { Type, Default } = stack.parameters[name] ?? {};
  if (!Type?.startsWith('AWS::SSM::Parameter::Value')) return Default;
  const { Parameter } = await new SSMClient(credentialsOf(stack)).send(new GetParameterCommand({ Name: Default }));
  return Parameter?.Value;
}

/** What a stack of the same account and Region exports. */
async function exported(name: string, { stack }: Owner): Promise<string | undefined> {
  const client = new CloudFormationClient(credentialsOf(stack));
  for await (const { Exports = [] } of paginateListExports({ client }, {})) {
    const found = Exports.find(({ Name }) => Name === name);
    if (found) return found.Value;
  }
  return undefined;
}

function reference(value: Json | undefined, given: Json): Json {
  if (value === undefined) throw new Error(`what ${JSON.stringify(given)} refers to can't be read`);
  return value;
}

function pseudo(name: string, { stackId, stack: { account, region } }: Owner): string | undefined {
  return {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackId': stackId,
    'AWS::URLSuffix': 'amazonaws.com',
  }[name];
}

function pure(name: string, given: Json, { stack: { mappings, region } }: Owner): Json {
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
