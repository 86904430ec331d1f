import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { HeadgateError } from './errors';
import { restrictWithoutAccount } from './private/default-security-group';
import { recordDefault } from './private/defaults';
import { injected } from './private/injection';
import { zoneCountOf } from './private/zones';

/** Properties of a `ServiceVpc`. */
export interface ServiceVpcProps {
  /**
   * How many zones the VPC spans, from 1 up to the stack's `availabilityZoneCount`. A balancer needs two. Choose it for good: another
   * number moves the subnets of a live VPC.
   *
   * @default - the stack's `availabilityZoneCount`, and up to 3 in a stack of another kind
   */
  readonly maxAzs?: number;

  /**
   * How many NAT gateways the private subnets share: an integer from 0 up, of which a zone gets one at most. With 0 they are isolated:
   * servers reach nothing outside but CloudFormation (to signal that they came up) and S3, through endpoints that the VPC then gets.
   *
   * @default - one a zone
   */
  readonly natGateways?: number;

  /**
   * The address range, as a CIDR block.
   *
   * @default - 10.0.0.0/16
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * Whether the VPC has IPv4 addresses only, or IPv6 too.
   *
   * @default ec2.IpProtocol.IPV4_ONLY
   */
  readonly ipProtocol?: ec2.IpProtocol;
}

/**
 * The network of a site: public subnets for the balancer and private ones for servers, flow logs, and a default security group that lets
 * nothing through.
 */
export class ServiceVpc extends ec2.Vpc {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.core.ServiceVpc';

  /**
   * Through which servers in isolated subnets signal CloudFormation; undefined when NAT gateways give them a road (ASG-5).
   */
  public readonly cloudFormationEndpoint?: ec2.InterfaceVpcEndpoint;

  public constructor(scope: Construct, id: string, props: ServiceVpcProps = {}) {
    const given = injected(ServiceVpc.PROPERTY_INJECTION_ID, scope, id, props);
    checkMaxAzs(given.maxAzs, scope);
    checkNatGateways(given.natGateways, scope);
    const isolated = given.natGateways === 0;
    super(scope, id, {
      maxAzs: given.maxAzs ?? zoneCountOf(scope),
      natGateways: given.natGateways,
      ipAddresses: given.ipAddresses,
      ipProtocol: given.ipProtocol,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        // The names are the same with and without NAT gateways, so that switching replaces no subnet.
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        {
          name: 'Private',
          subnetType: isolated ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS,
        },
      ],
    });
    orderIpv6Routes(this);
    restrictWithoutAccount(this);
    this.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new logs.LogGroup(this, 'FlowLogs', { retention: logs.RetentionDays.ONE_YEAR }),
      ),
    });
    if (isolated) {
      this.cloudFormationEndpoint = this.addInterfaceEndpoint('CloudFormation', {
        service: ec2.InterfaceVpcEndpointAwsService.CLOUDFORMATION,
        open: false,
      });
      this.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    }
    recordDefault(this, given.natGateways, {
      prop: 'natGateways',
      value: 'one a zone',
      why: 'the loss of a zone takes no other zone off the network',
    });
  }
}

/** More than there are zones are one a zone, as the L2 has it, so that one number fits Regions of different sizes. */
function checkNatGateways(natGateways: number | undefined, scope: Construct): void {
  if (natGateways === undefined || Token.isUnresolved(natGateways)) return;
  if (Number.isInteger(natGateways) && natGateways >= 0) return;
  throw new HeadgateError(
    'HG0206',
    `'natGateways' must be an integer from 0 up, got ${natGateways}: a zone has one at most; leave it out for one a zone`,
    scope,
  );
}

/** The L2 would take fewer zones than asked for without a word. */
function checkMaxAzs(maxAzs: number | undefined, scope: Construct): void {
  const available = zoneCountOf(scope);
  if (maxAzs === undefined || (Number.isInteger(maxAzs) && maxAzs >= 1 && maxAzs <= (available ?? maxAzs))) return;
  throw new HeadgateError(
    'HG0202',
    `'maxAzs' must be an integer from 1 to ${available ?? 'the number of zones of the Region'}, got ${maxAzs}: ask for fewer, or raise 'availabilityZoneCount' of the stack`,
    scope,
  );
}

/** The L2 lets a public IPv6 route refer to a gateway that is not attached yet (https://github.com/aws/aws-cdk/issues/37853). */
function orderIpv6Routes(vpc: ec2.Vpc): void {
  const attachment = vpc.node.tryFindChild('VPCGW');
  for (const subnet of vpc.publicSubnets) {
    if (attachment) subnet.node.tryFindChild('DefaultRoute6')?.node.addDependency(attachment);
  }
}
