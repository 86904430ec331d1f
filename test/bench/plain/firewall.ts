import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface WebAclProps {
  readonly scope: 'CLOUDFRONT' | 'REGIONAL';
  readonly rules: wafv2.CfnWebACL.RuleProperty[];
  /** Headers that are kept out of logs, beside those by which clients prove who they are. */
  readonly protectedHeaders: string[];
}

/** A firewall that logs every request. */
export class WebAcl extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const name = Names.uniqueResourceName(this, { maxLength: 128, separator: '-', allowedSpecialCharacters: '-_' });
    const webAcl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: props.scope,
      defaultAction: { allow: {} },
      rules: props.rules,
      dataProtectionConfig: {
        dataProtections: [
          {
            field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization', 'cookie', ...props.protectedHeaders] },
            action: 'SUBSTITUTION',
            excludeRateBasedDetails: false,
            excludeRuleMatchDetails: false,
          },
        ],
      },
      visibilityConfig: visibility(name),
    });
    this.arn = webAcl.attrArn;
    // It outlives the stack, and must not be in the way of the next one.
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const logGroup = new logs.LogGroup(this, 'Logs', {
      logGroupName: `aws-waf-logs-${name}-${Fn.select(0, Fn.split('-', stackUuid))}`,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.arn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logGroup.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    });
  }
}

/** The rules of a balancer behind the edge: the checkers' one request is let in, and else only who knows a secret. */
export function siteRules(
  host: string,
  path: string,
  header: string,
  secrets: string[],
): wafv2.CfnWebACL.RuleProperty[] {
  const probe = {
    andStatement: {
      statements: [
        exactly({ method: {} }, 'GET'),
        exactly({ singleHeader: { Name: 'host' } }, host, 'LOWERCASE'),
        exactly({ uriPath: {} }, path),
      ],
    },
  };
  const knowsASecret = {
    orStatement: { statements: secrets.map((secret) => exactly({ singleHeader: { Name: header } }, secret)) },
  };
  return [
    rateLimit('ProbeLimit', 0, 300, probe),
    { name: 'Probe', priority: 1, action: { allow: {} }, statement: probe, visibilityConfig: visibility('Probe') },
    {
      name: 'RequireHeader',
      priority: 2,
      action: { block: {} },
      statement: { notStatement: { statement: knowsASecret } },
      visibilityConfig: visibility('RequireHeader'),
    },
    ...managedGroups(3, ['AWSManagedRulesKnownBadInputsRuleSet']),
  ];
}

/** Blocks an address that sends more in five minutes. */
export function rateLimit(
  name: string,
  priority: number,
  limit: number,
  scopeDownStatement?: wafv2.CfnWebACL.StatementProperty,
): wafv2.CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: { block: {} },
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 300, scopeDownStatement } },
    visibilityConfig: visibility(name),
  };
}

/** Groups of rules that AWS maintains. */
export function managedGroups(firstPriority: number, names: string[]): wafv2.CfnWebACL.RuleProperty[] {
  return names.map((name, index) => ({
    name,
    priority: firstPriority + index,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
    visibilityConfig: visibility(name),
  }));
}

function exactly(
  fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty,
  searchString: string,
  type = 'NONE',
): wafv2.CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch,
      positionalConstraint: 'EXACTLY',
      searchString,
      textTransformations: [{ priority: 0, type }],
    },
  };
}

function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
