import { Duration, Token, Tokenization } from 'aws-cdk-lib';
import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ownCheckPort } from './check-port';

/** How long CloudFormation waits for a batch of servers. */
export const SIGNAL_TIMEOUT = Duration.minutes(15);

/** Attempts that take at most 2 s each and 2 s between them: 10 minutes, so that a server gives up before CloudFormation does. */
const ATTEMPTS = 150;
const MAX_SETTLE_SECONDS = 120;

/** Whether the user data can signal on exit: on Linux, unless it is raw text or a multipart document without a script. */
export function canSignal(osType: ec2.OperatingSystemType, userData: ec2.UserData): boolean {
  if (osType !== ec2.OperatingSystemType.LINUX) return false;
  try {
    userData.addOnExitCommands();
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the user data tell CloudFormation how it went: success once the server answers its readiness check on the loopback address, and
 * has done so for as long as the balancer takes to see it, so that no old server goes before a new one is routed to (ALB-30, ASG-5). All
 * of it runs on exit, so that commands which are added later still come before it.
 */
export function signalWhenReady(
  userData: ec2.UserData,
  group: autoscaling.AutoScalingGroup,
  port: number,
  check: elbv2.HealthCheck = {},
): void {
  userData.addOnExitCommands(
    'if [ "$exitCode" = 0 ]; then',
    '  exitCode=1',
    `  for attempt in $(seq ${ATTEMPTS}); do`,
    `    if curl --silent --insecure --fail --max-time 2 --output /dev/null ${shellQuote(readinessUrl(port, check))}; then`,
    `      exitCode=0; sleep ${settleSeconds(check)}; break`,
    '    fi',
    '    sleep 2',
    '  done',
    'fi',
  );
  userData.addSignalOnExitCommand(group);
}

function readinessUrl(port: number, check: elbv2.HealthCheck): string {
  const scheme = check.protocol === elbv2.Protocol.HTTPS ? 'https' : 'http';
  const checkPort = ownCheckPort(port, check) ?? Tokenization.stringifyNumber(port);
  return `${scheme}://127.0.0.1:${checkPort}${check.path ?? '/ready'}`;
}

/** What the balancer's checks take to let a server in, and one more. The defaults are those of `TargetGroup`. */
function settleSeconds({ interval, healthyThresholdCount }: elbv2.HealthCheck): number {
  const seconds = interval === undefined || interval.isUnresolved() ? 5 : interval.toSeconds();
  const count =
    healthyThresholdCount === undefined || Token.isUnresolved(healthyThresholdCount) ? 2 : healthyThresholdCount;
  return Math.min(MAX_SETTLE_SECONDS, seconds * (count + 1));
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
