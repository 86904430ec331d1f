import { type IResource, Names, Resource, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { HeadgateError } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import type { AccessRule } from './access-rule';
import { ManagedRuleGroup } from './managed-rule-group';
import { checkWebAcl } from './private/checks';
import { checkLogging, createLogGroup, logTo } from './private/logging';
import { protectHeaders, renderRules, visibility } from './private/rules';
import { RateLimit } from './rate-limit';
import { WebAclScope } from './web-acl-scope';

/** A web ACL, built here or elsewhere. */
export interface IWebAcl extends IResource {
  /**
   * The web ACL's ARN, which a distribution takes as its `webAclId`.
   *
   * @attribute
   */
  readonly webAclArn: string;
}

/** Properties of a `WebAcl`. */
export interface WebAclProps {
  /** Whether the web ACL stands in front of distributions or of balancers. Changing it replaces the web ACL. */
  readonly webAclScope: WebAclScope;

  /**
   * Rules that run first, in this order.
   *
   * @default - nobody is let in or kept out by a rule of yours
   */
  readonly accessRules?: AccessRule[];

  /**
   * How many requests one address may send. Runs after the access rules. A web ACL has at most 10 rate rules, of which every
   * `AccessRule.probe()` is one.
   *
   * @default RateLimit.perIp(2000), and RateLimit.none() with `behindEdge`
   */
  readonly rateLimit?: RateLimit;

  /**
   * Rules that AWS maintains, each group once. They run last, in this order. Rules that need more than 1,500 capacity units together
   * cost extra.
   *
   * @default - ipReputation(), commonRuleSet() and knownBadInputs(); with `behindEdge` the last one, since the edge's web ACL has the
   * others. The common rule set blocks bodies over 8 KB: `commonRuleSet({ countRules: ['SizeRestrictions_BODY'] })` lets them through
   */
  readonly managedRuleGroups?: ManagedRuleGroup[];

  /**
   * Whether clients reach the balancer through an edge such as CloudFront, whose addresses a regional web ACL then sees instead of
   * theirs. Rules that judge addresses or countries are then refused: they belong on the web ACL of the edge.
   *
   * @default false
   */
  readonly behindEdge?: boolean;

  /**
   * How long logs are kept in the log group that the web ACL creates.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Where requests are logged: a log group in the web ACL's Region and account whose name starts with `aws-waf-logs-`.
   *
   * @default - a log group of its own, kept when the stack goes
   */
  readonly logGroup?: logs.ILogGroup;
}

const DEFAULT_REQUESTS_PER_WINDOW = 2000;

/**
 * A firewall in front of distributions or balancers: access rules, then a rate limit, then AWS's managed rules; what none of them blocks
 * is let in. Every request is logged, without the values of `authorization`, `cookie`, and headers that carry secrets.
 *
 * WAF itself permits its log delivery to write to the log group, with the permissions of whoever deploys.
 */
export class WebAcl extends Resource implements IWebAcl {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.waf.WebAcl';

  /** A web ACL that was built elsewhere. */
  public static fromWebAclArn(scope: Construct, id: string, webAclArn: string): IWebAcl {
    class Import extends Resource implements IWebAcl {
      public readonly webAclArn = webAclArn;
    }
    return new Import(scope, id, { environmentFromArn: webAclArn });
  }

  public readonly webAclArn: string;

  /** Whether the web ACL stands in front of distributions or of balancers. */
  public readonly webAclScope: WebAclScope;

  /** Where requests are logged. */
  public readonly logGroup: logs.ILogGroup;

  private readonly metricName: string;

  public constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const given = injected(WebAcl.PROPERTY_INJECTION_ID, scope, id, props);
    checkWebAcl(this, given);
    checkLogging(this, given);
    const parts = {
      accessRules: given.accessRules ?? [],
      rateLimit: given.rateLimit ?? defaultRateLimit(given),
      managedRuleGroups: given.managedRuleGroups ?? defaultManagedRuleGroups(given),
    };
    this.webAclScope = given.webAclScope;
    this.metricName = Names.uniqueResourceName(this, {
      maxLength: 128,
      separator: '-',
      allowedSpecialCharacters: '-_',
    });
    const resource = new CfnWebACL(this, 'Resource', {
      scope: given.webAclScope,
      defaultAction: { allow: {} },
      rules: renderRules(this, given.webAclScope, parts),
      dataProtectionConfig: protectHeaders(parts.accessRules),
      visibilityConfig: visibility(this.metricName),
    });
    this.webAclArn = resource.attrArn;
    this.logGroup = given.logGroup ?? createLogGroup(this, given.logRetention ?? logs.RetentionDays.ONE_YEAR);
    logTo(this, resource, this.logGroup);
    this.recordDefaults(given);
  }

  /**
   * Puts the web ACL in front of a balancer of its own Region. A balancer has one web ACL: another one that it had is taken off.
   * Fails on a web ACL for distributions.
   */
  public associate(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    if (this.webAclScope === WebAclScope.CLOUDFRONT) {
      throw new HeadgateError(
        'HG1013',
        'a web ACL with WebAclScope.CLOUDFRONT can not be associated: a distribution takes it by webAclId; use WebAclScope.REGIONAL for a balancer',
        this,
      );
    }
    const region = loadBalancer.env.region;
    const own = Stack.of(this).region;
    if (!Token.isUnresolved(region) && !Token.isUnresolved(own) && region !== own) {
      throw new HeadgateError(
        'HG1013',
        `'loadBalancer' must be in the Region of the web ACL, ${own}, got one in ${region}: build a web ACL beside each balancer`,
        this,
      );
    }
    const id = `Association-${this.relativePath(loadBalancer)}`;
    if (this.node.tryFindChild(id)) {
      throw new HeadgateError(
        'HG1013',
        `'loadBalancer' must be associated once, got ${loadBalancer.node.path} again: remove one of the calls`,
        this,
      );
    }
    new CfnWebACLAssociation(this, id, { webAclArn: this.webAclArn, resourceArn: loadBalancer.loadBalancerArn });
  }

  /**
   * How many requests the web ACL blocked.
   *
   * @default - sum over 5 minutes
   */
  public metricBlockedRequests(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('BlockedRequests', props);
  }

  /**
   * How many requests the web ACL let in.
   *
   * @default - sum over 5 minutes
   */
  public metricAllowedRequests(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('AllowedRequests', props);
  }

  /**
   * A web ACL's metrics are found by its metric name, and but for distributions by the Region, too
   * (https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html).
   */
  private metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const dimensions = { WebACL: this.metricName, Rule: 'ALL' };
    const regional = this.webAclScope === WebAclScope.REGIONAL;
    return new cloudwatch.Metric({
      namespace: 'AWS/WAFV2',
      metricName,
      dimensionsMap: regional ? { ...dimensions, Region: Stack.of(this).region } : dimensions,
      statistic: cloudwatch.Stats.SUM,
      ...props,
    }).attachTo(this);
  }

  /** What tells two balancers of one id apart, in this stack and in others, and is the same in every stage. */
  private relativePath(loadBalancer: elbv2.IApplicationLoadBalancer): string {
    const path = Names.stackRelativeConstructPath(loadBalancer).split('/');
    const stack = Stack.of(loadBalancer);
    return (stack === Stack.of(this) ? path : [stack.node.id, ...path]).join('-');
  }

  private recordDefaults(given: WebAclProps): void {
    recordDefault(this, given.managedRuleGroups, {
      prop: 'managedRuleGroups',
      value: defaultManagedRuleGroups(given)
        .map((group) => group.name)
        .join(', '),
      why: given.behindEdge ? 'the edge has judged the rest' : 'what most web applications need',
    });
    recordDefault(this, given.rateLimit, {
      prop: 'rateLimit',
      value: given.behindEdge ? 'none' : `${DEFAULT_REQUESTS_PER_WINDOW} requests from one address in 300 seconds`,
      why: given.behindEdge ? 'a limit would count the addresses of the edge' : 'one client can not flood the service',
    });
  }
}

function defaultRateLimit(props: WebAclProps): RateLimit {
  return props.behindEdge ? RateLimit.none() : RateLimit.perIp(DEFAULT_REQUESTS_PER_WINDOW);
}

function defaultManagedRuleGroups(props: WebAclProps): ManagedRuleGroup[] {
  const knownBadInputs = ManagedRuleGroup.knownBadInputs();
  if (props.behindEdge) return [knownBadInputs];
  return [ManagedRuleGroup.ipReputation(), ManagedRuleGroup.commonRuleSet(), knownBadInputs];
}
