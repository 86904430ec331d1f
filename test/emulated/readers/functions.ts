// How functions, what calls them, logs, buckets and parameters are read.
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Deployed } from '../deployed';
import type { Properties } from '../json';
import { clientOf, pairs, policy, type Reader, record, tags, unlessGone } from './reader';

const lambda = clientOf((configuration) => new LambdaClient(configuration));
const events = clientOf((configuration) => new EventBridgeClient(configuration));
const logs = clientOf((configuration) => new CloudWatchLogsClient(configuration));
const ssm = clientOf((configuration) => new SSMClient(configuration));
const s3 = clientOf((configuration) => new S3Client({ ...configuration, forcePathStyle: true }));

async function functionOf(resource: Deployed) {
  return unlessGone(lambda(resource).send(new GetFunctionCommand({ FunctionName: resource.physicalId })));
}

const lambdaFunction: Reader = {
  async read(resource) {
    const it = await functionOf(resource);
    return it && record({ ...it.Configuration, Tags: pairs(it.Tags) });
  },
  attributes: { Arn: async (resource) => (await functionOf(resource))?.Configuration?.FunctionArn },
  unreadable: { Code: "where CloudFormation took the function's code from" },
};

const invocation: Reader = {
  async read(resource) {
    const FunctionName = String(resource.properties.FunctionName);
    const it = await unlessGone(
      lambda(resource).send(
        new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: String(resource.properties.Qualifier) }),
      ),
    );
    return (
      it && record({ ...it, FunctionName: it.FunctionArn?.split(':')[6], Qualifier: it.FunctionArn?.split(':')[7] })
    );
  },
};

const permission: Reader = {
  async read(resource) {
    const FunctionName = String(resource.properties.FunctionName);
    const it = await unlessGone(lambda(resource).send(new GetPolicyCommand({ FunctionName })));
    const statement = (policy(it?.Policy) as { Statement: Properties[] } | null)?.Statement.find(
      ({ Sid }) => Sid === resource.physicalId,
    );
    if (!statement) return undefined;
    const { ArnLike = {} } = statement.Condition as { ArnLike?: Record<string, string> };
    return record({
      Action: statement.Action,
      FunctionName: statement.Resource,
      Principal: (statement.Principal as Properties).Service,
      SourceArn: ArnLike['AWS:SourceArn'],
    });
  },
};

const rule: Reader = {
  async read(resource) {
    const it = await ruleOf(resource);
    if (!it) return undefined;
    const { Targets } = await events(resource).send(new ListTargetsByRuleCommand({ Rule: resource.physicalId }));
    return record({ ...it, Targets });
  },
  attributes: { Arn: async (resource) => (await ruleOf(resource))?.Arn },
};

async function ruleOf(resource: Deployed) {
  return unlessGone(events(resource).send(new DescribeRuleCommand({ Name: resource.physicalId })));
}

async function logGroupOf(resource: Deployed) {
  const { logGroups } = await logs(resource).send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: resource.physicalId }),
  );
  return logGroups?.find(({ logGroupName }) => logGroupName === resource.physicalId);
}

const logGroup: Reader = {
  async read(resource) {
    const it = await logGroupOf(resource);
    if (!it) return undefined;
    const resourceArn = it.arn?.replace(/:\*$/, '');
    const tagged = await logs(resource).send(new ListTagsForResourceCommand({ resourceArn }));
    return record({
      LogGroupName: it.logGroupName,
      RetentionInDays: it.retentionInDays,
      Tags: pairs(tagged.tags),
    });
  },
  attributes: { Arn: async (resource) => (await logGroupOf(resource))?.arn },
};

const bucket: Reader = {
  async read(resource) {
    const Bucket = resource.physicalId;
    const client = s3(resource);
    if (!(await unlessGone(client.send(new HeadBucketCommand({ Bucket }))))) return undefined;
    const encryption = await unlessGone(client.send(new GetBucketEncryptionCommand({ Bucket })));
    const lifecycle = await unlessGone(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
    const ownership = await unlessGone(client.send(new GetBucketOwnershipControlsCommand({ Bucket })));
    const access = await unlessGone(client.send(new GetPublicAccessBlockCommand({ Bucket })));
    const versioning = await unlessGone(client.send(new GetBucketVersioningCommand({ Bucket })));
    const tagging = await unlessGone(client.send(new GetBucketTaggingCommand({ Bucket })));
    return record({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: encryption?.ServerSideEncryptionConfiguration?.Rules?.map(
          ({ ApplyServerSideEncryptionByDefault }) => ({
            ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault,
          }),
        ),
      },
      LifecycleConfiguration: {
        Rules: lifecycle?.Rules?.map(
          ({ Status, Expiration, AbortIncompleteMultipartUpload, NoncurrentVersionExpiration }) => ({
            Status,
            ExpirationInDays: Expiration?.Days,
            AbortIncompleteMultipartUpload,
            NoncurrentVersionExpiration,
          }),
        ),
      },
      OwnershipControls: ownership?.OwnershipControls,
      PublicAccessBlockConfiguration: access?.PublicAccessBlockConfiguration,
      VersioningConfiguration: { Status: versioning?.Status },
      Tags: tags(tagging?.TagSet),
    });
  },
  attributes: {
    Arn: (resource) => `arn:aws:s3:::${resource.physicalId}`,
    RegionalDomainName: (resource) => `${resource.physicalId}.s3.${resource.stack.region}.amazonaws.com`,
  },
};

const bucketPolicy: Reader = {
  async read(resource) {
    const Bucket = String(resource.properties.Bucket);
    const it = await unlessGone(s3(resource).send(new GetBucketPolicyCommand({ Bucket })));
    return it && record({ Bucket, PolicyDocument: policy(it.Policy) });
  },
};

const parameter: Reader = {
  async read(resource) {
    const it = await unlessGone(ssm(resource).send(new GetParameterCommand({ Name: resource.physicalId })));
    return it?.Parameter && record(it.Parameter);
  },
};

export const functions: Readonly<Record<string, Reader>> = {
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::EventInvokeConfig': invocation,
  'AWS::Lambda::Permission': permission,
  'AWS::Events::Rule': rule,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SSM::Parameter': parameter,
};
