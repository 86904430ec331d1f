import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../../core/errors';

/** The subnets of a fleet whose user names none: private ones with a road out, else isolated ones. */
export function settleSubnets(
  vpc: ec2.IVpc,
  given: ec2.SubnetSelection | undefined,
  scope: IConstruct,
): ec2.SubnetSelection {
  if (given) return given;
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  if (vpc.isolatedSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  throw new HeadgateError(
    'HG3006',
    "'vpc' must have private or isolated subnets, got one without: bring a VPC that has, or give 'vpcSubnets'",
    scope,
  );
}

/**
 * Fails when servers in these subnets have no road to CloudFormation, so that no creation signal could ever arrive (ASG-5): they have no
 * public address, so a public subnet is as cut off as an isolated one.
 */
export function checkRoadToCloudFormation(
  vpc: ec2.IVpc,
  subnets: ec2.ISubnet[],
  signalEndpoint: ec2.IInterfaceVpcEndpoint | undefined,
  scope: IConstruct,
): void {
  if (signalEndpoint) return;
  // While a look-up is still to come, a VPC's subnets are all dummies with the same ids, private ones among them.
  const behindNat = new Set(vpc.privateSubnets.map((subnet) => subnet.subnetId));
  const cutOff = new Set(
    [...vpc.isolatedSubnets, ...vpc.publicSubnets]
      .map((subnet) => subnet.subnetId)
      .filter((subnetId) => !behindNat.has(subnetId)),
  );
  const kind = (subnet: ec2.ISubnet) =>
    vpc.publicSubnets.some(({ subnetId }) => subnetId === subnet.subnetId) ? 'a public one' : 'an isolated one';
  const first = subnets.find((subnet) => cutOff.has(subnet.subnetId));
  if (first) {
    throw new HeadgateError(
      'HG3005',
      `'vpcSubnets' must have a road to CloudFormation for servers without public addresses, got ${kind(first)} (${first.node.path}): use subnets behind a NAT gateway, give a 'signalEndpoint' for CloudFormation, or a 'launchTemplate', whose servers aren't waited for`,
      scope,
    );
  }
}
