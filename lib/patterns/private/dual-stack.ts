import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** Whether a balancer with addresses of this kind has IPv6 beside IPv4. */
export function isDualStack(type?: elbv2.IpAddressType): boolean {
  return type === elbv2.IpAddressType.DUAL_STACK;
}
