import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  type CreateListenerCommandInput,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  CreateRuleCommand,
  type CreateRuleCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  type TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  type HealthCheckConfig,
  type ResourceRecordSet,
  Route53Client,
  type Tag,
} from '@aws-sdk/client-route-53';
import { credentialsOf } from '../emulated/assembly';
import type { Owner } from '../emulated/references';

/** Creates a resource from the properties that its template has, as CloudFormation would, and gives what `Ref` gives. */
// biome-ignore lint/suspicious/noExplicitAny: properties are what a template says, and the API checks them.
type Creator = (properties: any, owner: Owner, name: string) => Promise<string | undefined>;

const balancing = ({ stack }: Owner) => new ElasticLoadBalancingV2Client(credentialsOf(stack));
const route53 = ({ stack }: Owner) => new Route53Client(credentialsOf(stack));
const ec2 = ({ stack }: Owner) => new EC2Client(credentialsOf(stack));

/** What the API calls otherwise than CloudFormation, or takes in calls of its own, is told apart here; the rest is passed on as it is. */
export const CREATORS: Readonly<Record<string, Creator>> = {
  'AWS::EC2::VPC': async ({ CidrBlock }, owner) => {
    const { Vpc } = await ec2(owner).send(new CreateVpcCommand({ CidrBlock }));
    return Vpc?.VpcId;
  },
  'AWS::EC2::Subnet': async ({ VpcId, CidrBlock, AvailabilityZone }, owner) => {
    const { Subnet } = await ec2(owner).send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    return Subnet?.SubnetId;
  },
  'AWS::EC2::SecurityGroup': async ({ GroupDescription, VpcId }, owner, GroupName) => {
    const { GroupId } = await ec2(owner).send(
      new CreateSecurityGroupCommand({ GroupName, Description: GroupDescription, VpcId }),
    );
    return GroupId;
  },
  'AWS::CertificateManager::Certificate': async ({ DomainName, SubjectAlternativeNames }, { stack }) => {
    const { CertificateArn } = await new ACMClient(credentialsOf(stack)).send(
      new RequestCertificateCommand({ DomainName, SubjectAlternativeNames }),
    );
    return CertificateArn;
  },

  'AWS::ElasticLoadBalancingV2::LoadBalancer': async (
    {
      LoadBalancerAttributes,
      ...rest
    }: CreateLoadBalancerCommandInput & { LoadBalancerAttributes: TargetGroupAttribute[] },
    owner,
    name,
  ) => {
    const { LoadBalancers } = await balancing(owner).send(
      new CreateLoadBalancerCommand({ ...rest, Name: short(name) }),
    );
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
    await balancing(owner).send(
      new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: LoadBalancerAttributes }),
    );
    return LoadBalancerArn;
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': async (
    {
      TargetGroupAttributes,
      ...rest
    }: CreateTargetGroupCommandInput & { TargetGroupAttributes: TargetGroupAttribute[] },
    owner,
    name,
  ) => {
    const { TargetGroups } = await balancing(owner).send(new CreateTargetGroupCommand({ ...rest, Name: short(name) }));
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    await balancing(owner).send(
      new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: TargetGroupAttributes }),
    );
    return TargetGroupArn;
  },
  'AWS::ElasticLoadBalancingV2::Listener': async (properties: CreateListenerCommandInput, owner) => {
    const { Listeners } = await balancing(owner).send(new CreateListenerCommand(properties));
    return Listeners?.[0]?.ListenerArn;
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': async (properties: CreateRuleCommandInput, owner) => {
    const { Rules } = await balancing(owner).send(new CreateRuleCommand(properties));
    return Rules?.[0]?.RuleArn;
  },

  'AWS::Route53::HostedZone': async ({ Name }, owner, CallerReference) => {
    const { HostedZone } = await route53(owner).send(new CreateHostedZoneCommand({ Name, CallerReference }));
    return HostedZone?.Id?.replace('/hostedzone/', '');
  },
  'AWS::Route53::HealthCheck': async (
    { HealthCheckConfig, HealthCheckTags }: { HealthCheckConfig: HealthCheckConfig; HealthCheckTags: Tag[] },
    owner,
    CallerReference,
  ) => {
    const { HealthCheck } = await route53(owner).send(
      new CreateHealthCheckCommand({ CallerReference, HealthCheckConfig }),
    );
    await route53(owner).send(
      new ChangeTagsForResourceCommand({
        ResourceType: 'healthcheck',
        ResourceId: HealthCheck?.Id,
        AddTags: HealthCheckTags,
      }),
    );
    return HealthCheck?.Id;
  },
  'AWS::Route53::RecordSet': async (
    {
      HostedZoneId,
      ...rest
    }: ResourceRecordSet & { HostedZoneId: string; TTL?: string | number; ResourceRecords?: string[] },
    owner,
  ) => {
    const ResourceRecordSet = {
      ...rest,
      ...(rest.TTL === undefined ? {} : { TTL: Number(rest.TTL) }),
      ...(rest.ResourceRecords === undefined
        ? {}
        : { ResourceRecords: rest.ResourceRecords.map((Value) => ({ Value: String(Value) })) }),
    };
    await route53(owner).send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      }),
    );
    return rest.Name;
  },
};

/** A name that balancers and groups take: CloudFormation makes them up. */
function short(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').slice(-32);
}
