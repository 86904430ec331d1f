import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Deployed } from '../deployed';
import { clientOf, type Reader, record, tags, unlessGone } from './reader';

const client = clientOf((configuration) => new EC2Client(configuration));

const vpc: Reader = {
  async read(resource) {
    const found = await unlessGone(client(resource).send(new DescribeVpcsCommand({ VpcIds: [resource.physicalId] })));
    const [it] = found?.Vpcs ?? [];
    if (!it) return undefined;
    const attribute = async (Attribute: 'enableDnsHostnames' | 'enableDnsSupport') =>
      client(resource).send(new DescribeVpcAttributeCommand({ VpcId: resource.physicalId, Attribute }));
    return record({
      ...it,
      EnableDnsHostnames: (await attribute('enableDnsHostnames')).EnableDnsHostnames?.Value,
      EnableDnsSupport: (await attribute('enableDnsSupport')).EnableDnsSupport?.Value,
      Tags: tags(it.Tags),
    });
  },
  attributes: {
    DefaultSecurityGroup: async (resource) => (await defaultGroup(resource, resource.physicalId))?.GroupId,
  },
};

async function defaultGroup(resource: Deployed, vpcId: string) {
  const { SecurityGroups } = await client(resource).send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'group-name', Values: ['default'] },
      ],
    }),
  );
  return SecurityGroups?.[0];
}

const subnet: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new DescribeSubnetsCommand({ SubnetIds: [resource.physicalId] })),
    );
    const [it] = found?.Subnets ?? [];
    return it && record({ ...it, Tags: tags(it.Tags) });
  },
};

async function tableOf(resource: Deployed, id: string) {
  const found = await unlessGone(client(resource).send(new DescribeRouteTablesCommand({ RouteTableIds: [id] })));
  return found?.RouteTables?.find(({ RouteTableId }) => RouteTableId === id);
}

const routeTable: Reader = {
  async read(resource) {
    const it = await tableOf(resource, resource.physicalId);
    return it && record({ VpcId: it.VpcId, Tags: tags(it.Tags) });
  },
};

const route: Reader = {
  async read(resource) {
    const { RouteTableId, DestinationCidrBlock } = resource.properties as Record<string, string>;
    const table = await tableOf(resource, RouteTableId!);
    const it = table?.Routes?.find((candidate) => candidate.DestinationCidrBlock === DestinationCidrBlock);
    return it && record({ RouteTableId: table?.RouteTableId, ...it });
  },
};

const routeTableAssociation: Reader = {
  async read(resource) {
    const table = await tableOf(resource, String(resource.properties.RouteTableId));
    const it = table?.Associations?.find((candidate) => candidate.RouteTableAssociationId === resource.physicalId);
    return it && record({ RouteTableId: it.RouteTableId, SubnetId: it.SubnetId });
  },
};

const internetGateway: Reader = {
  async read(resource) {
    const it = await gateway(resource, resource.physicalId);
    return it && record({ InternetGatewayId: it.InternetGatewayId, Tags: tags(it.Tags) });
  },
};

async function gateway(resource: Deployed, id: string) {
  const found = await unlessGone(
    client(resource).send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] })),
  );
  return found?.InternetGateways?.[0];
}

const gatewayAttachment: Reader = {
  async read(resource) {
    const it = await gateway(resource, String(resource.properties.InternetGatewayId));
    const [attached] = it?.Attachments ?? [];
    return attached && record({ VpcId: attached.VpcId, InternetGatewayId: it?.InternetGatewayId });
  },
};

const address: Reader = {
  async read(resource) {
    const it = await addressOf(resource);
    return it && record({ Domain: it.Domain, Tags: tags(it.Tags) });
  },
  attributes: { AllocationId: async (resource) => (await addressOf(resource))?.AllocationId },
};

async function addressOf(resource: Deployed) {
  const { Addresses } = await client(resource).send(new DescribeAddressesCommand({}));
  return Addresses?.find(({ PublicIp }) => PublicIp === resource.physicalId);
}

const natGateway: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new DescribeNatGatewaysCommand({ NatGatewayIds: [resource.physicalId] })),
    );
    const [it] = found?.NatGateways ?? [];
    if (!it || it.State === 'deleted') return undefined;
    return record({
      SubnetId: it.SubnetId,
      AllocationId: it.NatGatewayAddresses?.[0]?.AllocationId,
      Tags: tags(it.Tags),
    });
  },
};

const flowLog: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new DescribeFlowLogsCommand({ FlowLogIds: [resource.physicalId] })),
    );
    const [it] = found?.FlowLogs ?? [];
    return it && record({ ...it, Tags: tags(it.Tags) });
  },
  unreadable: { ResourceType: 'what kind of thing the log is of, which its id says' },
};

const securityGroup: Reader = {
  async read(resource, ids) {
    const found = await unlessGone(
      client(resource).send(new DescribeSecurityGroupsCommand({ GroupIds: [resource.physicalId] })),
    );
    const [it] = found?.SecurityGroups ?? [];
    if (!it) return undefined;
    // Rules that are resources of their own stand among those that the group itself says.
    const own = (await rulesOf(resource, resource.physicalId)).filter(
      ({ SecurityGroupRuleId = '' }) => !ids.has(SecurityGroupRuleId),
    );
    return record({
      GroupDescription: it.Description,
      VpcId: it.VpcId,
      SecurityGroupIngress: own.filter(({ IsEgress }) => !IsEgress).map(said),
      SecurityGroupEgress: own.filter(({ IsEgress }) => IsEgress).map(said),
      Tags: tags(it.Tags),
    });
  },
  attributes: { GroupId: (resource) => resource.physicalId },
};

const said = ({ CidrIpv4, CidrIpv6, ...rest }: SecurityGroupRule) => ({ ...rest, CidrIp: CidrIpv4, CidrIpv6 });

async function rulesOf(resource: Deployed, group: string): Promise<SecurityGroupRule[]> {
  const found = await unlessGone(
    client(resource).send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group] }] })),
  );
  return found?.SecurityGroupRules ?? [];
}

const securityGroupRule = (egress: boolean, side: 'Source' | 'Destination'): Reader => ({
  async read(resource) {
    const rules = await rulesOf(resource, String(resource.properties.GroupId));
    const it = rules.find(
      ({ SecurityGroupRuleId, IsEgress }) => SecurityGroupRuleId === resource.physicalId && IsEgress === egress,
    );
    if (!it) return undefined;
    return record({
      Description: it.Description,
      GroupId: it.GroupId,
      IpProtocol: it.IpProtocol,
      FromPort: it.FromPort,
      ToPort: it.ToPort,
      CidrIp: it.CidrIpv4,
      CidrIpv6: it.CidrIpv6,
      [`${side}PrefixListId`]: it.PrefixListId,
      [`${side}SecurityGroupId`]: it.ReferencedGroupInfo?.GroupId,
    });
  },
});

/** The custom resource that looks a prefix list up: that the EC2 API has the list under the name that the function found it by. */
const prefixList: Reader = {
  looksUp: true,
  async read(resource) {
    const it = await listNamed(resource);
    return it && record({});
  },
  attributes: { 'PrefixLists.0.PrefixListId': async (resource) => (await listNamed(resource))?.PrefixListId },
  unreadable: {
    ServiceToken: 'the function that CloudFormation calls',
    ServiceTimeout: 'how long CloudFormation waits for the function',
    Create: 'what the function is told, of which the rules that name the list are the result',
    Update: 'what the function is told, of which the rules that name the list are the result',
    InstallLatestAwsSdk: 'what the function is told, of which the rules that name the list are the result',
  },
};

async function listNamed(resource: Deployed) {
  const { PrefixLists } = await client(resource).send(
    new DescribeManagedPrefixListsCommand({
      Filters: [{ Name: 'prefix-list-name', Values: [resource.physicalId] }],
    }),
  );
  return PrefixLists?.[0];
}

/** The custom resource that empties a VPC's default group: the group that it names, when it lets nothing in or out. */
const emptyDefaultGroup: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(
        new DescribeSecurityGroupsCommand({ GroupIds: [String(resource.properties.DefaultSecurityGroupId)] }),
      ),
    );
    const [it] = found?.SecurityGroups ?? [];
    const empty = it?.IpPermissions?.length === 0 && it.IpPermissionsEgress?.length === 0;
    return it && record({ DefaultSecurityGroupId: empty ? it.GroupId : `${it.GroupId}, with rules` });
  },
  unreadable: {
    ServiceToken: 'the function that CloudFormation calls',
    Account: 'what the function is told, of which the empty group is the result',
  },
};

export const network: Readonly<Record<string, Reader>> = {
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::Route': route,
  'AWS::EC2::SubnetRouteTableAssociation': routeTableAssociation,
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
  'AWS::EC2::EIP': address,
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::FlowLog': flowLog,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': securityGroupRule(false, 'Source'),
  'AWS::EC2::SecurityGroupEgress': securityGroupRule(true, 'Destination'),
  'Custom::ManagedPrefixList': prefixList,
  'Custom::VpcRestrictDefaultSG': emptyDefaultGroup,
};
