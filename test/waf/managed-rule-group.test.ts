import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedRuleGroup, WebAcl, WebAclScope } from '../../lib/waf';

test.each([
  [ManagedRuleGroup.commonRuleSet(), 'AWSManagedRulesCommonRuleSet', false],
  [ManagedRuleGroup.knownBadInputs(), 'AWSManagedRulesKnownBadInputsRuleSet', false],
  [ManagedRuleGroup.ipReputation(), 'AWSManagedRulesAmazonIpReputationList', true],
  [ManagedRuleGroup.sqlInjection(), 'AWSManagedRulesSQLiRuleSet', false],
  [ManagedRuleGroup.linux(), 'AWSManagedRulesLinuxRuleSet', false],
  [ManagedRuleGroup.aws('AWSManagedRulesAnonymousIpList'), 'AWSManagedRulesAnonymousIpList', true],
  [ManagedRuleGroup.aws('AWSManagedRulesPHPRuleSet'), 'AWSManagedRulesPHPRuleSet', false],
  [ManagedRuleGroup.aws('AWSManagedRulesNew', { ipBased: true }), 'AWSManagedRulesNew', true],
])('%p knows whether it judges addresses', (group, name, ipBased) => {
  expect(group).toMatchObject({ name, ipBased });
});

test('rules of a group count instead of blocking, in the version that was asked for', () => {
  const stack = new Stack();
  new WebAcl(stack, 'Firewall', {
    webAclScope: WebAclScope.REGIONAL,
    managedRuleGroups: [
      ManagedRuleGroup.commonRuleSet({ countRules: ['SizeRestrictions_BODY'], version: 'Version_1.4' }),
      ManagedRuleGroup.linux(),
    ],
  });
  const group = (statement: object) => Match.objectLike({ Statement: { ManagedRuleGroupStatement: statement } });
  Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::WebACL', {
    Rules: [
      Match.anyValue(),
      group({
        Version: 'Version_1.4',
        RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
      }),
      group({ Version: Match.absent(), RuleActionOverrides: Match.absent() }),
    ],
  });
});

const configured = ['ACFPRuleSet', 'ATPRuleSet', 'AntiDDoSRuleSet', 'BotControlRuleSet'];
test.each(configured)('fails with AWSManagedRules%s, which needs a configuration', (name) => {
  expect(() => ManagedRuleGroup.aws(`AWSManagedRules${name}`)).toThrow(
    `HG1001: 'name' must be a group that needs no configuration, got 'AWSManagedRules${name}': build that web ACL with CfnWebACL`,
  );
});

test.each<[string, () => ManagedRuleGroup, string]>([
  [
    'a name with blanks',
    () => ManagedRuleGroup.aws('My rules'),
    "'name' must be 1 to 128 letters, digits, hyphens and underscores, got 'My rules'",
  ],
  [
    'a rule name with blanks',
    () => ManagedRuleGroup.linux({ countRules: ['LFI', 'no rule'] }),
    "'countRules' must be names of rules, 1 to 128 letters, digits, hyphens and underscores, got 'no rule'",
  ],
  [
    'too many rules',
    () => ManagedRuleGroup.linux({ countRules: Array(101).fill('LFI') }),
    "'countRules' must have at most 100 rules, got 101",
  ],
  [
    'a version with blanks',
    () => ManagedRuleGroup.linux({ version: 'Version 1' }),
    "'version' must be 1 to 64 letters, digits and any of _#:.-/, got 'Version 1'",
  ],
  [
    'a version of an address list',
    () => ManagedRuleGroup.ipReputation({ version: 'Version_1.0' }),
    "'version' must be left out for 'AWSManagedRulesAmazonIpReputationList', got 'Version_1.0'",
  ],
])('fails with %s', (_name, build, message) => {
  expect(build).toThrow(`HG1001: ${message}`);
});
