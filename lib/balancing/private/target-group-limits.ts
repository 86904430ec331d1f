import { type Duration, Token } from 'aws-cdk-lib';
import {
  ApplicationProtocolVersion,
  type ApplicationTargetGroupProps,
  type HealthCheck,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ErrorCode, shown } from '../../core/errors';

/** What is wrong with a target group. */
export interface TargetGroupProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

type Problems = Generator<TargetGroupProblem>;

const RESERVED_COOKIES = 'AWSALB';

/** What AWS would refuse of a target group only at deploy, in the props that the L2 is about to get. */
export function* targetGroupProblems(props: ApplicationTargetGroupProps): Problems {
  yield* integer('HG2101', 'port', props.port, 1, 65_535, 'give the port on which the targets listen');
  const delay = seconds(props.deregistrationDelay);
  yield* integer(
    'HG2116',
    'deregistrationDelay',
    delay,
    0,
    3_600,
    'the balancer waits no longer for requests',
    'seconds',
  );
  yield* algorithmProblems(props);
  yield* stickinessProblems(props);
  yield* thresholdProblems(props);
  if (props.targetType === TargetType.LAMBDA) yield* lambdaProblems(props);
  if (props.healthCheck) yield* healthCheckProblems(props.healthCheck, props);
}

/** What AWS would refuse of a health check (ALB-30). */
export function* healthCheckProblems(
  check: HealthCheck,
  group: Pick<ApplicationTargetGroupProps, 'targetType' | 'protocolVersion'>,
): Problems {
  if (check.enabled === false && group.targetType !== TargetType.LAMBDA) {
    yield {
      code: 'HG2108',
      message: "'healthCheck.enabled' can be false for Lambda targets only, got false (ALB-30): leave it out",
    };
  }
  yield* addressProblems(check);
  const interval = seconds(check.interval);
  const timeout = seconds(check.timeout);
  const slow = 'the balancer checks no faster and no slower (ALB-30)';
  yield* integer('HG2109', 'healthCheck.interval', interval, 5, 300, slow, 'seconds');
  const long = 'the balancer waits no shorter and no longer (ALB-30)';
  yield* integer('HG2109', 'healthCheck.timeout', timeout, 2, 120, long, 'seconds');
  if (interval !== undefined && timeout !== undefined && timeout >= interval) {
    yield {
      code: 'HG2110',
      message: `'healthCheck.timeout' must be below 'healthCheck.interval', got a timeout of ${timeout} s and an interval of ${interval} s (ALB-30): shorten the timeout or lengthen the interval`,
    };
  }
  for (const threshold of ['healthyThresholdCount', 'unhealthyThresholdCount'] as const) {
    const many = 'count 2 to 10 checks in a row (ALB-30)';
    yield* integer('HG2109', `healthCheck.${threshold}`, check[threshold], 2, 10, many);
  }
  yield* matcherProblems('healthyHttpCodes', check.healthyHttpCodes, 200, 499);
  yield* matcherProblems('healthyGrpcCodes', check.healthyGrpcCodes, 0, 99);
  const grpc = group.protocolVersion === ApplicationProtocolVersion.GRPC;
  const [wrong, right] = grpc
    ? (['healthyHttpCodes', 'healthyGrpcCodes'] as const)
    : (['healthyGrpcCodes', 'healthyHttpCodes'] as const);
  if (check[wrong] !== undefined) {
    yield {
      code: 'HG2111',
      message: `'healthCheck.${wrong}' must be left out of a target group ${grpc ? 'with' : 'without'} 'protocolVersion' GRPC, got '${check[wrong]}': use '${right}'`,
    };
  }
}

/** Stickiness beside cross-zone balancing that is off (ALB-23, ALB-36). */
export const STICKY_IN_ONE_ZONE: TargetGroupProblem = {
  code: 'HG2107',
  message:
    "'stickiness' needs cross-zone balancing, got 'crossZoneEnabled' false (ALB-23, ALB-36): leave one of the two out",
};

/**
 * Stickiness beside weighted random. The API answers that a group can't have both, on no page of its documentation
 * (https://github.com/hashicorp/terraform-provider-aws/pull/35083).
 */
export const STICKY_AT_RANDOM: TargetGroupProblem = {
  code: 'HG2103',
  message:
    "'stickiness' goes with another algorithm than weighted random, got both (ALB-24): leave one of the two out, or keep clients on their group by 'groupStickiness'",
};

/** A target outside of the VPC, which every zone is to reach, beside cross-zone balancing that is off (ALB-36). */
export const ALL_ZONES_IN_ONE: TargetGroupProblem = {
  code: 'HG2118',
  message:
    "'crossZoneEnabled' must not be false with a target of the zone 'all', got false (ALB-36): leave it out, or name the target's zone",
};

function* algorithmProblems(props: ApplicationTargetGroupProps): Problems {
  const slowStart = seconds(props.slowStart);
  const algorithm = props.loadBalancingAlgorithmType ?? TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN;
  // 0 turns slow start off.
  if (slowStart !== undefined && slowStart !== 0) {
    yield* integer('HG2102', 'slowStart', slowStart, 30, 900, 'or leave it out for no slow start', 'seconds');
    if (!Token.isUnresolved(algorithm) && algorithm !== TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN) {
      yield {
        code: 'HG2103',
        message: `'slowStart' goes with round robin alone, got the algorithm '${algorithm}' (ALB-24): use Algorithm.roundRobin({ slowStart }) or leave 'slowStart' out`,
      };
    }
  }
  if (props.enableAnomalyMitigation && algorithm !== TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM) {
    yield {
      code: 'HG2103',
      message: `'enableAnomalyMitigation' goes with weighted random alone, got the algorithm '${algorithm}' (ALB-24): use Algorithm.weightedRandom()`,
    };
  }
}

function* stickinessProblems(props: ApplicationTargetGroupProps): Problems {
  if (props.stickinessCookieDuration === undefined) return;
  yield* cookieDurationProblems('stickinessCookieDuration', props.stickinessCookieDuration);
  yield* cookieNameProblems('stickinessCookieName', props.stickinessCookieName);
  if (props.crossZoneEnabled === false) yield STICKY_IN_ONE_ZONE;
  if (props.loadBalancingAlgorithmType === TargetGroupLoadBalancingAlgorithmType.WEIGHTED_RANDOM)
    yield STICKY_AT_RANDOM;
}

/** What is wrong with how long a cookie keeps a client on its target, under the prop that it was given through. */
export function* cookieDurationProblems(prop: string, duration: Duration | undefined): Problems {
  yield* integer('HG2105', prop, seconds(duration), 1, 604_800, 'give a duration of up to 7 days', 'seconds');
}

/** What is wrong with the name of an application's cookie, under the prop that it was given through. */
export function* cookieNameProblems(prop: string, name: string | undefined): Problems {
  if (name === undefined || Token.isUnresolved(name) || (name !== '' && !name.startsWith(RESERVED_COOKIES))) return;
  yield {
    code: 'HG2106',
    message: `'${prop}' must be a cookie of the application, got '${name}': names that begin with ${RESERVED_COOKIES} belong to the balancer (ALB-23); give the application's own cookie`,
  };
}

/** DNS must give a zone up no later than the balancer sends its requests everywhere (ALB-31). 0 stands for off. */
function* thresholdProblems({ targetGroupHealth: health }: ApplicationTargetGroupProps): Problems {
  for (const unit of ['Count', 'Percentage'] as const) {
    const dns = health?.[`dnsMinimumHealthyTarget${unit}`];
    const routing = health?.[`routingMinimumHealthyTarget${unit}`];
    if (!dns || !routing || Token.isUnresolved(dns) || Token.isUnresolved(routing) || dns >= routing) continue;
    yield {
      code: 'HG2114',
      message: `'targetGroupHealth.dnsMinimumHealthyTarget${unit}' must be at least 'routingMinimumHealthyTarget${unit}', got ${dns} and ${routing} (ALB-31): raise the first or lower the second`,
    };
  }
}

/** What servers take and a function doesn't: the balancer invokes it, and there is nothing to choose between. */
export function* lambdaProblems(props: ApplicationTargetGroupProps): Problems {
  const refused = {
    // A function has no targets to count, and is in every zone (ALB-31, ALB-36).
    targetGroupHealth: props.targetGroupHealth,
    crossZoneEnabled: props.crossZoneEnabled === false ? false : undefined,
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
    deregistrationDelay: props.deregistrationDelay,
    algorithm: props.loadBalancingAlgorithmType,
    slowStart: props.slowStart,
    stickiness: props.stickinessCookieDuration,
    // Functions are invoked over neither (ALB-9).
    protocolVersion: props.protocolVersion === ApplicationProtocolVersion.HTTP1 ? undefined : props.protocolVersion,
  };
  for (const [prop, value] of Object.entries(refused)) {
    if (value === undefined) continue;
    yield {
      code: 'HG2115',
      message: `'${prop}' goes with servers, got a Lambda target (ALB-9, ALB-31, ALB-36): leave it out`,
    };
  }
}

/** Codes with commas between them, ranges among them. */
function* matcherProblems(prop: string, codes: string | undefined, min: number, max: number): Problems {
  if (codes === undefined || Token.isUnresolved(codes)) return;
  const fits = codes.split(',').every((part) => {
    const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    return low !== undefined && Number(low) >= min && Number(low) <= Number(high) && Number(high) <= max;
  });
  if (fits) return;
  const examples = min === 0 ? "'0', '0,12' or '0-5'" : "'200', '200,204' or '200-299'";
  yield {
    code: 'HG2111',
    message: `'healthCheck.${prop}' must be codes from ${min} to ${max}, got '${codes}' (ALB-30): write ${examples}`,
  };
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
}

function* integer(
  code: ErrorCode,
  prop: string,
  value: number | undefined,
  min: number,
  max: number,
  wayOut: string,
  unit = '',
): Problems {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    const units = unit === '' ? '' : ` ${unit}`;
    yield {
      code,
      message: `'${prop}' must be an integer from ${min} to ${max}${units}, got ${shown(value)}: ${wayOut}`,
    };
  }
}

const MAX_CHECK_PATH = 1024;

/** Where the check goes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
function* addressProblems({ port, path }: HealthCheck): Problems {
  if (port !== undefined && !Token.isUnresolved(port) && port !== 'traffic-port') {
    const number = /^\d+$/.test(port) ? Number(port) : Number.NaN;
    yield* integer(
      'HG2101',
      'healthCheck.port',
      number,
      1,
      65_535,
      "give a port, or 'traffic-port' for the one where the targets serve",
    );
  }
  if (path !== undefined && !Token.isUnresolved(path) && (!path.startsWith('/') || path.length > MAX_CHECK_PATH)) {
    yield {
      code: 'HG2109',
      message: `'healthCheck.path' must begin with '/' and have at most ${MAX_CHECK_PATH} characters, got '${path.slice(0, 40)}'${path.length > MAX_CHECK_PATH ? ` of ${path.length}` : ''}: write ${path.startsWith('/') ? 'a shorter one' : `'/${path.slice(0, 40)}'`}`,
    };
  }
}
