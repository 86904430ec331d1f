import { Duration } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { serverUserData, signalWhenReady } from './user-data';

export interface FleetProps {
  readonly vpc: ec2.IVpc;
  /** What the servers run. */
  readonly program: string;
}

const PORT = 8080;
const SIGNAL_TIMEOUT = Duration.minutes(15);

/** Three to nine servers behind a target group. */
export class Fleet extends Construct {
  public readonly group: autoscaling.AutoScalingGroup;
  public readonly targetGroup: elbv2.ApplicationTargetGroup;

  public constructor(scope: Construct, id: string, { vpc, program }: FleetProps) {
    super(scope, id);
    const userData = serverUserData(this, program, PORT);
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
    this.group = new autoscaling.AutoScalingGroup(this, 'Servers', {
      vpc,
      vpcSubnets,
      launchTemplate: this.addLaunchTemplate(vpc, userData),
      minCapacity: 3,
      maxCapacity: 9,
      signals: autoscaling.Signals.waitForMinCapacity({ timeout: SIGNAL_TIMEOUT }),
      updatePolicy: autoscaling.UpdatePolicy.rollingUpdate({
        minInstancesInService: 3,
        maxBatchSize: 1,
        waitOnResourceSignals: true,
        pauseTime: SIGNAL_TIMEOUT,
      }),
      healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
        additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.minutes(10),
      }),
      groupMetrics: [autoscaling.GroupMetrics.all()],
      defaultInstanceWarmup: Duration.minutes(2),
    });
    const road = vpc.selectSubnets(vpcSubnets).internetConnectivityEstablished;
    this.group.node.defaultChild!.node.addDependency(road);
    signalWhenReady(userData, this.group, PORT);
    this.targetGroup = this.addTargetGroup(vpc);
  }

  /** To be called when routes forward here. */
  public scaleOnRequests(targetRequestsPerMinute: number): void {
    this.group.scaleOnRequestCount('Requests', { targetRequestsPerMinute });
  }

  private addLaunchTemplate(vpc: ec2.IVpc, userData: ec2.UserData): ec2.LaunchTemplate {
    return new ec2.LaunchTemplate(this, 'LaunchTemplate', {
      machineImage: ec2.MachineImage.resolveSsmParameterAtLaunch(
        '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
      ),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
      userData,
      role: new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
      securityGroup: new ec2.SecurityGroup(this, 'SecurityGroup', {
        vpc,
        description: `Servers of ${this.node.path}`,
        allowAllOutbound: true,
        allowAllIpv6Outbound: true,
      }),
      requireImdsv2: true,
      httpEndpoint: true,
      httpPutResponseHopLimit: 1,
      associatePublicIpAddress: false,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(8, {
            volumeType: ec2.EbsDeviceVolumeType.GP3,
            encrypted: true,
            deleteOnTermination: true,
          }),
        },
      ],
      detailedMonitoring: true,
    });
  }

  private addTargetGroup(vpc: ec2.IVpc): elbv2.ApplicationTargetGroup {
    const targetGroup = new elbv2.ApplicationTargetGroup(this, 'TargetGroup', {
      vpc,
      port: PORT,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targetType: elbv2.TargetType.INSTANCE,
      targets: [this.group],
      healthCheck: {
        path: '/ready',
        healthyHttpCodes: '200',
        protocol: elbv2.Protocol.HTTP,
        interval: Duration.seconds(5),
        timeout: Duration.seconds(2),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    targetGroup.setAttribute('load_balancing.algorithm.type', 'round_robin');
    targetGroup.setAttribute('slow_start.duration_seconds', '0');
    targetGroup.setAttribute('load_balancing.algorithm.anomaly_mitigation', 'off');
    return targetGroup;
  }
}
