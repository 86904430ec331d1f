import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ServiceVpc } from '../../lib/core';
import { AutoScalingFleet, type AutoScalingFleetProps } from '../../lib/fleet';

const WARNING = 'cdk-headgate:fleetWithoutSignals';

function fleetOf(options: Partial<AutoScalingFleetProps> = {}, stack = siteStack()): AutoScalingFleet {
  return new AutoScalingFleet(stack, 'Blue', { vpc: options.vpc ?? new ec2.Vpc(stack, 'Vpc'), port: 8080, ...options });
}

const siteStack = () => new Stack(new App(), 'Site', { env: { region: 'eu-west-1' } });

function group(fleet: AutoScalingFleet) {
  const [resource] = Object.values(
    Template.fromStack(Stack.of(fleet)).findResources('AWS::AutoScaling::AutoScalingGroup'),
  );
  return resource!;
}

function userDataOf(fleet: AutoScalingFleet): string {
  const [resource] = Object.values(Template.fromStack(Stack.of(fleet)).findResources('AWS::EC2::LaunchTemplate'));
  return resource!.Properties.LaunchTemplateData.UserData['Fn::Base64'];
}

test('waits for one signal from each of the fewest servers, and from each new one of a rolling update', () => {
  const { CreationPolicy, UpdatePolicy } = group(fleetOf({ minCapacity: 3 }));
  expect(CreationPolicy).toEqual({ ResourceSignal: { Count: 3, Timeout: 'PT15M' } });
  expect(UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({ WaitOnResourceSignals: true, PauseTime: 'PT15M' });
});

test('waits for nobody when the fleet is parked', () => {
  const fleet = fleetOf({ minCapacity: 0 });
  expect(group(fleet).CreationPolicy).toBeUndefined();
  expect(userDataOf(fleet)).not.toContain('cfn-signal');
});

test('asks the server itself whether it is ready, lets the balancer see it, and then signals for the group', () => {
  const fleet = fleetOf();
  const text = userDataOf(fleet);
  const id = Stack.of(fleet).resolve(
    (fleet.autoScalingGroup.node.defaultChild as { logicalId?: string } & object).logicalId,
  );
  const trap = text.slice(text.indexOf('function exitTrap'), text.indexOf('trap exitTrap EXIT'));
  expect(trap).toContain(
    "curl --silent --insecure --fail --max-time 2 --output /dev/null 'http://127.0.0.1:8080/ready'",
  );
  expect(trap).toContain('exitCode=0; sleep 15; break');
  expect(trap).toContain(`/opt/aws/bin/cfn-signal --stack Site --resource ${id} --region eu-west-1 -e $exitCode`);
  expect(trap.indexOf('curl')).toBeLessThan(trap.indexOf('cfn-signal'));
});

test('asks what the balancer asks', () => {
  const fleet = fleetOf({
    healthCheck: {
      path: "/it's/up",
      port: '9000',
      protocol: elbv2.Protocol.HTTPS,
      interval: Duration.seconds(10),
      healthyThresholdCount: 3,
    },
  });
  expect(userDataOf(fleet)).toContain(`'https://127.0.0.1:9000/it'\\''s/up'`);
  expect(userDataOf(fleet)).toContain('sleep 40; break');
});

test("signals from the user's own user data, after commands that are added later", () => {
  const userData = ec2.UserData.forLinux();
  userData.addCommands('start-my-server');
  const fleet = fleetOf({ userData });
  userData.addCommands('warm-up');
  const text = userDataOf(fleet);
  expect(text.split('\n').slice(-2)).toEqual(['start-my-server', 'warm-up']);
  expect(text).toContain('cfn-signal');
  expect(text).not.toContain('server.py');
});

test("leaves an image that the user brings to the image's own server", () => {
  const fleet = fleetOf({ machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }) });
  expect(userDataOf(fleet)).toContain('cfn-signal');
  expect(userDataOf(fleet)).not.toContain('server.py');
});

test.each<[string, Partial<AutoScalingFleetProps>]>([
  ['raw user data', { userData: ec2.UserData.custom('#cloud-config') }],
  ['a Windows image', { machineImage: ec2.MachineImage.genericWindows({ 'eu-west-1': 'ami-0123456789abcdef0' }) }],
])('warns that nothing waits for servers with %s', (_, options) => {
  const fleet = fleetOf(options);
  expect(group(fleet).CreationPolicy).toBeUndefined();
  Annotations.fromStack(Stack.of(fleet)).hasWarning('/Site/Blue', Match.stringLikeRegexp(WARNING));
});

test('does not warn about the reference server', () => {
  Annotations.fromStack(Stack.of(fleetOf())).hasNoWarning('*', Match.stringLikeRegexp(WARNING));
});

test("starts no server before its subnet's way out exists", () => {
  expect(group(fleetOf()).DependsOn).toEqual(
    expect.arrayContaining([expect.stringMatching(/^VpcPrivateSubnet1DefaultRoute/)]),
  );
});

describe('in isolated subnets', () => {
  const isolatedVpc = (stack: Stack) =>
    new ec2.Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
  const opened = {
    GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('CloudFormation'), 'GroupId'] },
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BlueSecurityGroup'), 'GroupId'] },
    FromPort: 443,
    ToPort: 443,
  };

  test('signals through the endpoint of a ServiceVpc, and starts no server before it exists', () => {
    const stack = siteStack();
    const fleet = fleetOf({ vpc: new ServiceVpc(stack, 'Vpc', { natGateways: 0 }) }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', opened);
    expect(group(fleet).DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^VpcCloudFormation/)]));
  });

  test('signals through an endpoint that the user gives', () => {
    const stack = siteStack();
    const vpc = isolatedVpc(stack);
    const service = ec2.InterfaceVpcEndpointAwsService.CLOUDFORMATION;
    const signalEndpoint = vpc.addInterfaceEndpoint('CloudFormation', { service, open: false });
    const fleet = fleetOf({ vpc, signalEndpoint }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', opened);
    expect(group(fleet).CreationPolicy).toBeDefined();
  });

  test('opens the endpoint of another stack from its own, which closes no circle of stacks', () => {
    const app = new App();
    const network = new Stack(app, 'Network');
    const vpc = new ServiceVpc(network, 'Vpc', { natGateways: 0 });
    const stack = new Stack(app, 'Service');
    new AutoScalingFleet(stack, 'Blue', { vpc, port: 8080 });
    app.synth();
    expect(network.dependencies).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 });
  });

  test('fails when no endpoint leads to CloudFormation', () => {
    const stack = siteStack();
    expect(() => fleetOf({ vpc: isolatedVpc(stack) }, stack)).toThrow(
      /HG3005: 'vpcSubnets' must have a road to CloudFormation .*, got an isolated one \(Site\/Vpc\/PrivateSubnet1\): .*'signalEndpoint'/,
    );
  });

  test('fails in public subnets too, where servers have no public address', () => {
    expect(() => fleetOf({ vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } })).toThrow(/HG3005: .*got a public one/);
  });

  test('needs no endpoint with a launch template, whose servers are not waited for', () => {
    const stack = siteStack();
    const attributes = { launchTemplateName: 'theirs' };
    const launchTemplate = ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Theirs', attributes);
    expect(() => fleetOf({ vpc: isolatedVpc(stack), launchTemplate }, stack)).not.toThrow();
  });

  const ids = { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] };

  test('sees that subnets of an imported VPC are isolated', () => {
    const stack = siteStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { ...ids, isolatedSubnetIds: ['subnet-1'] });
    expect(() => fleetOf({ vpc }, stack)).toThrow(/HG3005: .*an isolated one/);
  });

  test('takes the private subnets of an imported VPC', () => {
    const stack = siteStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      ...ids,
      privateSubnetIds: ['subnet-2'],
      isolatedSubnetIds: ['subnet-1'],
    });
    expect(group(fleetOf({ vpc }, stack)).Properties.VPCZoneIdentifier).toEqual(['subnet-2']);
  });

  test('fails when a VPC has public subnets only', () => {
    const stack = siteStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { ...ids, publicSubnetIds: ['subnet-1'] });
    expect(() => fleetOf({ vpc }, stack)).toThrow(
      "HG3006: 'vpc' must have private or isolated subnets, got one without",
    );
  });
});
