import { Token } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { HeadgateError } from '../core/errors';
import { injected } from '../core/private/injection';

/** Properties of a `RegionCheck`. */
export interface RegionCheckProps {
  /**
   * The checks that must all be healthy, 1 to 255, none of them calculated itself (R53-10).
   */
  readonly children: route53.IHealthCheck[];
}

const MAX_CHILDREN = 255;

/**
 * The check that decides about a Region: calculated from the first release on, since a live check's type can't change (R53-15), so that
 * more evidence can be added later without replacing what the records point at.
 */
export class RegionCheck extends route53.HealthCheck {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.health.RegionCheck';

  public constructor(scope: Construct, id: string, props: RegionCheckProps) {
    const { children } = injected(RegionCheck.PROPERTY_INJECTION_ID, scope, id, props);
    if (children.length < 1 || children.length > MAX_CHILDREN) {
      throw new HeadgateError(
        'HG7051',
        `'children' must hold 1 to ${MAX_CHILDREN} health checks, got ${children.length} (R53-10): give at least the Region's live check`,
        scope,
      );
    }
    const calculated = children.find(isCalculated);
    if (calculated) {
      throw new HeadgateError(
        'HG7052',
        `'children' must not be calculated checks, got '${calculated.node.path}', which Route 53 refuses (R53-10): give that one's own children in its place`,
        scope,
      );
    }
    super(scope, id, {
      type: route53.HealthCheckType.CALCULATED,
      childHealthChecks: children,
      healthThreshold: children.length,
    });
  }
}

function isCalculated({ node }: route53.IHealthCheck): boolean {
  const resource = node.defaultChild;
  if (!(resource instanceof route53.CfnHealthCheck) || Token.isUnresolved(resource.healthCheckConfig)) return false;
  return (resource.healthCheckConfig as route53.CfnHealthCheck.HealthCheckConfigProperty).type === 'CALCULATED';
}
