import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { HeadgateError } from '../../core/errors';
import type { WebAclProps } from '../web-acl';

/** What the name of a log destination must start with (WAF-1). */
const PREFIX = 'aws-waf-logs-';

/** Fails unless WAF can log where the props say. */
export function checkLogging(scope: Construct, props: WebAclProps): void {
  const { logGroup, logRetention } = props;
  if (logGroup === undefined) return;
  if (logRetention !== undefined) {
    throw new HeadgateError(
      'HG1012',
      `'logRetention' must be left out with 'logGroup', got ${logRetention}: set the retention on the log group itself`,
      scope,
    );
  }
  const name = literalName(logGroup);
  if (name !== undefined && !name.startsWith(PREFIX)) {
    throw new HeadgateError(
      'HG1012',
      `'logGroup' must have a name that starts with '${PREFIX}', got '${name}': WAF logs to no other; give the log group such a 'logGroupName'`,
      scope,
    );
  }
  for (const side of ['region', 'account'] as const) {
    const own = Stack.of(scope)[side];
    const other = logGroup.env[side];
    if (!Token.isUnresolved(own) && !Token.isUnresolved(other) && own !== other) {
      throw new HeadgateError(
        'HG1012',
        `'logGroup' must be in the ${side} of the web ACL, ${own}, got one in ${other}: WAF logs to no other; create one beside the web ACL`,
        scope,
      );
    }
  }
}

/**
 * The log group that a web ACL gets when it's given none. Its name ends in a part of the stack's id: it outlives its stack, and would
 * otherwise be in the way of the next stack of that name.
 */
export function createLogGroup(scope: Construct, retention: logs.RetentionDays): logs.LogGroup {
  const path = Names.uniqueResourceName(scope, { maxLength: 128, separator: '-', allowedSpecialCharacters: '-_' });
  const stackUuid = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  return new logs.LogGroup(scope, 'Logs', {
    logGroupName: `${PREFIX}${path}-${Fn.select(0, Fn.split('-', stackUuid))}`,
    retention,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}

/**
 * Sends a web ACL's logs to a log group. There's no resource policy here on purpose: WAF writes the one that its log delivery needs,
 * onto the log group, when logging is enabled (https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html), for
 * which the deploying role needs `logs:PutResourcePolicy`; one of ours would count against the ten that an account has
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html).
 */
export function logTo(scope: Construct, webAcl: CfnWebACL, logGroup: logs.ILogGroup): void {
  new CfnLoggingConfiguration(scope, 'Logging', {
    resourceArn: webAcl.attrArn,
    // WAF wants the ARN without the ':*' that `logGroupArn` ends in.
    logDestinationConfigs: [
      Stack.of(scope).formatArn({
        service: 'logs',
        resource: 'log-group',
        // Not the stack's own, which may be a literal: a template is the same with and without an account.
        account: Aws.ACCOUNT_ID,
        resourceName: logGroup.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  });
}

/** The name as the template will have it: of a log group of the same app only its L1 knows, the L2 has a reference. */
function literalName(logGroup: logs.ILogGroup): string | undefined {
  const l1 = logGroup.node.defaultChild;
  const own = l1 instanceof logs.CfnLogGroup;
  const name = own ? (Stack.of(l1).resolve(l1.logGroupName) ?? 'a generated one') : logGroup.logGroupName;
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}
