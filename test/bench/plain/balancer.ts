import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LogBucket } from './log-bucket';
import { PrefixLists } from './prefix-lists';

const HTTPS = ec2.Port.tcp(443);

/** A balancer that lets in CloudFront and Route 53's health checkers alone, and writes access logs. */
export class Balancer extends Construct {
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;

  public constructor(scope: Construct, id: string, { vpc }: { readonly vpc: ec2.IVpc }) {
    super(scope, id);
    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
      deletionProtection: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
      clientKeepAlive: Duration.seconds(60),
      http2Enabled: true,
    });
    this.logTo(new LogBucket(this, 'AccessLogs', s3.ObjectOwnership.BUCKET_OWNER_ENFORCED));

    // Two groups, since the two lists together are more rules than one group takes.
    const lists = new PrefixLists(this, 'PrefixLists');
    this.loadBalancer.connections.securityGroups[0]!.addIngressRule(
      lists.find('CloudFront', 'com.amazonaws.global.cloudfront.origin-facing'),
      HTTPS,
      'HTTPS from CloudFront',
    );
    const healthChecks = new ec2.SecurityGroup(this, 'HealthChecks', {
      vpc,
      description: 'Route 53 health checkers to the balancer',
      allowAllOutbound: false,
    });
    healthChecks.addIngressRule(
      lists.find('HealthChecks', `com.amazonaws.${Stack.of(this).region}.route53-healthchecks`),
      HTTPS,
      'HTTPS from Route 53 health checkers',
    );
    this.loadBalancer.addSecurityGroup(healthChecks);
  }

  /** The L2's `logAccessLogs` would let an account of AWS write, and not the service. */
  private logTo(bucket: s3.Bucket): void {
    this.loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    this.loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
      }),
    );
    this.loadBalancer.node.defaultChild!.node.addDependency(bucket.policy!);
  }
}
