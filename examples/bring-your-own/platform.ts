import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as targets from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** What a platform team has had for years, of L2 constructs alone: it knows nothing of this package. */
export class Platform extends Stack {
  public readonly vpc: ec2.Vpc;
  public readonly zone: route53.PublicHostedZone;
  public readonly certificate: acm.Certificate;
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  public readonly listener: elbv2.ApplicationListener;
  public readonly mainframe: elbv2.ApplicationTargetGroup;

  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    this.vpc.addFlowLog('FlowLog');

    this.zone = new route53.PublicHostedZone(this, 'Zone', { zoneName: 'example.com' });
    this.certificate = new acm.Certificate(this, 'Certificate', {
      domainName: '*.example.com',
      validation: acm.CertificateValidation.fromDns(this.zone),
    });

    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: this.vpc,
      internetFacing: true,
      deletionProtection: true,
      dropInvalidHeaderFields: true,
    });
    this.loadBalancer.logAccessLogs(
      new s3.Bucket(this, 'AccessLogs', {
        blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
        encryption: s3.BucketEncryption.S3_MANAGED,
        enforceSSL: true,
        versioned: true,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
    );
    this.listener = this.loadBalancer.addListener('Https', {
      port: 443,
      certificates: [this.certificate],
      sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
      defaultAction: elbv2.ListenerAction.fixedResponse(404),
    });

    // Servers in the data centre, at the other end of a VPN: outside of the VPC the only zone is 'all'
    // (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html).
    this.mainframe = new elbv2.ApplicationTargetGroup(this, 'Mainframe', {
      vpc: this.vpc,
      targets: [new targets.IpTarget('192.168.10.10', 8080, 'all'), new targets.IpTarget('192.168.10.11', 8080, 'all')],
      port: 8080,
      healthCheck: { path: '/ready' },
    });
    this.loadBalancer.connections.allowTo(ec2.Peer.ipv4('192.168.10.0/24'), ec2.Port.tcp(8080));
  }
}
