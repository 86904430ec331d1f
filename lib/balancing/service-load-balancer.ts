import { Aws, CfnResource, Duration, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { HeadgateError } from '../core/errors';
import { LogBucket } from '../core/log-bucket';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { ManagedPrefixList } from './managed-prefix-list';
import { OriginAccess } from './origin-access';

/** Properties of a `ServiceLoadBalancer`: those of the L2, and who may reach it. */
export interface ServiceLoadBalancerProps extends elbv2.ApplicationLoadBalancerProps {
  /**
   * Who may reach the balancer.
   *
   * @default OriginAccess.internet()
   */
  readonly originAccess?: OriginAccess;

  /**
   * CloudFront's origin-facing prefix list in this Region.
   *
   * @default - found by its name when the stack is deployed; not needed with `OriginAccess.internet()`
   */
  readonly cloudFrontPrefixList?: ec2.IPrefixList;

  /**
   * The prefix list of Route 53's health checkers in this Region.
   *
   * @default - found by its name when the stack is deployed; not needed with `OriginAccess.internet()`
   */
  readonly healthCheckPrefixList?: ec2.IPrefixList;

  /**
   * The bucket for access logs: in this Region, encrypted with S3's own keys (ALB-37). One that isn't in this app needs a policy that lets
   * `logdelivery.elasticloadbalancing.amazonaws.com` put objects.
   *
   * @default - a new `LogBucket`
   */
  readonly accessLogsBucket?: s3.IBucket;
}

/** Established connections outlive every DNS switch, so they are kept short (ALB-33). */
const DEFAULT_CLIENT_KEEP_ALIVE = Duration.seconds(60);
const HTTPS = ec2.Port.tcp(443);

/**
 * An internet-facing application load balancer with the settings that a security review asks for: closed security groups, deletion
 * protection, access logs, invalid headers dropped, ambiguous requests refused.
 *
 * Behind an edge it has two security groups, since the prefix lists of CloudFront and of Route 53's checkers weigh 55 and 25 rules and a
 * group takes 60. Which ports the internet may reach otherwise is its listeners' matter.
 */
export class ServiceLoadBalancer extends elbv2.ApplicationLoadBalancer {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.balancing.ServiceLoadBalancer';

  /** Where the access logs go. */
  public readonly accessLogsBucket: s3.IBucket;

  public constructor(scope: Construct, id: string, props: ServiceLoadBalancerProps) {
    const given = injected(ServiceLoadBalancer.PROPERTY_INJECTION_ID, scope, id, props);
    const { originAccess, cloudFrontPrefixList, healthCheckPrefixList, accessLogsBucket, ...l2Props } = given;
    if (accessLogsBucket?.encryptionKey) {
      throw new HeadgateError(
        'HG2135',
        `'accessLogsBucket' must be encrypted with S3's own keys, got '${accessLogsBucket.node.path}' with a KMS key, to which a balancer can't write (ALB-37): give a bucket with BucketEncryption.S3_MANAGED, or leave it out for a LogBucket`,
        scope,
      );
    }
    checkSubnets(given, scope);
    super(scope, id, {
      ...l2Props,
      internetFacing: l2Props.internetFacing ?? true,
      deletionProtection: l2Props.deletionProtection ?? true,
      dropInvalidHeaderFields: l2Props.dropInvalidHeaderFields ?? true,
      desyncMitigationMode: l2Props.desyncMitigationMode ?? elbv2.DesyncMitigationMode.DEFENSIVE,
      clientKeepAlive: l2Props.clientKeepAlive ?? DEFAULT_CLIENT_KEEP_ALIVE,
      http2Enabled: l2Props.http2Enabled ?? true,
    });
    this.accessLogsBucket = accessLogsBucket ?? new LogBucket(this, 'AccessLogs');
    this.logTo(this.accessLogsBucket);

    // Also while the internet gets through: closing up must take rules away, and wait for none to be made.
    if ((originAccess ?? OriginAccess.internet())._hasEdge) {
      const healthChecks = new ec2.SecurityGroup(this, 'HealthCheckSecurityGroup', {
        vpc: l2Props.vpc,
        description: 'Route 53 health checkers to the balancer',
        allowAllOutbound: false,
      });
      this.connections.securityGroups[0]?.addIngressRule(
        cloudFrontPrefixList ?? ManagedPrefixList.cloudFrontOriginFacing(this, 'CloudFrontPrefixList').prefixList,
        HTTPS,
        'HTTPS from CloudFront',
      );
      healthChecks.addIngressRule(
        healthCheckPrefixList ?? ManagedPrefixList.route53HealthChecks(this, 'HealthCheckPrefixList').prefixList,
        HTTPS,
        'HTTPS from Route 53 health checkers',
      );
      this.addSecurityGroup(healthChecks);
    }
    this.recordDefaults(given);
  }

  /**
   * The L2's `logAccessLogs` needs a literal Region; the attribute and the service principal, which every Region takes, don't (CDK-9).
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   */
  private logTo(bucket: s3.IBucket): void {
    this.setAttribute('access_logs.s3.enabled', 'true');
    this.setAttribute('access_logs.s3.bucket', bucket.bucketName);
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${this.accountSeenFrom(bucket)}/*`)],
      }),
    );
    const policy = bucket.policy?.node.defaultChild;
    // The balancer tries to write when logging is switched on, and is refused without the policy.
    if (CfnResource.isCfnResource(policy)) this.node.defaultChild?.node.addDependency(policy);
  }

  /** The balancer's account as the bucket's policy writes it: without a literal in the usual case, that both are in one. */
  private accountSeenFrom(bucket: s3.IBucket): string {
    const { account } = Stack.of(this);
    return Token.isUnresolved(account) || bucket.env.account === account ? Aws.ACCOUNT_ID : account;
  }

  private recordDefaults(given: ServiceLoadBalancerProps): void {
    recordDefault(this, given.originAccess, {
      prop: 'originAccess',
      value: 'OriginAccess.internet()',
      why: 'no edge stands in front, so port 443 is open to the world behind a web ACL, and port 80 only redirects',
    });
    recordDefault(this, given.clientKeepAlive, {
      prop: 'clientKeepAlive',
      value: `${DEFAULT_CLIENT_KEEP_ALIVE.toSeconds()} s`,
      why: 'an open connection outlives every DNS switch',
    });
    recordDefault(this, given.deletionProtection, {
      prop: 'deletionProtection',
      value: 'true',
      why: 'switch it off by hand before you destroy the stack',
    });
  }
}

/**
 * A balancer stands in two zones or more. Which zones an imported VPC has may be a token; and subnets that were chosen may lie in a Local Zone
 * or an Outpost, where one is enough.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
function checkSubnets({ vpc, vpcSubnets, internetFacing = true }: ServiceLoadBalancerProps, scope: Construct): void {
  if (vpcSubnets) return;
  // Public subnets are asked for by their list, since the L2 throws when there are none.
  const subnets = internetFacing ? vpc.publicSubnets : vpc.selectSubnets().subnets;
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  const counted = vpc instanceof ec2.Vpc || subnets.every(({ subnetId }) => isLiteral(subnetId));
  if (zones.size >= 2 || !counted) return;
  throw new HeadgateError(
    'HG2136',
    `'vpc' must have ${internetFacing ? 'public' : 'private'} subnets in at least 2 zones for a balancer, got ${zones.size}: bring a VPC that has them`,
    scope,
  );
}

/** A list that is one token has one item, which looks like a string that is none. */
function isLiteral(subnetId: string): boolean {
  return !Token.isUnresolved(subnetId) && !Token.isUnresolved([subnetId]);
}
