// How roles, policies, instance profiles and secrets are read.
import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Deployed } from '../deployed';
import { clientOf, policy, type Reader, record, tags, unlessGone } from './reader';

const iam = clientOf((configuration) => new IAMClient(configuration));
const secrets = clientOf((configuration) => new SecretsManagerClient(configuration));

async function roleOf(resource: Deployed) {
  const found = await unlessGone(iam(resource).send(new GetRoleCommand({ RoleName: resource.physicalId })));
  return found?.Role;
}

async function inline(resource: Deployed, RoleName: string, PolicyName: string) {
  const found = await unlessGone(iam(resource).send(new GetRolePolicyCommand({ RoleName, PolicyName })));
  return found && { PolicyName, PolicyDocument: policy(found.PolicyDocument) };
}

const role: Reader = {
  async read(resource) {
    const it = await roleOf(resource);
    if (!it) return undefined;
    const RoleName = resource.physicalId;
    const { AttachedPolicies } = await iam(resource).send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const { PolicyNames } = await iam(resource).send(new ListRolePoliciesCommand({ RoleName }));
    return record({
      AssumeRolePolicyDocument: policy(it.AssumeRolePolicyDocument),
      Description: it.Description,
      ManagedPolicyArns: AttachedPolicies?.map(({ PolicyArn }) => PolicyArn),
      Policies: await Promise.all(PolicyNames?.map((name) => inline(resource, RoleName, name)) ?? []),
      Tags: tags(it.Tags),
    });
  },
  attributes: { Arn: async (resource) => (await roleOf(resource))?.Arn },
};

/** A policy that stands in roles: what the first of them has, and all that have it. */
const inlinePolicy: Reader = {
  async read(resource) {
    const roles = resource.properties.Roles as string[];
    const name = String(resource.properties.PolicyName);
    const found = await Promise.all(roles.map((roleName) => inline(resource, roleName, name)));
    const having = roles.filter((_, index) => found[index] !== undefined);
    return found[0] && record({ ...found[0], Roles: having });
  },
};

const managedPolicy: Reader = {
  async read(resource) {
    const PolicyArn = resource.physicalId;
    const found = await unlessGone(iam(resource).send(new GetPolicyCommand({ PolicyArn })));
    if (!found?.Policy) return undefined;
    const { PolicyVersion } = await iam(resource).send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: found.Policy.DefaultVersionId }),
    );
    const { PolicyRoles } = await iam(resource).send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    return record({
      Description: found.Policy.Description,
      Path: found.Policy.Path,
      PolicyDocument: policy(PolicyVersion?.Document),
      Roles: PolicyRoles?.map(({ RoleName }) => RoleName),
    });
  },
};

async function profileOf(resource: Deployed) {
  const InstanceProfileName = resource.physicalId.replace(/^.*\//, '');
  const found = await unlessGone(iam(resource).send(new GetInstanceProfileCommand({ InstanceProfileName })));
  return found?.InstanceProfile;
}

const instanceProfile: Reader = {
  async read(resource) {
    const it = await profileOf(resource);
    return it && record({ Roles: it.Roles?.map(({ RoleName }) => RoleName) });
  },
  attributes: { Arn: async (resource) => (await profileOf(resource))?.Arn },
};

const secret: Reader = {
  async read(resource) {
    const SecretId = resource.physicalId;
    const it = await unlessGone(secrets(resource).send(new DescribeSecretCommand({ SecretId })));
    if (!it || it.DeletedDate) return undefined;
    const { SecretString = '' } = await secrets(resource).send(new GetSecretValueCommand({ SecretId }));
    return record({
      Name: it.Name,
      Description: it.Description,
      ReplicaRegions: it.ReplicationStatus?.map(({ Region }) => ({ Region })),
      GenerateSecretString: {
        PasswordLength: SecretString.length,
        ExcludePunctuation: !/[^A-Za-z0-9 ]/.test(SecretString),
        IncludeSpace: SecretString.includes(' '),
      },
      Tags: tags(it.Tags),
    });
  },
};

export const identity: Readonly<Record<string, Reader>> = {
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': inlinePolicy,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::InstanceProfile': instanceProfile,
  'AWS::SecretsManager::Secret': secret,
};
