import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { checkManagedGroup, IP_BASED_GROUPS } from './private/managed-groups';

/** How a managed rule group is used. */
export interface ManagedRuleGroupOptions {
  /**
   * Rules of the group that count what they match instead of blocking it: for trying a group out, or for a rule that hits your own
   * clients. Up to 100 names, capitals included; WAF ignores a name that the group doesn't have.
   *
   * @default - every rule acts as AWS published it
   */
  readonly countRules?: string[];

  /**
   * The version of the group, such as `Version_1.4`. The address lists have no versions.
   *
   * @default - the version that AWS recommends, which changes over time
   */
  readonly version?: string;
}

/** How a managed rule group that has no factory of its own is used. */
export interface AwsManagedRuleGroupOptions extends ManagedRuleGroupOptions {
  /**
   * Whether the group judges the client's address, so that it can't stand behind an edge.
   *
   * @default - true for AWS's two address lists, false for other groups
   */
  readonly ipBased?: boolean;
}

/**
 * Rules that AWS writes and keeps up to date.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export class ManagedRuleGroup {
  /** What most web applications need, after OWASP. 700 of the 1,500 capacity units in the base price. */
  public static commonRuleSet(options: ManagedRuleGroupOptions = {}): ManagedRuleGroup {
    return ManagedRuleGroup.aws('AWSManagedRulesCommonRuleSet', options);
  }

  /** Requests that are known to exploit vulnerabilities, such as Log4Shell. 200 capacity units. */
  public static knownBadInputs(options: ManagedRuleGroupOptions = {}): ManagedRuleGroup {
    return ManagedRuleGroup.aws('AWSManagedRulesKnownBadInputsRuleSet', options);
  }

  /** Addresses that AWS knows to be malicious. 25 capacity units. It can't stand behind an edge. */
  public static ipReputation(options: ManagedRuleGroupOptions = {}): ManagedRuleGroup {
    return ManagedRuleGroup.aws('AWSManagedRulesAmazonIpReputationList', options);
  }

  /** SQL injection. 200 capacity units. */
  public static sqlInjection(options: ManagedRuleGroupOptions = {}): ManagedRuleGroup {
    return ManagedRuleGroup.aws('AWSManagedRulesSQLiRuleSet', options);
  }

  /** Attacks on Linux, such as local file inclusion. 200 capacity units. */
  public static linux(options: ManagedRuleGroupOptions = {}): ManagedRuleGroup {
    return ManagedRuleGroup.aws('AWSManagedRulesLinuxRuleSet', options);
  }

  /**
   * Any managed rule group of AWS that needs no configuration: bot control, account protection and anti-DDoS do need one.
   *
   * @param name the group's name, such as `AWSManagedRulesPHPRuleSet`
   * @param options how it is used
   */
  public static aws(name: string, options: AwsManagedRuleGroupOptions = {}): ManagedRuleGroup {
    const countRules = options.countRules ?? [];
    checkManagedGroup(name, countRules, options.version);
    const ipBased = options.ipBased ?? IP_BASED_GROUPS.includes(name);
    return new ManagedRuleGroup(name, ipBased, countRules, options.version);
  }

  /** The group's name, which is also the name of its rule in a web ACL. */
  public readonly name: string;

  /** Whether the group judges the address that a request comes from. Behind an edge that is the edge's address. */
  public readonly ipBased: boolean;

  private constructor(
    name: string,
    ipBased: boolean,
    private readonly countRules: string[],
    private readonly version?: string,
  ) {
    this.name = name;
    this.ipBased = ipBased;
  }

  /** @internal */
  public _statement(): CfnWebACL.StatementProperty {
    return {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: this.name,
        version: this.version,
        ruleActionOverrides:
          this.countRules.length === 0
            ? undefined
            : this.countRules.map((name) => ({ name, actionToUse: { count: {} } })),
      },
    };
  }
}
