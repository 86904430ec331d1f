import { Annotations, Duration, Tokenization } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Algorithm } from '../balancing/algorithm';
import type { Stickiness } from '../balancing/stickiness';
import { TargetGroup } from '../balancing/target-group';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { ServiceVpc } from '../core/service-vpc';
import { ownCheckPort, portNumber } from './private/check-port';
import { checkLaunchTemplate, checkPort, checkRequestScaling, settleCapacity } from './private/fleet-limits';
import { ForeignLaunchGroup } from './private/foreign-launch-group';
import { createLaunch, type Launch } from './private/launch';
import { scaleOnRequests } from './private/request-scaling';
import { rollingUpdate } from './private/rolling-update';
import { SIGNAL_TIMEOUT, signalWhenReady } from './private/signals';
import { checkRoadToCloudFormation, settleSubnets } from './private/subnets';

/** What a fleet is made of, wherever it stands. */
export interface AutoScalingFleetOptions {
  /**
   * The TCP port on which the servers speak HTTP: 1 to 65535. Permanent: another port is another target group (ALB-37), whose rules move
   * before its servers listen there. To change it, add a fleet and shift weights.
   */
  readonly port: number;

  /**
   * The fewest servers: an integer from 0, and a literal. A deployment never goes below, unless `maxCapacity` is the same. A fleet of 0 is
   * parked: a group with no servers answers 503 (ALB-21), so give it no share of the traffic.
   *
   * @default 2
   */
  readonly minCapacity?: number;

  /**
   * The most servers: an integer from 1 and from `minCapacity` up, and a literal. With room above `minCapacity`, a deployment starts new
   * servers before it stops old ones; without, it stops one first.
   *
   * @default - 3 × `minCapacity`, and 1 for a `minCapacity` of 0
   */
  readonly maxCapacity?: number;

  /**
   * How many requests a server should get in a minute: a number above 0. More make the fleet grow, fewer make it shrink, between
   * `minCapacity` and a `maxCapacity` above it. The fleet must then be on a balancer: add a route that forwards to it. AWS measures this
   * per minute (ASG-2): for 800 requests a second give 48,000.
   *
   * @default - the fleet keeps its size until a scaling policy is added to `autoScalingGroup`
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
   */
  readonly requestsPerTargetPerMinute?: number;

  /**
   * The kind of server. Its architecture, ARM or x86, chooses the default image.
   *
   * @default - t4g.small
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The image that servers start from. Its root disk must be `/dev/xvda`, as on Amazon Linux; to signal that it came up, a Linux image
   * needs `/opt/aws/bin/cfn-signal` and curl. For an image that differs, give a `launchTemplate`.
   *
   * @default - Amazon Linux 2023 for the architecture of `instanceType`, the newest whenever a server starts
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * What a server does when it starts, at most 16 KB. The fleet makes a `UserData.forLinux()` wait on exit, up to 10 minutes, for an answer
   * to the readiness check on the loopback address, and then signal CloudFormation; deployments don't wait for servers with user data of
   * another kind, and a warning says so. One object serves one fleet.
   *
   * @default - a reference server that answers /live, /ready, and everything else with the instance, the fleet and the Region; with a
   * `machineImage`, the image's own
   */
  readonly userData?: ec2.UserData;

  /**
   * How servers are launched, in place of `instanceType`, `machineImage` and `userData`, which are errors beside it. A `LaunchTemplate` needs
   * a security group. With an imported one, open both sides yourself, from the group that it names, since a balancer sends to no port that
   * it wasn't told of: `group.connections.allowFrom(loadBalancer, ec2.Port.tcp(port))`, and the same for the port of `healthCheck`. Deployments
   * don't wait for these servers, since nothing says that they signal.
   *
   * @default - a launch template with IMDSv2, an encrypted disk, no public address, a role and a security group of its own
   */
  readonly launchTemplate?: ec2.ILaunchTemplate;

  /**
   * Where the servers stand.
   *
   * @default - the private subnets that have a road out, else the isolated ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * How the balancer chooses a server.
   *
   * @default - round robin without slow start
   */
  readonly algorithm?: Algorithm;

  /**
   * How a returning client finds its server.
   *
   * @default - a client may meet another server on each request
   */
  readonly stickiness?: Stickiness;

  /**
   * How readiness is checked, setting by setting. What it asks should depend on the server alone: servers that fail are replaced. A live
   * fleet must answer a new path before it is asked for it, and rolls when path, port, protocol or interval change.
   *
   * @default - `/ready` every 5 seconds with a timeout of 2, in or out after two answers
   */
  readonly healthCheck?: elbv2.HealthCheck;
}

/** Properties of an `AutoScalingFleet`. */
export interface AutoScalingFleetProps extends AutoScalingFleetOptions {
  /** The VPC of the servers and of their target group. */
  readonly vpc: ec2.IVpc;

  /**
   * The endpoint through which servers in isolated subnets reach CloudFormation to signal that they came up. The fleet waits for it and is
   * let in on port 443. An error beside a `launchTemplate`.
   *
   * @default - the one of a `ServiceVpc` that has one; otherwise the subnets must have a road out
   */
  readonly signalEndpoint?: ec2.IInterfaceVpcEndpoint;
}

/** As long as a server waits for its own readiness at boot. Balancers don't route to it in the meantime. */
const HEALTH_CHECK_GRACE = Duration.minutes(10);
/** From when on a new server's load counts for scaling. */
const INSTANCE_WARMUP = Duration.minutes(2);

/**
 * Servers behind one target group: an Auto Scaling group that keeps its floor through deployments, waits for each new server to answer
 * before an old one goes, and replaces servers that stop answering.
 *
 * The servers' security group lets in what a balancer adds to it, and everything out.
 */
export class AutoScalingFleet extends Construct implements ec2.IConnectable, iam.IGrantable {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.fleet.AutoScalingFleet';

  /** What a route forwards to. */
  public readonly targetGroup: TargetGroup;

  /** The group of servers, for more scaling policies, hooks and schedules. */
  public readonly autoScalingGroup: autoscaling.AutoScalingGroup;

  /** How servers are launched: the one that was given, or the fleet's own. */
  public readonly launchTemplate: ec2.ILaunchTemplate;

  /** The servers' security groups. Of an imported launch template they aren't known: rules then go nowhere. */
  public readonly connections: ec2.Connections;

  /** The servers' role. */
  public readonly grantPrincipal: iam.IPrincipal;

  public constructor(scope: Construct, id: string, props: AutoScalingFleetProps) {
    super(scope, id);
    const given = injected(AutoScalingFleet.PROPERTY_INJECTION_ID, scope, id, props);
    checkPort(given.port, this);
    const capacity = settleCapacity(given, this);
    if (given.requestsPerTargetPerMinute !== undefined) {
      checkRequestScaling(given.requestsPerTargetPerMinute, capacity, this);
    }
    if (given.launchTemplate) {
      const { instanceType, machineImage, userData, signalEndpoint } = given;
      checkLaunchTemplate(given.launchTemplate, { instanceType, machineImage, userData, signalEndpoint }, this);
    }
    const vpcSubnets = settleSubnets(given.vpc, given.vpcSubnets, this);
    const { subnets, internetConnectivityEstablished } = given.vpc.selectSubnets(vpcSubnets);

    const own = given.launchTemplate ? undefined : createLaunch(this, given);
    const signals = (own?.signals ?? false) && capacity.min > 0;
    this.launchTemplate = given.launchTemplate ?? own!.launchTemplate;
    if (!(this.launchTemplate instanceof ec2.LaunchTemplate)) warnOfClosedPorts(given, this);
    const Group = this.launchTemplate instanceof ec2.LaunchTemplate ? autoscaling.AutoScalingGroup : ForeignLaunchGroup;
    this.autoScalingGroup = new Group(this, 'AutoScalingGroup', {
      vpc: given.vpc,
      vpcSubnets,
      launchTemplate: this.launchTemplate,
      minCapacity: capacity.min,
      maxCapacity: capacity.max,
      // A live group that is parked would keep one server otherwise: its size is only ever cut down to the maximum.
      desiredCapacity: capacity.min === 0 ? 0 : undefined,
      signals: signals ? autoscaling.Signals.waitForMinCapacity({ timeout: SIGNAL_TIMEOUT }) : undefined,
      updatePolicy: rollingUpdate(capacity, signals),
      healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
        additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
        gracePeriod: HEALTH_CHECK_GRACE,
      }),
      groupMetrics: [autoscaling.GroupMetrics.all()],
      defaultInstanceWarmup: INSTANCE_WARMUP,
    });
    this.connections = this.autoScalingGroup.connections;
    this.grantPrincipal = this.autoScalingGroup.grantPrincipal;
    // A server that starts before its subnet's NAT gateway has a route can't signal.
    this.autoScalingGroup.node.addDependency(internetConnectivityEstablished);
    if (own && signals) this.signal(given, own, subnets);

    this.targetGroup = new TargetGroup(this, 'TargetGroup', {
      vpc: given.vpc,
      port: given.port,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targetType: elbv2.TargetType.INSTANCE,
      algorithm: given.algorithm,
      stickiness: given.stickiness,
      healthCheck: given.healthCheck,
    });
    this.targetGroup.addTarget(this.autoScalingGroup);
    this.openCheckPort(given);
    // The resource alone: scaling policies, which wait for a rule, are children of the construct.
    this.targetGroup._targetsMade.add(this.autoScalingGroup.node.defaultChild!);
    if (given.requestsPerTargetPerMinute !== undefined) {
      const requests = given.requestsPerTargetPerMinute;
      scaleOnRequests(this, 'RequestScaling', this.autoScalingGroup, this.targetGroup, requests);
    }
    this.recordDefaults(given, capacity.min, capacity.max);
  }

  /**
   * The fleet as one of several that a route forwards to.
   *
   * @param weight an integer from 0 to 999; the fleet's share is its weight over the sum of the weights (ALB-20)
   */
  public weighted(weight: number): elbv2.WeightedTargetGroup {
    return this.targetGroup.weighted(weight);
  }

  /** The L2 opens the port of requests alone: a check that never arrived would have every server replaced. */
  private openCheckPort({ port, healthCheck }: AutoScalingFleetProps): void {
    const own = ownCheckPort(port, healthCheck);
    if (own === undefined) return;
    this.targetGroup.registerConnectable(this.autoScalingGroup, ec2.Port.tcp(portNumber(own)));
  }

  private signal(given: AutoScalingFleetProps, { userData, securityGroup }: Launch, subnets: ec2.ISubnet[]): void {
    const { vpc } = given;
    const endpoint = given.signalEndpoint ?? (vpc instanceof ServiceVpc ? vpc.cloudFormationEndpoint : undefined);
    checkRoadToCloudFormation(vpc, subnets, endpoint, this);
    signalWhenReady(userData, this.autoScalingGroup, given.port, given.healthCheck);
    if (!endpoint) return;
    for (const group of endpoint.connections.securityGroups) {
      // As a remote rule it stands in the fleet's stack: in that of the endpoint it would close a circle of stacks.
      group.addIngressRule(securityGroup, ec2.Port.tcp(443), 'Signals that servers came up', true);
    }
    this.autoScalingGroup.node.addDependency(endpoint);
  }

  private recordDefaults(given: AutoScalingFleetOptions, min: number, max: number): void {
    recordDefault(this, given.minCapacity, {
      prop: 'minCapacity',
      value: `${min}`,
      why: 'a server, or its zone, can fail and another still serves',
    });
    recordDefault(this, given.maxCapacity, {
      prop: 'maxCapacity',
      value: `${max}`,
      why: 'room to grow, and to start new servers before old ones go',
    });
    recordDefault(this, given.requestsPerTargetPerMinute, {
      prop: 'requestsPerTargetPerMinute',
      value: 'no request scaling',
      why: 'what one server bears is only known once it was measured',
    });
  }
}

function warnOfClosedPorts({ port, healthCheck }: AutoScalingFleetOptions, scope: Construct): void {
  const own = ownCheckPort(port, healthCheck);
  const check = own === undefined ? '' : `, and the same for ${own}, the port of the health check`;
  Annotations.of(scope).addWarningV2(
    'cdk-headgate:importedLaunchTemplate',
    `the security groups of an imported launch template are not known, so nothing is opened between the balancer and these servers: write group.connections.allowFrom(loadBalancer, ec2.Port.tcp(${Tokenization.stringifyNumber(port)})) for the group that it names${check}`,
  );
}
