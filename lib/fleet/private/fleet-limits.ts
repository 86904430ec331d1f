import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { HeadgateError, shown } from '../../core/errors';

/** The sizes between which a fleet lives, settled. */
export interface Capacity {
  readonly min: number;
  readonly max: number;
}

const DEFAULT_MIN = 2;
const MAX_TO_MIN = 3;

/** Fails unless `port` can be listened on. */
export function checkPort(port: number, scope: IConstruct): void {
  if (Token.isUnresolved(port)) return;
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new HeadgateError(
      'HG3001',
      `'port' must be an integer from 1 to 65535, got ${shown(port)}: give the port that the servers listen on`,
      scope,
    );
  }
}

/** The sizes that were given, or what stands in their place. The update policy is computed from them, so they must be literals. */
export function settleCapacity(given: { minCapacity?: number; maxCapacity?: number }, scope: IConstruct): Capacity {
  const min = given.minCapacity ?? DEFAULT_MIN;
  checkSize('minCapacity', min, 0, 'a fleet of 0 is parked', scope);
  const max = given.maxCapacity ?? Math.max(1, MAX_TO_MIN * min);
  checkSize('maxCapacity', max, 1, 'a parked fleet has a minCapacity of 0', scope);
  if (min > max) {
    throw new HeadgateError(
      'HG3002',
      `'maxCapacity' must be an integer from 'minCapacity' (${min}) up, got ${max}: raise it, or lower 'minCapacity'`,
      scope,
    );
  }
  return { min, max };
}

function checkSize(prop: string, size: number, lowest: number, hint: string, scope: IConstruct): void {
  if (Token.isUnresolved(size)) {
    throw new HeadgateError(
      'HG3002',
      `'${prop}' must be a literal, got a token: the update policy keeps servers by it; read it from context or an environment variable`,
      scope,
    );
  }
  if (!Number.isInteger(size) || size < lowest) {
    throw new HeadgateError(
      'HG3002',
      `'${prop}' must be an integer from ${lowest} up, got ${shown(size)}: ${hint}`,
      scope,
    );
  }
}

/** Fails unless target tracking on requests has something to track and room to act in (ASG-2). */
export function checkRequestScaling(requests: number, { min, max }: Capacity, scope: IConstruct): void {
  if (!Token.isUnresolved(requests) && !(requests > 0 && Number.isFinite(requests))) {
    throw new HeadgateError(
      'HG3003',
      `'requestsPerTargetPerMinute' must be a number above 0, got ${requests}: give what one server bears in a minute, 60 times what it bears in a second`,
      scope,
    );
  }
  if (max === min) {
    throw new HeadgateError(
      'HG3003',
      `'maxCapacity' must be above 'minCapacity' (${min}) with 'requestsPerTargetPerMinute', got ${max}: raise it, or leave out 'requestsPerTargetPerMinute'`,
      scope,
    );
  }
}

/** Fails when a launch template comes with what it already says, or without what the balancer needs to reach its servers. */
export function checkLaunchTemplate(
  launchTemplate: ec2.ILaunchTemplate,
  others: Record<string, unknown>,
  scope: IConstruct,
): void {
  const other = Object.entries(others).find(([, value]) => value !== undefined);
  if (other) {
    throw new HeadgateError(
      'HG3004',
      `'launchTemplate' must come without '${other[0]}', got both: say it in the launch template, or leave the launch template out`,
      scope,
    );
  }
  if (launchTemplate instanceof ec2.LaunchTemplate && !hasSecurityGroup(launchTemplate)) {
    throw new HeadgateError(
      'HG3004',
      "'launchTemplate' must have a security group, got one without: give the LaunchTemplate a 'securityGroup', through which the balancer then reaches the servers",
      scope,
    );
  }
}

/** An L2 tells whether it has security groups only by throwing. */
function hasSecurityGroup(launchTemplate: ec2.LaunchTemplate): boolean {
  try {
    return launchTemplate.connections.securityGroups.length > 0;
  } catch {
    return false;
  }
}
