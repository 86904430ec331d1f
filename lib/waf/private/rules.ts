import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { AccessRule } from '../access-rule';
import type { ManagedRuleGroup } from '../managed-rule-group';
import type { RateLimit } from '../rate-limit';
import type { WebAclScope } from '../web-acl-scope';
import type { RuleFragment } from './rule-fragment';

/** What a web ACL is made of, in the order in which WAF runs it. */
export interface WebAclParts {
  readonly accessRules: AccessRule[];
  readonly rateLimit: RateLimit;
  readonly managedRuleGroups: ManagedRuleGroup[];
}

/**
 * The rules of a web ACL: access rules as given, then the rate limit, then managed groups (WAF-2). Priorities follow from the order:
 * WAF changes all rules of a web ACL at once, so that a moved priority meets no other.
 */
export function renderRules(scope: Construct, webAclScope: WebAclScope, parts: WebAclParts): CfnWebACL.RuleProperty[] {
  const own = [...renderAccessRules(scope, webAclScope, parts.accessRules), ...parts.rateLimit._rules];
  return [
    ...own.map((rule, index) => ({
      name: rule.name,
      priority: index,
      action: rule.action === 'allow' ? { allow: {} } : { block: {} },
      statement: rule.statement,
      visibilityConfig: visibility(rule.name),
    })),
    ...parts.managedRuleGroups.map((group, index) => ({
      name: group.name,
      priority: own.length + index,
      overrideAction: { none: {} },
      statement: group._statement(),
      visibilityConfig: visibility(group.name),
    })),
  ];
}

/** Metrics and sampled requests of a rule or a web ACL. */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** Headers by which clients prove who they are. */
const CREDENTIAL_HEADERS = ['authorization', 'cookie'];

/**
 * Hides the headers that carry credentials of clients, and secrets, from logs, match details and sampled requests alike: redaction would
 * leave samples readable (WAF-2).
 */
export function protectHeaders(accessRules: AccessRule[]): CfnWebACL.DataProtectionConfigProperty {
  const fieldKeys = [...new Set([...CREDENTIAL_HEADERS, ...accessRules.flatMap((rule) => rule._spec.secretHeaders)])];
  return {
    dataProtections: [
      {
        field: { fieldType: 'SINGLE_HEADER', fieldKeys },
        action: 'SUBSTITUTION',
        excludeRateBasedDetails: false,
        excludeRuleMatchDetails: false,
      },
    ],
  };
}

/** Names count rules of one kind, so that a rule of another kind can come and go without renaming any. */
function renderAccessRules(scope: Construct, webAclScope: WebAclScope, accessRules: AccessRule[]): RuleFragment[] {
  const seen = new Map<string, number>();
  return accessRules.flatMap(({ _spec }) => {
    const count = (seen.get(_spec.kind) ?? 0) + 1;
    seen.set(_spec.kind, count);
    return _spec.render({ scope, webAclScope, name: count === 1 ? _spec.kind : `${_spec.kind}${count}` });
  });
}
