import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../errors';

/** The Region in which CloudFront's certificates, web ACLs and Route 53's metrics live (CP-1). */
export const US_EAST_1 = 'us-east-1';

/** Fails unless `region` is a Region of the standard partition that aws-cdk-lib knows. */
export function checkRegion(prop: string, region: string, scope?: IConstruct): void {
  if (Token.isUnresolved(region)) {
    throw new HeadgateError(
      'HG0201',
      `'${prop}' must be a literal Region, got a token: Regions share names, and a name needs a literal`,
      scope,
    );
  }
  const known = RegionInfo.regions.filter((info) => info.partition === 'aws').map((info) => info.name);
  if (!known.includes(region)) {
    throw new HeadgateError(
      'HG0201',
      `'${prop}' must be a Region of the partition 'aws', got '${region}': use one of ${near(region, known).join(', ')}, or update aws-cdk-lib if it is newer`,
      scope,
    );
  }
}

/** Fails when the stack of `scope` stands in a Region other than the one that `what` needs. A stack without a Region passes. */
export function requireRegion(scope: IConstruct, region: string, what: string): void {
  const actual = Stack.of(scope).region;
  if (!Token.isUnresolved(actual) && actual !== region) {
    throw new HeadgateError(
      'HG0203',
      `${what} must be in ${region}, got a stack in ${actual}: put it into a stack with env.region '${region}'`,
      scope,
    );
  }
}

/** The Regions of the same part of the world, all of them if it is none. */
function near(region: string, known: string[]): string[] {
  const part = `${String(region).toLowerCase().split('-')[0]}-`;
  const same = known.filter((name) => name.startsWith(part));
  return same.length > 0 ? same : known;
}
