import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { HeadgateError } from '../../core/errors';
import type { RegionalServiceProps } from '../regional-service-props';

/** The balancer of a listener of this app; an imported one doesn't say. */
export function balancerOf(listener?: elbv2.IApplicationListener): elbv2.IApplicationLoadBalancer | undefined {
  return listener instanceof elbv2.ApplicationListener ? listener.loadBalancer : undefined;
}

/** An option that would do nothing beside another one is a misunderstanding. */
export function refuseUseless(given: RegionalServiceProps, scope: Construct): void {
  const useless: [keyof RegionalServiceProps, keyof RegionalServiceProps][] = [
    ['natGateways', 'vpc'],
    ['natGateways', 'loadBalancer'],
    ['natGateways', 'listener'],
    ['certificate', 'listener'],
    ['ipAddressType', 'loadBalancer'],
    ['ipAddressType', 'listener'],
    ['prefixLists', 'loadBalancer'],
    ['prefixLists', 'listener'],
    ['deletionProtection', 'loadBalancer'],
    ['deletionProtection', 'listener'],
    ['managedRuleGroups', 'webAcl'],
  ];
  if (given.ipAddressType === elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4) {
    throw new HeadgateError(
      'HG9205',
      `'ipAddressType' must be IPV4 or DUAL_STACK, got '${given.ipAddressType}': Route 53 checks a name over IPv4 alone (R53-7); use DUAL_STACK`,
      scope,
    );
  }
  const pair = useless.find(([prop, beside]) => given[prop] !== undefined && given[beside] !== undefined);
  if (pair) {
    throw new HeadgateError(
      'HG9201',
      `'${pair[0]}' does nothing beside '${pair[1]}', which brings its own: leave '${pair[0]}' out`,
      scope,
    );
  }
  if (given.prefixLists && !given.originAccess?._hasEdge) {
    throw new HeadgateError(
      'HG9201',
      "'prefixLists' does nothing without an edge, since the balancer then lets the internet in: leave 'prefixLists' out",
      scope,
    );
  }
  if (given.listener && !given.loadBalancer && !balancerOf(given.listener)) {
    throw new HeadgateError(
      'HG9203',
      "'loadBalancer' must be given with an imported 'listener', since the record points there: import the balancer too",
      scope,
    );
  }
}
