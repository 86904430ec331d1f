import { Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../../core/errors';

type Redirect = elbv2.CfnListenerRule.RedirectConfigProperty;
type FixedResponse = elbv2.CfnListenerRule.FixedResponseConfigProperty;

const MAX_BODY = 1024;
const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];
/** What a redirect may change so as not to lead back to itself, and how each part is kept. */
const KEPT = { protocol: '#{protocol}', host: '#{host}', port: '#{port}', path: '/#{path}' } as const;

/**
 * Fails on an action by which the balancer answers itself and which the API refuses.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html
 */
export function checkAnswer(
  action: elbv2.ListenerAction,
  listener: elbv2.IApplicationListener,
  scope: IConstruct,
): void {
  for (const { redirectConfig, fixedResponseConfig } of action.renderRuleActions()) {
    if (redirectConfig) checkRedirect(redirectConfig as Redirect, listener, scope);
    if (fixedResponseConfig) checkFixedResponse(fixedResponseConfig as FixedResponse, scope);
  }
}

function checkRedirect(config: Redirect, listener: elbv2.IApplicationListener, scope: IConstruct): void {
  if (Token.isUnresolved(config)) return;
  const own = { protocol: propertyOf(listener, 'protocol'), port: propertyOf(listener, 'port') };
  const parts = Object.keys(KEPT) as (keyof typeof KEPT)[];
  const isKept = (part: keyof typeof KEPT) =>
    config[part] === undefined || config[part] === KEPT[part] || config[part] === own[part as keyof typeof own];
  if (parts.every(isKept)) {
    throw new HeadgateError(
      'HG2129',
      "'action' must redirect to another protocol, host, port or path, got one that changes none of them (ALB-8): a changed query alone would lead back to the same rule; change the path too",
      scope,
    );
  }
  if (config.protocol === 'HTTP' && own.protocol === elbv2.ApplicationProtocol.HTTPS) {
    throw new HeadgateError(
      'HG2129',
      "'action' must not redirect from HTTPS to HTTP, got the protocol 'HTTP' on an HTTPS listener (ALB-8): leave 'protocol' out",
      scope,
    );
  }
}

/** What a listener of this app says of itself; nothing is known of an imported one. */
function propertyOf({ node }: elbv2.IApplicationListener, property: 'protocol' | 'port'): string | undefined {
  const resource = node.defaultChild;
  const value = resource instanceof elbv2.CfnListener ? resource[property] : undefined;
  return value === undefined || Token.isUnresolved(value) ? undefined : String(value);
}

function checkFixedResponse(config: FixedResponse, scope: IConstruct): void {
  if (Token.isUnresolved(config)) return;
  const { statusCode, contentType, messageBody = '' } = config;
  const problem = (what: string) => new HeadgateError('HG2130', what, scope);
  if (!Token.isUnresolved(statusCode) && !/^[245]\d\d$/.test(statusCode)) {
    throw problem(
      `'statusCode' of a fixed response must be from 200 to 299 or from 400 to 599, got ${statusCode}: use ListenerAction.redirect() for 3xx`,
    );
  }
  if (contentType !== undefined && !Token.isUnresolved(contentType) && !CONTENT_TYPES.includes(contentType)) {
    throw problem(
      `'contentType' of a fixed response must be one of ${CONTENT_TYPES.join(', ')}, got '${contentType}': send others from a target`,
    );
  }
  if (!Token.isUnresolved(messageBody) && messageBody.length > MAX_BODY) {
    throw problem(
      `'messageBody' of a fixed response must have at most ${MAX_BODY} characters, got ${messageBody.length}: send longer ones from a target`,
    );
  }
}
