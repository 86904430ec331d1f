import { Fn, type Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../errors';

const ZONE_COUNT_CONTEXT = 'cdk-headgate:availability-zone-count';
/** The number of zones of a stack that says nothing: three, but for the Region that offers new accounts only two. */
const DEFAULT_ZONE_COUNT = 3;
const TWO_ZONE_REGIONS = ['us-west-1'];

/**
 * Makes a stack, and the stacks nested in it, take the first `given` zones of its Region at deploy time instead of looking them up
 * with credentials at synth (CDK-9). To be called before children are added.
 */
export function takeZonesAtDeploy(stack: Stack, given?: number): void {
  const count = given ?? (TWO_ZONE_REGIONS.includes(stack.region) ? 2 : DEFAULT_ZONE_COUNT);
  if (!Number.isInteger(count) || count < 2 || count > 6) {
    throw new HeadgateError(
      'HG0202',
      `'availabilityZoneCount' must be an integer from 2 (a balancer needs two zones) to 6, got ${count}: give the number of zones that the Region has for your account`,
      stack,
    );
  }
  const zones = Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs()));
  stack.node.setContext('aws:cdk:availability-zones:fallback', zones);
  stack.node.setContext(ZONE_COUNT_CONTEXT, count);
  if (!Token.isUnresolved(stack.account) && !Token.isUnresolved(stack.region)) {
    stack.node.setContext(`availability-zones:account=${stack.account}:region=${stack.region}`, zones);
  }
}

/** The number that `takeZonesAtDeploy` was called with for the stack of `scope`; undefined for any other stack. */
export function zoneCountOf(scope: IConstruct): number | undefined {
  return scope.node.tryGetContext(ZONE_COUNT_CONTEXT);
}
