import {
  App,
  aws_elasticloadbalancingv2 as elbv2,
  type IPropertyInjector,
  PropertyInjectors,
  Stack,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { Algorithm, Stickiness } from '../../lib/balancing';
import { DEFAULT_METADATA } from '../../lib/core/private/defaults';
import { AutoScalingFleet, type AutoScalingFleetProps } from '../../lib/fleet';

type Options = Omit<AutoScalingFleetProps, 'vpc' | 'port'>;

function fleetOf(options: Options = {}, stack = new Stack()): AutoScalingFleet {
  return new AutoScalingFleet(stack, 'Blue', { vpc: new ec2.Vpc(stack, 'Vpc'), port: 8080, ...options });
}

const templateOf = (fleet: AutoScalingFleet) => Template.fromStack(Stack.of(fleet));

function launchData(fleet: AutoScalingFleet) {
  const [launchTemplate] = Object.values(templateOf(fleet).findResources('AWS::EC2::LaunchTemplate'));
  return launchTemplate!.Properties.LaunchTemplateData;
}

function group(fleet: AutoScalingFleet) {
  const [resource] = Object.values(templateOf(fleet).findResources('AWS::AutoScaling::AutoScalingGroup'));
  return resource!;
}

function chosenDefaults(fleet: AutoScalingFleet): Record<string, string> {
  const entries = fleet.node.metadata.filter(({ type }) => type === DEFAULT_METADATA).map(({ data }) => data);
  return Object.fromEntries(entries.map(({ prop, value }) => [prop, value]));
}

test('keeps the construct ids that live fleets hang on', () => {
  const ids = fleetOf({ requestsPerTargetPerMinute: 60 }).node.children.map(({ node }) => node.id);
  expect(ids.sort()).toEqual([
    'AutoScalingGroup',
    'LaunchTemplate',
    'RequestScaling',
    'Role',
    'SecurityGroup',
    'TargetGroup',
  ]);
});

test('launches locked-down servers whose image is resolved when they start', () => {
  const data = launchData(fleetOf());
  expect(data).toMatchObject({
    ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    InstanceType: 't4g.small',
    MetadataOptions: { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1, HttpTokens: 'required' },
    Monitoring: { Enabled: true },
  });
  expect(data.NetworkInterfaces).toEqual([
    {
      AssociatePublicIpAddress: false,
      DeviceIndex: 0,
      Groups: [{ 'Fn::GetAtt': [expect.stringMatching(/^BlueSecurityGroup/), 'GroupId'] }],
    },
  ]);
  expect(data.BlockDeviceMappings).toEqual([
    {
      DeviceName: '/dev/xvda',
      Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 8, VolumeType: 'gp3' },
    },
  ]);
});

test('takes the image of the architecture of the instance type', () => {
  const data = launchData(fleetOf({ instanceType: new ec2.InstanceType('c7i.large') }));
  expect(data.InstanceType).toBe('c7i.large');
  expect(data.ImageId).toMatch(/al2023-ami-kernel-default-x86_64$/);
});

test('keeps the size of the disk of an image that the user brings', () => {
  const machineImage = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
  const fleet = fleetOf({ machineImage }, new Stack(undefined, 'Site', { env: { region: 'eu-west-1' } }));
  const data = launchData(fleet);
  expect(data.ImageId).toBe('ami-0123456789abcdef0');
  expect(data.BlockDeviceMappings[0].Ebs).toEqual({ DeleteOnTermination: true, Encrypted: true, VolumeType: 'gp3' });
});

test('gives the servers a role that may signal and nothing else', () => {
  const template = templateOf(fleetOf());
  template.resourcePropertiesCountIs('AWS::IAM::Role', { ManagedPolicyArns: Match.anyValue() }, 0);
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
    { Action: 'cloudformation:SignalResource', Effect: 'Allow', Resource: { Ref: 'AWS::StackId' } },
  ]);
});

test('runs the group with balancer checks, all metrics and no desired capacity', () => {
  const { Properties } = group(fleetOf());
  expect(Properties).toMatchObject({
    MinSize: '2',
    MaxSize: '6',
    HealthCheckType: 'ELB',
    HealthCheckGracePeriod: 600,
    DefaultInstanceWarmup: 120,
    MetricsCollection: [{ Granularity: '1Minute' }],
    TargetGroupARNs: [{ Ref: expect.stringMatching(/^BlueTargetGroup/) }],
  });
  expect(Properties).not.toHaveProperty('DesiredCapacity');
  expect(Properties).not.toHaveProperty('LaunchConfigurationName');
});

test.each([
  // min, max, kept in service, batch
  [2, 6, 2, 1],
  [9, 27, 9, 3],
  [12, 13, 12, 1],
  [1, 2, 1, 1],
  [1, 1, 0, 1],
  [6, 6, 5, 1],
  [0, 1, 0, 1],
])('keeps the floor of a fleet of %i to %i: %i servers in service, %i at a time', (min, max, kept, batch) => {
  const { UpdatePolicy } = group(fleetOf({ minCapacity: min, maxCapacity: max }));
  expect(UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({ MinInstancesInService: kept, MaxBatchSize: batch });
});

test('takes three times the floor, and at least one, as the ceiling', () => {
  expect(group(fleetOf({ minCapacity: 5 })).Properties).toMatchObject({ MinSize: '5', MaxSize: '15' });
  expect(group(fleetOf({ minCapacity: 0 })).Properties).toMatchObject({ MinSize: '0', MaxSize: '1' });
});

test('registers the servers in a group that is checked every 5 seconds', () => {
  templateOf(fleetOf()).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Port: 8080,
    Protocol: 'HTTP',
    TargetType: 'instance',
    HealthCheckPath: '/ready',
    HealthCheckIntervalSeconds: 5,
  });
});

test('hands algorithm, stickiness and health check to the target group', () => {
  const fleet = fleetOf({
    algorithm: Algorithm.leastOutstandingRequests(),
    stickiness: Stickiness.loadBalancerCookie(),
    healthCheck: { path: '/health' },
  });
  templateOf(fleet).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    HealthCheckPath: '/health',
    TargetGroupAttributes: Match.arrayWith([
      { Key: 'stickiness.enabled', Value: 'true' },
      { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
    ]),
  });
});

test('is weighted, connectable and grantable', () => {
  const fleet = fleetOf();
  expect(fleet.weighted(90)).toEqual({ targetGroup: fleet.targetGroup, weight: 90 });
  expect(() => fleet.weighted(1000)).toThrow(/'weight' must be an integer from 0 to 999, got 1000/);
  fleet.connections.allowFrom(ec2.Peer.ipv4('198.51.100.0/24'), ec2.Port.tcp(9000));
  iam.Grant.addToPrincipal({ grantee: fleet, actions: ['sqs:SendMessage'], resourceArns: ['arn:aws:sqs:::jobs'] });
  const template = templateOf(fleet);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: [Match.objectLike({ CidrIp: '198.51.100.0/24', FromPort: 9000 })],
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'sqs:SendMessage' })]) },
  });
});

test('lets in the balancer that it is put on, on its port alone', () => {
  const fleet = fleetOf();
  const stack = Stack.of(fleet);
  const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
  balancer.addListener('Listener', { port: 80, open: false, defaultTargetGroups: [fleet.targetGroup] });
  templateOf(fleet).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BlueSecurityGroup'), 'GroupId'] },
    FromPort: 8080,
    ToPort: 8080,
  });
});

test('says which defaults it chose, and nothing of what was given', () => {
  expect(chosenDefaults(fleetOf())).toEqual({
    instanceType: 't4g.small',
    machineImage: 'Amazon Linux 2023 (arm64), the newest whenever a server starts',
    minCapacity: '2',
    maxCapacity: '6',
    requestsPerTargetPerMinute: 'no request scaling',
  });
  const given = { minCapacity: 3, maxCapacity: 4, requestsPerTargetPerMinute: 60 };
  const launch = {
    instanceType: new ec2.InstanceType('t4g.micro'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  };
  expect(chosenDefaults(fleetOf({ ...given, ...launch }))).toEqual({});
});

test('is the same whatever the feature flags say', () => {
  const templates = [{}, CURRENTLY_RECOMMENDED_FLAGS].map((context) =>
    templateOf(fleetOf({}, new Stack(new App({ context }), 'Site'))).toJSON(),
  );
  const ours = templates.map(({ Resources }) =>
    Object.fromEntries(Object.entries(Resources).filter(([id]) => id.startsWith('Blue'))),
  );
  expect(ours[1]).toEqual(ours[0]);
});

test('takes the props of an injector that is registered for it', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: AutoScalingFleet.PROPERTY_INJECTION_ID,
    inject: (props) => ({ ...props, minCapacity: 4 }),
  };
  const stack = new Stack();
  PropertyInjectors.of(stack).add(injector);
  expect(group(fleetOf({}, stack)).Properties.MinSize).toBe('4');
});
