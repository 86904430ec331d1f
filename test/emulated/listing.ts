import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, ListCachePoliciesCommand, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, ListInstanceProfilesCommand, paginateListPolicies, paginateListRoles } from '@aws-sdk/client-iam';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  paginateListHealthChecks,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { ListWebACLsCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { credentialsOf } from './assembly';

type Configuration = ReturnType<typeof credentialsOf>;
type Ids = readonly (string | undefined)[];

/** What an account has in a Region, as the lists of its services say, stacks among it. */
const LISTS: readonly ((configuration: Configuration) => Promise<Ids>)[] = [
  async (configuration) => {
    const client = new CloudFormationClient(configuration);
    const names: Ids[] = [];
    for await (const { StackSummaries = [] } of paginateListStacks({ client }, {})) {
      const there = StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
      names.push(there.map(({ StackName }) => StackName));
    }
    return names.flat();
  },
  async (configuration) => {
    const client = new EC2Client(configuration);
    const nats = await client.send(new DescribeNatGatewaysCommand({}));
    return [
      (await client.send(new DescribeVpcsCommand({}))).Vpcs?.map(({ VpcId }) => VpcId),
      (await client.send(new DescribeSubnetsCommand({}))).Subnets?.map(({ SubnetId }) => SubnetId),
      (await client.send(new DescribeRouteTablesCommand({}))).RouteTables?.map(({ RouteTableId }) => RouteTableId),
      (await client.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map(({ GroupId }) => GroupId),
      (await client.send(new DescribeInternetGatewaysCommand({}))).InternetGateways?.map((it) => it.InternetGatewayId),
      (await client.send(new DescribeNetworkAclsCommand({}))).NetworkAcls?.map(({ NetworkAclId }) => NetworkAclId),
      (await client.send(new DescribeAddressesCommand({}))).Addresses?.map(({ PublicIp }) => PublicIp),
      (await client.send(new DescribeFlowLogsCommand({}))).FlowLogs?.map(({ FlowLogId }) => FlowLogId),
      (await client.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates?.map((it) => it.LaunchTemplateId),
      nats.NatGateways?.filter(({ State }) => State !== 'deleted').map(({ NatGatewayId }) => NatGatewayId),
    ].flatMap((ids = []) => ids);
  },
  async (configuration) => {
    const client = new ElasticLoadBalancingV2Client(configuration);
    const balancers = await client.send(new DescribeLoadBalancersCommand({}));
    const groups = await client.send(new DescribeTargetGroupsCommand({}));
    return [
      ...(balancers.LoadBalancers ?? []).map(({ LoadBalancerArn }) => LoadBalancerArn),
      ...(groups.TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn),
    ];
  },
  async (configuration) => {
    const found = await new AutoScalingClient(configuration).send(new DescribeAutoScalingGroupsCommand({}));
    return (found.AutoScalingGroups ?? []).map(({ AutoScalingGroupName }) => AutoScalingGroupName);
  },
  async (configuration) => {
    const client = new Route53Client(configuration);
    const ids: (string | undefined)[] = [];
    for (const { Id } of (await client.send(new ListHostedZonesCommand({}))).HostedZones ?? []) {
      const { ResourceRecordSets = [] } = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
      ids.push(
        Id,
        ...ResourceRecordSets.map(({ Name, Type, SetIdentifier }) => `${Id} ${Name} ${Type} ${SetIdentifier}`),
      );
    }
    for await (const { HealthChecks = [] } of paginateListHealthChecks({ client }, {})) {
      ids.push(...HealthChecks.map(({ Id }) => Id));
    }
    return ids;
  },
  async (configuration) => {
    const client = new IAMClient(configuration);
    const ids: (string | undefined)[] = [];
    for await (const { Roles = [] } of paginateListRoles({ client }, {}))
      ids.push(...Roles.map(({ RoleName }) => RoleName));
    for await (const { Policies = [] } of paginateListPolicies({ client }, { Scope: 'Local' })) {
      ids.push(...Policies.map(({ Arn }) => Arn));
    }
    const { InstanceProfiles = [] } = await client.send(new ListInstanceProfilesCommand({}));
    return [...ids, ...InstanceProfiles.map(({ Arn }) => Arn)];
  },
  async (configuration) => {
    const client = new LambdaClient(configuration);
    const names: (string | undefined)[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
      names.push(...Functions.map(({ FunctionName }) => FunctionName));
    }
    const { Rules } = await new EventBridgeClient(configuration).send(new ListRulesCommand({}));
    return [...names, ...(Rules ?? []).map(({ Name }) => Name)];
  },
  async (configuration) => {
    const found = await new CloudWatchClient(configuration).send(new DescribeAlarmsCommand({}));
    return (found.MetricAlarms ?? []).map(({ AlarmName }) => AlarmName);
  },
  async (configuration) => {
    const client = new CloudWatchLogsClient(configuration);
    const names: (string | undefined)[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
      names.push(...logGroups.map(({ logGroupName }) => logGroupName));
    }
    return names;
  },
  async (configuration) => {
    const { Buckets = [] } = await new S3Client({ ...configuration, forcePathStyle: true }).send(
      new ListBucketsCommand({}),
    );
    return Buckets.map(({ Name }) => Name);
  },
  async (configuration) => {
    const client = new SecretsManagerClient(configuration);
    const names: (string | undefined)[] = [];
    for await (const { SecretList = [] } of paginateListSecrets({ client }, {})) {
      names.push(...SecretList.map(({ Name }) => Name));
    }
    return names;
  },
  async (configuration) => {
    const client = new CloudFrontClient(configuration);
    const distributions = await client.send(new ListDistributionsCommand({}));
    const policies = await client.send(new ListCachePoliciesCommand({ Type: 'custom' }));
    return [
      ...(distributions.DistributionList?.Items ?? []).map(({ Id }) => Id),
      ...(policies.CachePolicyList?.Items ?? []).map(({ CachePolicy }) => CachePolicy?.Id),
    ];
  },
  async (configuration) => {
    const client = new WAFV2Client(configuration);
    const regional = await client.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }));
    const global = await client.send(new ListWebACLsCommand({ Scope: 'CLOUDFRONT' }));
    return [...(regional.WebACLs ?? []), ...(global.WebACLs ?? [])].map(({ ARN }) => ARN);
  },
  async (configuration) => {
    const certificates = await new ACMClient(configuration).send(new ListCertificatesCommand({}));
    const client = new SSMClient(configuration);
    const names: (string | undefined)[] = [];
    for await (const { Parameters = [] } of paginateDescribeParameters({ client }, {})) {
      names.push(...Parameters.map(({ Name }) => Name));
    }
    return [...(certificates.CertificateSummaryList ?? []).map(({ CertificateArn }) => CertificateArn), ...names];
  },
];

/** All that the accounts have in the Regions, each with where it is. */
export async function listAll(environments: readonly { account: string; region: string }[]): Promise<Set<string>> {
  const all = new Set<string>();
  for (const environment of environments) {
    for (const list of LISTS) {
      for (const id of await list(credentialsOf(environment)))
        all.add(`${environment.account}/${environment.region}: ${id}`);
    }
  }
  return all;
}
