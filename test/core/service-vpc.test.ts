import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ServiceVpc, type ServiceVpcProps, SiteStack } from '../../lib/core';

function synthesize(props?: ServiceVpcProps, stack: Stack = new Stack()) {
  const vpc = new ServiceVpc(stack, 'Vpc', props);
  return { vpc, template: Template.fromStack(stack) };
}

function zonesOf(template: Template): unknown[] {
  return Object.values(template.findResources('AWS::EC2::Subnet')).map(({ Properties }) => Properties.AvailabilityZone);
}

describe('zones', () => {
  test('spans two zones in a stack of no kind and no environment', () => {
    const { template } = synthesize();
    template.resourceCountIs('AWS::EC2::Subnet', 4);
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
  });

  test.each([2, 3, 6])('spans the %d zones of its stack', (availabilityZoneCount) => {
    const { template } = synthesize({}, new SiteStack(new App(), 'Site', { availabilityZoneCount }));
    const zones = Array.from({ length: availabilityZoneCount }, (_, index) => ({
      'Fn::Select': [index, { 'Fn::GetAZs': '' }],
    }));
    expect(zonesOf(template)).toEqual([...zones, ...zones]);
    template.resourceCountIs('AWS::EC2::NatGateway', availabilityZoneCount);
  });

  test('spans fewer zones when told so', () => {
    const { template } = synthesize({ maxAzs: 2 }, new SiteStack(new App(), 'Site'));
    template.resourceCountIs('AWS::EC2::Subnet', 4);
  });

  test('spans the zones of the stack that its stack is nested in', () => {
    const parent = new SiteStack(new App(), 'Site', { availabilityZoneCount: 4 });
    const { template } = synthesize({}, new NestedStack(parent, 'Network'));
    template.resourceCountIs('AWS::EC2::Subnet', 8);
  });

  test.each([4, 0, -1, 1.5])('fails with %d of three zones', (maxAzs) => {
    expect(() => synthesize({ maxAzs }, new SiteStack(new App(), 'Site'))).toThrow(
      `HG0202: 'maxAzs' must be an integer from 1 to 3, got ${maxAzs}: ask for fewer, or raise 'availabilityZoneCount' of the stack [at Site]`,
    );
  });

  test('fails with no zone in a stack of another kind', () => {
    expect(() => synthesize({ maxAzs: 0 })).toThrow(
      "'maxAzs' must be an integer from 1 to the number of zones of the Region, got 0",
    );
  });
});

describe('NAT gateways', () => {
  test.each([1, 2])('%d of them are shared by the private subnets', (natGateways) => {
    const { vpc, template } = synthesize({ natGateways });
    template.resourceCountIs('AWS::EC2::NatGateway', natGateways);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    expect(vpc.cloudFormationEndpoint).toBeUndefined();
    expect(vpc.privateSubnets).toHaveLength(2);
  });

  test('without any, servers reach CloudFormation and S3 through endpoints, and nothing else', () => {
    const { vpc, template } = synthesize({ natGateways: 0 });
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    expect(vpc.isolatedSubnets).toHaveLength(2);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.cloudformation']] },
      PrivateDnsEnabled: true,
      SubnetIds: [{ Ref: 'VpcPrivateSubnet1Subnet536B997A' }, { Ref: 'VpcPrivateSubnet2Subnet3788AAA1' }],
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.s3']] },
    });
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
  });

  test('the endpoint is closed until a fleet asks for it', () => {
    const { vpc, template } = synthesize({ natGateways: 0 });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    expect(vpc.cloudFormationEndpoint).toBeDefined();
  });

  test('switching them off and on replaces no subnet', () => {
    const subnets = (natGateways?: number) => {
      const { template } = synthesize({ natGateways });
      return Object.entries(template.findResources('AWS::EC2::Subnet')).map(([id, { Properties }]) => [
        id,
        Properties.CidrBlock,
        Properties.AvailabilityZone,
        Properties.MapPublicIpOnLaunch,
      ]);
    };
    expect(subnets(0)).toEqual(subnets());
    expect(subnets()).toHaveLength(4);
  });

  test.each([-1, 1.5])('%d of them fail', (natGateways) => {
    const stack = new SiteStack(new App(), 'Site');
    expect(() => new ServiceVpc(stack, 'Vpc', { natGateways })).toThrow(
      `HG0206: 'natGateways' must be an integer from 0 up, got ${natGateways}: a zone has one at most; leave it out for one a zone [at Site]`,
    );
  });

  test('more of them than zones are one a zone', () => {
    synthesize({ natGateways: 4 }, new SiteStack(new App(), 'Site')).template.resourceCountIs(
      'AWS::EC2::NatGateway',
      3,
    );
  });

  test('leaving the number out is recorded, giving it is not', () => {
    const recorded = (props: ServiceVpcProps) =>
      synthesize(props).vpc.node.metadata.filter(({ type }) => type === 'cdk-headgate:default');
    expect(recorded({}).map(({ data }) => data)).toEqual([
      {
        prop: 'natGateways',
        value: 'one a zone',
        why: 'the loss of a zone takes no other zone off the network',
      },
    ]);
    expect(recorded({ natGateways: 0 })).toEqual([]);
  });
});

describe('security', () => {
  test('public subnets hand out no public addresses', () => {
    const { template } = synthesize();
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('all traffic is logged for a year', () => {
    const { template } = synthesize();
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: { Ref: 'VpcFlowLogs3A4A3791' },
    });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365 },
      DeletionPolicy: 'Retain',
    });
  });

  test('the default security group lets nothing through', () => {
    const { template } = synthesize();
    template.hasResourceProperties('Custom::VpcRestrictDefaultSG', {
      DefaultSecurityGroupId: { 'Fn::GetAtt': ['Vpc8378EB38', 'DefaultSecurityGroup'] },
    });
  });
});

describe('addresses', () => {
  test('are IPv4 from 10.0.0.0/16 unless told otherwise', () => {
    const { template } = synthesize();
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    template.resourceCountIs('AWS::EC2::VPCCidrBlock', 0);
  });

  test('come from the range that is given', () => {
    const { template } = synthesize({ ipAddresses: ec2.IpAddresses.cidr('172.16.0.0/20') });
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '172.16.0.0/20' });
  });

  test('with both protocols every subnet has IPv6 addresses, and servers reach out through an egress-only gateway', () => {
    const { template } = synthesize({ ipProtocol: ec2.IpProtocol.DUAL_STACK });
    template.hasResourceProperties('AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true });
    template.allResourcesProperties('AWS::EC2::Subnet', { Ipv6CidrBlock: Match.anyValue() });
    template.resourceCountIs('AWS::EC2::EgressOnlyInternetGateway', 1);
    template.resourcePropertiesCountIs('AWS::EC2::Route', { DestinationIpv6CidrBlock: '::/0' }, 4);
  });

  test('with both protocols no public route is made before the gateway is attached', () => {
    const { vpc, template } = synthesize({ ipProtocol: ec2.IpProtocol.DUAL_STACK });
    const [attachment] = Object.keys(template.findResources('AWS::EC2::VPCGatewayAttachment'));
    const routes = Object.values(template.findResources('AWS::EC2::Route')).filter(
      ({ Properties }) => Properties.GatewayId !== undefined,
    );
    expect(routes).toHaveLength(2 * vpc.publicSubnets.length);
    for (const { DependsOn } of routes) expect(DependsOn).toContain(attachment);
  });

  test('with both protocols and no NAT gateway the servers stay isolated', () => {
    const { template } = synthesize({ ipProtocol: ec2.IpProtocol.DUAL_STACK, natGateways: 0 });
    template.resourcePropertiesCountIs('AWS::EC2::Route', { EgressOnlyInternetGatewayId: Match.anyValue() }, 0);
    template.resourcePropertiesCountIs('AWS::EC2::Route', { DestinationIpv6CidrBlock: '::/0' }, 2);
  });
});
