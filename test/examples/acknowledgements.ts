import { CfnRoute, CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { type Acknowledgement, HIPAA, inPacks, inside, NIST, PCI } from '../../bin/acknowledgements';
import { Platform } from '../../examples/bring-your-own/platform';

/** Why findings on the platform that an example brings are accepted; those on what this package makes are the reference app's. */
export const PLATFORM: Acknowledgement[] = [
  {
    rules: inPacks('EC23', 'AwsSolutions'),
    role: 'Balancer of the platform',
    applies: (resource) => resource instanceof CfnSecurityGroup && inside(resource, Platform),
    reason: 'Viewers reach it from anywhere, on port 443 alone.',
  },
  {
    rules: inPacks('ALBWAFEnabled', NIST, PCI),
    role: 'Balancer of the platform',
    applies: (resource) => resource instanceof CfnLoadBalancer && inside(resource, Platform),
    reason:
      'A balancer takes one web ACL, which judges every request to it; that of the platform is not part of the example.',
  },
  {
    rules: [...inPacks('S1', 'AwsSolutions'), ...inPacks('S3BucketLoggingEnabled', NIST, HIPAA, PCI)],
    role: 'Log bucket of the platform',
    applies: (resource) => resource instanceof CfnBucket && inside(resource, Platform),
    reason: 'The bucket is itself the destination of access logs; logging access to logs would feed itself.',
  },
  {
    rules: inPacks('S3BucketReplicationEnabled', NIST, HIPAA, PCI),
    role: 'Log bucket of the platform',
    applies: (resource) => resource instanceof CfnBucket && inside(resource, Platform),
    reason: 'Access logs are versioned in their Region, and no request depends on them.',
  },
  {
    rules: inPacks('S3DefaultEncryptionKMS', NIST, HIPAA, PCI),
    role: 'Log bucket of the platform',
    applies: (resource) => resource instanceof CfnBucket && inside(resource, Platform),
    reason: 'Balancers deliver access logs to buckets with SSE-S3 alone.',
  },
  {
    rules: inPacks('CloudWatchLogGroupEncrypted', NIST, HIPAA, PCI),
    role: 'Flow logs of the platform',
    applies: (resource) => resource instanceof CfnLogGroup && inside(resource, Platform),
    reason: 'CloudWatch Logs encrypts them with a key of its own, and they name addresses and ports alone.',
  },
  {
    rules: inPacks('IAMNoInlinePolicy', NIST, HIPAA, PCI),
    role: 'Flow logs of the platform',
    applies: (resource) => resource instanceof CfnPolicy && inside(resource, Platform),
    reason: 'The policy belongs to the role that writes them, and goes with it.',
  },
  {
    rules: inPacks('VPCNoUnrestrictedRouteToIGW', NIST, HIPAA, PCI),
    role: 'Public subnet of the platform',
    applies: (resource) =>
      resource instanceof CfnRoute && resource.gatewayId !== undefined && inside(resource, Platform),
    reason: 'It holds the balancers and the NAT gateways alone, and both need the internet gateway.',
  },
];
