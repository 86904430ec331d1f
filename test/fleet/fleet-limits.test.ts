import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AutoScalingFleet, type AutoScalingFleetProps } from '../../lib/fleet';

function fleetOf(options: Partial<AutoScalingFleetProps>, stack = new Stack()): AutoScalingFleet {
  return new AutoScalingFleet(stack, 'Blue', { vpc: options.vpc ?? new ec2.Vpc(stack, 'Vpc'), port: 8080, ...options });
}

test.each([0, -1, 65536, 80.5, Number.NaN])('fails when the port is %p', (port) => {
  expect(() => fleetOf({ port })).toThrow(
    `HG3001: 'port' must be an integer from 1 to 65535, got ${port}: give the port that the servers listen on [at Default/Blue]`,
  );
});

test.each([1, 65535])('takes port %i', (port) => {
  expect(() => fleetOf({ port })).not.toThrow();
});

test('takes a port that only the deployment knows, in the user data too', () => {
  const stack = new Stack();
  const port = new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber;
  const [launchTemplate] = Object.values(
    Template.fromStack(Stack.of(fleetOf({ port }, stack))).findResources('AWS::EC2::LaunchTemplate'),
  );
  const pieces = launchTemplate!.Properties.LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'][1];
  expect(pieces.filter((piece: unknown) => typeof piece === 'object')).toEqual([
    { Ref: 'Port' },
    { Ref: 'AWS::Region' },
    { Ref: 'Port' },
    { Ref: 'AWS::Region' },
  ]);
});

test.each([
  [{ minCapacity: -1 }, "HG3002: 'minCapacity' must be an integer from 0 up, got -1"],
  [{ minCapacity: 1.5 }, "HG3002: 'minCapacity' must be an integer from 0 up, got 1.5"],
  [{ minCapacity: 0, maxCapacity: 0 }, "HG3002: 'maxCapacity' must be an integer from 1 up, got 0"],
  [{ maxCapacity: 2.5 }, "HG3002: 'maxCapacity' must be an integer from 1 up, got 2.5"],
  [
    { minCapacity: 3, maxCapacity: 2 },
    "HG3002: 'maxCapacity' must be an integer from 'minCapacity' (3) up, got 2: raise it, or lower 'minCapacity'",
  ],
  [{ maxCapacity: 1 }, "HG3002: 'maxCapacity' must be an integer from 'minCapacity' (2) up, got 1"],
  [{ minCapacity: Token.asNumber({ Ref: 'Min' }) }, "HG3002: 'minCapacity' must be a literal, got a token"],
  [{ maxCapacity: Token.asNumber({ Ref: 'Max' }) }, "HG3002: 'maxCapacity' must be a literal, got a token"],
])('fails when the sizes are %j', (sizes, message) => {
  expect(() => fleetOf(sizes)).toThrow(message);
});

test.each([
  [{ requestsPerTargetPerMinute: 0 }, "'requestsPerTargetPerMinute' must be a number above 0, got 0"],
  [{ requestsPerTargetPerMinute: -5 }, "'requestsPerTargetPerMinute' must be a number above 0, got -5"],
  [{ requestsPerTargetPerMinute: Number.NaN }, "'requestsPerTargetPerMinute' must be a number above 0, got NaN"],
  [
    { requestsPerTargetPerMinute: 60, minCapacity: 2, maxCapacity: 2 },
    "'maxCapacity' must be above 'minCapacity' (2) with 'requestsPerTargetPerMinute', got 2: raise it",
  ],
])('fails when request scaling could not act on %j', (options, message) => {
  expect(() => fleetOf(options)).toThrow(`HG3003: ${message}`);
});

function templateIn(stack: Stack, props: Partial<ec2.LaunchTemplateProps> = {}): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(stack, 'Theirs', {
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    ...props,
  });
}

const imported = (stack: Stack) =>
  ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Theirs', { launchTemplateId: 'lt-0123456789abcdef0' });

test.each<[string, (stack: Stack) => Partial<AutoScalingFleetProps>]>([
  ['instanceType', () => ({ instanceType: new ec2.InstanceType('t4g.nano') })],
  ['machineImage', () => ({ machineImage: ec2.MachineImage.latestAmazonLinux2023() })],
  ['userData', () => ({ userData: ec2.UserData.forLinux() })],
  [
    'signalEndpoint',
    (stack) => ({
      signalEndpoint: ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
        vpcEndpointId: 'vpce-0123456789abcdef0',
        port: 443,
      }),
    }),
  ],
])('fails when a launch template comes with %s', (prop, options) => {
  const stack = new Stack();
  expect(() => fleetOf({ launchTemplate: imported(stack), ...options(stack) }, stack)).toThrow(
    `HG3004: 'launchTemplate' must come without '${prop}', got both`,
  );
});

test('fails when a launch template leaves the balancer no security group to open', () => {
  const stack = new Stack();
  expect(() => fleetOf({ launchTemplate: templateIn(stack) }, stack)).toThrow(
    "HG3004: 'launchTemplate' must have a security group, got one without",
  );
});

test('takes a launch template, uses its security group and role, and waits for no signals', () => {
  const stack = new Stack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const securityGroup = new ec2.SecurityGroup(stack, 'Own', { vpc });
  const launchTemplate = templateIn(stack, { securityGroup });
  const fleet = fleetOf({ launchTemplate, vpc }, stack);
  expect(fleet.launchTemplate).toBe(launchTemplate);
  expect(fleet.connections.securityGroups).toEqual([securityGroup]);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EC2::LaunchTemplate', 1);
  const [group] = Object.values(template.findResources('AWS::AutoScaling::AutoScalingGroup'));
  expect(group!.CreationPolicy).toBeUndefined();
  expect(group!.UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({ PauseTime: 'PT5M', MinInstancesInService: 2 });
  expect(group!.UpdatePolicy.AutoScalingRollingUpdate).not.toHaveProperty('WaitOnResourceSignals');
});

test('puts a fleet of an imported launch template on a balancer, though its security groups are unknown', () => {
  const stack = new Stack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const fleet = fleetOf({ launchTemplate: imported(stack), vpc }, stack);
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Lb', {
    vpc,
  });
  balancer.addListener('Listener', { port: 80, open: false, defaultTargetGroups: [fleet.targetGroup] });
  expect(fleet.connections.securityGroups).toEqual([]);
  expect(fleet.autoScalingGroup).toBeInstanceOf(autoscaling.AutoScalingGroup);
  Template.fromStack(stack).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '$Default' },
  });
  Annotations.fromStack(stack).hasWarning(
    '/Default/Blue',
    Match.stringLikeRegexp('write group.connections.allowFrom.*ec2.Port.tcp.8080'),
  );
});

test('fails when two fleets share one user data', () => {
  const stack = new Stack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const userData = ec2.UserData.forLinux();
  new AutoScalingFleet(stack, 'Blue', { vpc, port: 8080, userData });
  expect(() => new AutoScalingFleet(stack, 'Green', { vpc, port: 8080, userData })).toThrow(
    "HG3008: 'userData' must be of one fleet alone, got one that another fleet has",
  );
});
