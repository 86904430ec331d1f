import { resourceIn, Symbolic, type Value } from '../template';
import { nameKey, regionInName } from './dns/names';
import type { World } from './world';

/** Whose stack's Region says nothing: AWS runs them everywhere, or they only tell of something that may stand elsewhere. */
const PLACELESS =
  /^(?:AWS::(?:CertificateManager|CloudFormation|CloudFront|GlobalAccelerator|Route53|SecretsManager|SSM)::|Custom::)/;

/**
 * The Region that takes a name or address down with it, if it is down: the one in the name, such as `web-1.us-east-1.elb.amazonaws.com`,
 * else the one of the resource that it refers to.
 */
export function downRegionOf(name: Value, world: World): string | undefined {
  const region = regionOf(name);
  return world.faults.isRegionDown(region) ? region : undefined;
}

function regionOf(name: Value): string | undefined {
  const named = typeof name === 'string' || name instanceof Symbolic ? regionInName(nameKey(name)) : undefined;
  if (named !== undefined) return named;
  const resource = resourceIn(name);
  return resource && !PLACELESS.test(resource.type) ? resource.stack.region : undefined;
}
