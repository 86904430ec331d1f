import { type Duration, Token } from 'aws-cdk-lib';
import {
  ApplicationProtocolVersion,
  type ApplicationTargetGroupProps,
  type HealthCheck,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ErrorCode, HeadgateError } from '../../core/errors';

const RESERVED_COOKIES = ['AWSALB', 'AWSALBAPP', 'AWSALBTG'];

/** Fails on what AWS would refuse of a target group only at deploy. Works on the props that the L2 is about to get. */
export function checkTargetGroup(props: ApplicationTargetGroupProps): void {
  checkPort(props.port);
  checkAlgorithm(props);
  checkStickiness(props);
  if (props.healthCheck) checkHealthCheck(props.healthCheck, props);
}

/** Fails unless a port is a whole number that a listener or target can have. */
export function checkPort(port: number | undefined): void {
  integer('HG2101', 'port', port, 1, 65_535, 'give the port on which the targets listen');
}

function checkAlgorithm(props: ApplicationTargetGroupProps): void {
  const slowStart = seconds(props.slowStart);
  const algorithm = props.loadBalancingAlgorithmType ?? TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN;
  // 0 turns slow start off.
  if (slowStart !== undefined && slowStart !== 0) {
    integer('HG2102', 'slowStart', slowStart, 30, 900, 'or leave it out for no slow start', 'seconds');
    if (algorithm !== TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN) {
      throw new HeadgateError(
        'HG2103',
        `'slowStart' goes with round robin alone, got the algorithm '${algorithm}' (ALB-24): use Algorithm.roundRobin({ slowStart }) or leave 'slowStart' out`,
      );
    }
  }
  if (props.enableAnomalyMitigation && algorithm !== TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM) {
    throw new HeadgateError(
      'HG2103',
      `'enableAnomalyMitigation' goes with weighted random alone, got the algorithm '${algorithm}' (ALB-24): use Algorithm.weightedRandom()`,
    );
  }
}

function checkStickiness(props: ApplicationTargetGroupProps): void {
  const duration = seconds(props.stickinessCookieDuration);
  if (duration === undefined) return;
  integer('HG2105', 'stickinessCookieDuration', duration, 1, 604_800, 'give a duration of up to 7 days', 'seconds');
  const cookie = props.stickinessCookieName;
  if (
    cookie !== undefined &&
    !Token.isUnresolved(cookie) &&
    (cookie === '' || RESERVED_COOKIES.some((name) => cookie.startsWith(name)))
  ) {
    throw new HeadgateError(
      'HG2106',
      `'cookieName' must be a cookie of the application, got '${cookie}': names that begin with ${RESERVED_COOKIES[0]} belong to the balancer (ALB-23); give the application's own cookie`,
    );
  }
  if (props.crossZoneEnabled === false) {
    throw new HeadgateError(
      'HG2107',
      "'stickiness' needs cross-zone balancing, got 'crossZoneEnabled' false (ALB-23, ALB-36): leave one of the two out",
    );
  }
}

function checkHealthCheck(check: HealthCheck, props: ApplicationTargetGroupProps): void {
  if (check.enabled === false && props.targetType !== TargetType.LAMBDA) {
    throw new HeadgateError(
      'HG2108',
      "'healthCheck.enabled' can be false for Lambda targets only (ALB-30): leave it out",
    );
  }
  const interval = seconds(check.interval);
  const timeout = seconds(check.timeout);
  integer(
    'HG2109',
    'healthCheck.interval',
    interval,
    5,
    300,
    'the balancer checks no faster and no slower (ALB-30)',
    'seconds',
  );
  integer(
    'HG2109',
    'healthCheck.timeout',
    timeout,
    2,
    120,
    'the balancer waits no shorter and no longer (ALB-30)',
    'seconds',
  );
  if (interval !== undefined && timeout !== undefined && timeout >= interval) {
    throw new HeadgateError(
      'HG2110',
      `'healthCheck.timeout' must be below 'healthCheck.interval', got a timeout of ${timeout} s and an interval of ${interval} s (ALB-30): shorten the timeout or lengthen the interval`,
    );
  }
  for (const threshold of ['healthyThresholdCount', 'unhealthyThresholdCount'] as const) {
    integer('HG2109', `healthCheck.${threshold}`, check[threshold], 2, 10, 'count 2 to 10 checks in a row (ALB-30)');
  }
  const grpc = props.protocolVersion === ApplicationProtocolVersion.GRPC;
  checkMatcher('healthyHttpCodes', check.healthyHttpCodes, 200, 499);
  checkMatcher('healthyGrpcCodes', check.healthyGrpcCodes, 0, 99);
  if (check.healthyGrpcCodes !== undefined && !grpc) {
    throw new HeadgateError(
      'HG2111',
      "'healthCheck.healthyGrpcCodes' needs a target group with 'protocolVersion' GRPC: use 'healthyHttpCodes'",
    );
  }
}

function checkMatcher(prop: string, codes: string | undefined, min: number, max: number): void {
  if (codes === undefined || Token.isUnresolved(codes)) return;
  const numbers = codes.split(/[,-]/).map((code) => (/^\d+$/.test(code.trim()) ? Number(code) : Number.NaN));
  if (numbers.some((code) => !(code >= min && code <= max))) {
    throw new HeadgateError(
      'HG2111',
      `'healthCheck.${prop}' must be codes from ${min} to ${max}, got '${codes}' (ALB-30): write '200', '200,204' or '200-299'`,
    );
  }
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
}

function integer(
  code: ErrorCode,
  prop: string,
  value: number | undefined,
  min: number,
  max: number,
  wayOut: string,
  unit = '',
): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    const units = unit === '' ? '' : ` ${unit}`;
    throw new HeadgateError(
      code,
      `'${prop}' must be an integer from ${min} to ${max}${units}, got ${value}: ${wayOut}`,
    );
  }
}
