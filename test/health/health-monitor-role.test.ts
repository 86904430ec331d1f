import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { HealthMonitor, HealthProbe } from '../../lib/health';

const probes = [HealthProbe.https({ host: 'shop.example.com', allowPrivateAddresses: true })];
const OWN_LOGS = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MonitorLogs'), 'Arn'] },
};

test('the function may write to its own log group and nothing else', () => {
  const stack = new Stack();
  new HealthMonitor(stack, 'Monitor', { serviceName: 'shop', probes });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: [OWN_LOGS] } });
  template.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [{ Ref: Match.stringLikeRegexp('^MonitorPolicy') }],
    Policies: Match.absent(),
    AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MonitorRole'), 'Arn'] },
  });
});

test('in a VPC the role also lets Lambda manage network interfaces, and the targets vouch for one another', () => {
  const stack = new Stack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  new HealthMonitor(stack, 'Monitor', { serviceName: 'shop', probes, vpc });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        OWN_LOGS,
        {
          Effect: 'Allow',
          Action: [
            'ec2:AssignPrivateIpAddresses',
            'ec2:CreateNetworkInterface',
            'ec2:DeleteNetworkInterface',
            'ec2:DescribeNetworkInterfaces',
            'ec2:DescribeSubnets',
            'ec2:UnassignPrivateIpAddresses',
          ],
          Resource: '*',
        },
      ],
    },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    VpcConfig: { SubnetIds: Match.arrayWith([{ Ref: Match.stringLikeRegexp('^VpcPrivateSubnet') }]) },
    Environment: { Variables: { HEADGATE_MONITOR: Match.objectLike({}) } },
  });
  expect(JSON.stringify(template.toJSON())).not.toContain('sts.');
});

test('it stands in the subnets that are asked for', () => {
  const stack = new Stack();
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    subnetConfiguration: [{ name: 'Inner', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  new HealthMonitor(stack, 'Monitor', {
    serviceName: 'shop',
    probes,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    VpcConfig: { SubnetIds: Match.arrayWith([{ Ref: Match.stringLikeRegexp('^VpcInnerSubnet') }]) },
  });
});

test('it can be granted more', () => {
  const stack = new Stack();
  const monitor = new HealthMonitor(stack, 'Monitor', { serviceName: 'shop', probes });
  new s3.Bucket(stack, 'Evidence').grantPut(monitor);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['s3:PutObject']) })] },
    Roles: [{ Ref: Match.stringLikeRegexp('^MonitorRole') }],
  });
});
