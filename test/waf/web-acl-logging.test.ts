import { App, CfnParameter, type InjectionContext, PropertyInjectors, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { WebAcl, WebAclScope } from '../../lib/waf';

const REGIONAL = { webAclScope: WebAclScope.REGIONAL };
const RETAINED = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

test('every web ACL logs to a log group of its own, for a year', () => {
  const stack = new Stack(new Stage(new App(), 'Prod'), 'Site');
  new WebAcl(stack, 'Firewall', REGIONAL);
  const template = Template.fromStack(stack);
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 365 }, ...RETAINED });
  const [[logicalId, logGroup] = []] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
  const [start, suffix] = logGroup?.Properties.LogGroupName['Fn::Join'][1] ?? [];
  expect(start).toMatch(/^aws-waf-logs-Prod-Site-Firewall-[0-9A-F]{8}-$/);
  expect(JSON.stringify(suffix)).toContain('{"Ref":"AWS::StackId"}');
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    ResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Firewall'), 'Arn'] },
    LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([':log-group:', { Ref: logicalId }])] }],
  });
});

test('the destination ends in the name of the log group, without an asterisk', () => {
  const stack = new Stack();
  new WebAcl(stack, 'Firewall', REGIONAL);
  const [logging] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::LoggingConfiguration'));
  const [destination] = logging?.Properties.LogDestinationConfigs ?? [];
  expect(destination['Fn::Join'][1].at(-1)).toEqual({ Ref: expect.stringMatching(/^FirewallLogs/) });
});

test('the retention is the one that was asked for', () => {
  const stack = new Stack();
  new WebAcl(stack, 'Firewall', { ...REGIONAL, logRetention: logs.RetentionDays.ONE_MONTH });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
});

test('WAF itself permits its log delivery to write', () => {
  const stack = new Stack();
  new WebAcl(stack, 'Firewall', REGIONAL);
  Template.fromStack(stack).resourceCountIs('AWS::Logs::ResourcePolicy', 0);
});

test('a log group that is given takes the logs', () => {
  const stack = new Stack();
  const logGroup = new logs.LogGroup(stack, 'Mine', { logGroupName: 'aws-waf-logs-mine' });
  const webAcl = new WebAcl(stack, 'Firewall', { ...REGIONAL, logGroup });
  expect(webAcl.logGroup).toBe(logGroup);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('^Mine') }])] }],
  });
});

test('a log group whose name is known at deploy only is let through', () => {
  const stack = new Stack();
  const logGroupName = new CfnParameter(stack, 'Name').valueAsString;
  new WebAcl(stack, 'Firewall', { ...REGIONAL, logGroup: new logs.LogGroup(stack, 'Mine', { logGroupName }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: { Ref: 'Name' } });
});

test('a log group that is imported takes the logs', () => {
  const stack = new Stack(new App(), 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
  const arn = 'arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-mine:*';
  new WebAcl(stack, 'Firewall', { ...REGIONAL, logGroup: logs.LogGroup.fromLogGroupArn(stack, 'Mine', arn) });
  const [logging] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::LoggingConfiguration'));
  const [destination] = logging?.Properties.LogDestinationConfigs ?? [];
  expect(destination['Fn::Join'][1].slice(2)).toEqual([
    ':logs:eu-west-1:',
    { Ref: 'AWS::AccountId' },
    ':log-group:aws-waf-logs-mine',
  ]);
});

describe('refusals', () => {
  const stack = new Stack(new App(), 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
  const imported = (arn: string) => logs.LogGroup.fromLogGroupArn(stack, `Imported${arn}`, arn);
  const log = (where: string, name: string) => `arn:aws:logs:${where}:log-group:${name}`;

  test.each<[string, logs.ILogGroup, logs.RetentionDays | undefined, string]>([
    [
      'a log group of another name',
      new logs.LogGroup(stack, 'Named', { logGroupName: 'waf' }),
      undefined,
      "starts with 'aws-waf-logs-', got 'waf'",
    ],
    ['a log group without a name', new logs.LogGroup(stack, 'Unnamed'), undefined, "got 'a generated one'"],
    ['an imported log group of another name', imported(log('eu-west-1:111122223333', 'waf')), undefined, "got 'waf'"],
    [
      'a log group in another Region',
      imported(log('eu-west-2:111122223333', 'aws-waf-logs-a')),
      undefined,
      'in the region of the web ACL, eu-west-1, got one in eu-west-2',
    ],
    [
      'a log group in another account',
      imported(log('eu-west-1:444455556666', 'aws-waf-logs-a')),
      undefined,
      'in the account of the web ACL, 111122223333, got one in 444455556666',
    ],
    [
      'both a log group and a retention',
      imported(log('eu-west-1:111122223333', 'aws-waf-logs-b')),
      logs.RetentionDays.ONE_DAY,
      "'logRetention' must be left out with 'logGroup', got 1",
    ],
  ])('fails with %s', (name, logGroup, logRetention, message) => {
    const build = () => new WebAcl(stack, `Firewall ${name}`, { ...REGIONAL, logGroup, logRetention });
    expect(build).toThrow(expect.objectContaining({ code: 'HG1012', message: expect.stringContaining(message) }));
  });
});

test("a user's property injector changes the props", () => {
  const app = new App();
  PropertyInjectors.of(app).add({
    constructUniqueId: WebAcl.PROPERTY_INJECTION_ID,
    inject: (props: object, _context: InjectionContext) => ({ ...props, logRetention: logs.RetentionDays.TEN_YEARS }),
  });
  const stack = new Stack(app, 'Site');
  new WebAcl(stack, 'Firewall', REGIONAL);
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 3653 });
});
