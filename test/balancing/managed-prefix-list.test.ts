import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as cr from 'aws-cdk-lib/custom-resources';
import { ManagedPrefixList } from '../../lib/balancing';

const LOOKUP = 'Custom::ManagedPrefixList';
const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';
const IRELAND = { env: { account: '111122223333', region: 'eu-west-1' } };

/** The call that a look-up makes, as JSON or as what CloudFormation joins to JSON. */
function calls(template: Template): string[] {
  return Object.values(template.findResources(LOOKUP)).map(({ Properties: { Create } }) => JSON.stringify(Create));
}

test('asks for a list by its name in the Region of the stack, when it is deployed', () => {
  const stack = new Stack(new App(), 'Stack', IRELAND);
  new ManagedPrefixList(stack, 'List', { prefixListName: 'com.amazonaws.eu-west-1.s3' });
  const [lookup] = Object.values(Template.fromStack(stack).findResources(LOOKUP));
  expect(JSON.parse(lookup!.Properties.Create)).toEqual({
    service: 'EC2',
    action: 'DescribeManagedPrefixLists',
    parameters: { Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.eu-west-1.s3'] }] },
    physicalResourceId: { id: 'com.amazonaws.eu-west-1.s3' },
    outputPaths: ['PrefixLists.0.PrefixListId'],
  });
  expect(lookup!.Properties.Update).toEqual(lookup!.Properties.Create);
  expect(lookup!.Properties).not.toHaveProperty('Delete');
  expect(lookup!.Properties.InstallLatestAwsSdk).toBe(false);
});

test('is a peer of a security group rule', () => {
  const stack = new Stack();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
  const list = ManagedPrefixList.cloudFrontOriginFacing(stack, 'CloudFront');
  group.addIngressRule(list.prefixList, ec2.Port.tcp(443));
  const template = Template.fromStack(stack);
  const [id] = Object.keys(template.findResources(LOOKUP));
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    SourcePrefixListId: { 'Fn::GetAtt': [id, 'PrefixLists.0.PrefixListId'] },
    FromPort: 443,
    ToPort: 443,
  });
});

test("knows CloudFront's list, which has one name everywhere", () => {
  const stack = new Stack();
  ManagedPrefixList.cloudFrontOriginFacing(stack, 'List');
  expect(calls(Template.fromStack(stack))[0]).toContain(CLOUDFRONT);
});

test("knows the checkers' list, whose name has the Region in it", () => {
  const stack = new Stack(new App(), 'Stack', IRELAND);
  ManagedPrefixList.route53HealthChecks(stack, 'List');
  expect(calls(Template.fromStack(stack))[0]).toContain('com.amazonaws.eu-west-1.route53-healthchecks');
});

test('takes the Region from CloudFormation in a stack without one, and looks nothing up at synth', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  ManagedPrefixList.route53HealthChecks(stack, 'List');
  const [lookup] = Object.values(Template.fromStack(stack).findResources(LOOKUP));
  const [, parts] = lookup!.Properties.Create['Fn::Join'];
  expect(parts.filter((part: unknown) => typeof part !== 'string')).toEqual([
    { Ref: 'AWS::Region' },
    { Ref: 'AWS::Region' },
  ]);
  expect(parts.join('')).toContain('com.amazonaws.');
  expect(app.synth().manifest.missing).toBeUndefined();
});

test('all lists of a stack share one function, which may describe prefix lists and write its own log', () => {
  const stack = new Stack();
  ManagedPrefixList.cloudFrontOriginFacing(stack, 'CloudFront');
  ManagedPrefixList.route53HealthChecks(stack, 'Checkers');
  const template = Template.fromStack(stack);
  template.resourceCountIs(LOOKUP, 2);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.resourceCountIs('AWS::IAM::Role', 1);
  const statements = [
    ...Object.values(template.findResources('AWS::IAM::Policy')),
    ...Object.values(template.findResources('AWS::IAM::ManagedPolicy')),
  ].flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(
    new Set(['ec2:DescribeManagedPrefixLists', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  );
  const [log] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  expect(statements.find(({ Action }) => Action.includes('logs:PutLogEvents')).Resource).toEqual({
    'Fn::GetAtt': [log, 'Arn'],
  });
});

test('may describe prefix lists too when another custom resource of the stack made the shared function first', () => {
  const stack = new Stack();
  new cr.AwsCustomResource(stack, 'Other', {
    onUpdate: { service: 'SSM', action: 'GetParameter', physicalResourceId: cr.PhysicalResourceId.of('other') },
    installLatestAwsSdk: false,
    policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
  ManagedPrefixList.cloudFrontOriginFacing(stack, 'List');
  const template = Template.fromStack(stack);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  const role = handler!.Properties.Role['Fn::GetAtt'][0];
  const allowed = Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: role }] } }));
  expect(allowed.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toContainEqual(
    expect.objectContaining({ Action: 'ec2:DescribeManagedPrefixLists', Effect: 'Allow', Resource: '*' }),
  );
  template.hasResource(LOOKUP, { DependsOn: Match.anyValue() });
});
