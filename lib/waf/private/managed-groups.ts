import { Token } from 'aws-cdk-lib';
import { HeadgateError } from '../../core/errors';

/** Groups that look at nothing but the address a request comes from (IP reputation rule groups, AWS WAF Developer Guide). */
export const IP_BASED_GROUPS = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesAnonymousIpList'];

/** Groups that demand a configuration of their own (ManagedRuleGroupConfigs in the WAFV2 API reference). */
const CONFIGURED_GROUPS = [
  'AWSManagedRulesACFPRuleSet',
  'AWSManagedRulesATPRuleSet',
  'AWSManagedRulesAntiDDoSRuleSet',
  'AWSManagedRulesBotControlRuleSet',
];

const NAME = /^[\w-]{1,128}$/;
const VERSION = /^[\w#:.\-/]{1,64}$/;
const MAX_COUNT_RULES = 100;

/** Fails when WAF would refuse a reference to this group. */
export function checkManagedGroup(name: string, countRules: string[], version?: string): void {
  checkName(name);
  checkCountRules(countRules);
  if (version === undefined || Token.isUnresolved(version)) return;
  if (IP_BASED_GROUPS.includes(name)) {
    throw new HeadgateError(
      'HG1001',
      `'version' must be left out for '${name}', got '${version}': AWS publishes no versions of its address lists`,
    );
  }
  if (!VERSION.test(version)) {
    throw new HeadgateError(
      'HG1001',
      `'version' must be 1 to 64 letters, digits and any of _#:.-/, got '${version}': copy one that 'aws wafv2 list-available-managed-rule-group-versions' prints`,
    );
  }
}

function checkName(name: string): void {
  if (Token.isUnresolved(name) || !NAME.test(name)) {
    throw new HeadgateError(
      'HG1001',
      `'name' must be 1 to 128 letters, digits, hyphens and underscores, got '${name}': give the name of a group of AWS, such as 'AWSManagedRulesPHPRuleSet'`,
    );
  }
  if (CONFIGURED_GROUPS.includes(name)) {
    throw new HeadgateError(
      'HG1001',
      `'name' must be a group that needs no configuration, got '${name}': build that web ACL with CfnWebACL and pass it on by WebAcl.fromWebAclArn`,
    );
  }
}

function checkCountRules(countRules: string[]): void {
  if (countRules.length > MAX_COUNT_RULES) {
    throw new HeadgateError(
      'HG1001',
      `'countRules' must have at most ${MAX_COUNT_RULES} rules, got ${countRules.length}: leave the group out instead`,
    );
  }
  const bad = countRules.find((rule) => !Token.isUnresolved(rule) && !NAME.test(rule));
  if (bad !== undefined) {
    throw new HeadgateError(
      'HG1001',
      `'countRules' must be names of rules, 1 to 128 letters, digits, hyphens and underscores, got '${bad}': copy the name from the group's page, capitals included, since WAF ignores one that it doesn't know`,
    );
  }
}
