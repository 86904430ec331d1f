import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { WebAclScope } from '../web-acl-scope';

/** One rule of a web ACL, but for its place among the others. */
export interface RuleFragment {
  /** The rule's name, unique in the web ACL: also the name of its metric. */
  readonly name: string;
  readonly action: 'allow' | 'block';
  readonly statement: CfnWebACL.StatementProperty;
}

/** Where an access rule is rendered. */
export interface RuleBinding {
  /** What resources that the rule needs are created under. */
  readonly scope: Construct;
  readonly webAclScope: WebAclScope;
  /** The name that the rule has in this web ACL, unique there. */
  readonly name: string;
}

/** What stands behind an `AccessRule`. */
export interface AccessRuleSpec {
  /** What the rule is called in a web ACL that has one of its kind; the second is called by it and a 2. */
  readonly kind: string;
  /** How a user writes the rule, for messages. */
  readonly label: string;
  /** Whether it looks at the client's address, which behind an edge is the edge's (WAF-2). */
  readonly judgesAddress: boolean;
  /** How it stands to requests without a secret: whether it blocks them all, or lets some in; undefined if neither. */
  readonly gate?: 'demands' | 'exempts';
  /** Headers whose values are secrets, in lower case. */
  readonly secretHeaders: string[];
  /** How many rate rules it renders. */
  readonly rateRules: number;
  render(binding: RuleBinding): RuleFragment[];
}
