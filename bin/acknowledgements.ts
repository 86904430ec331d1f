import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnRoute, CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { balancing, core, edge, fleet, health, patterns } from '../lib';

/**
 * Why the findings of one family of rules, the same complaint in several packs, are accepted on the resources that play one role: one
 * sentence, which has to be true of each of them.
 */
export interface Acknowledgement {
  readonly rules: string[];
  /** The role. */
  readonly role: string;
  readonly reason: string;
  readonly applies: (resource: CfnResource) => boolean;
}

export const NIST = 'NIST.800.53.R5';
export const HIPAA = 'HIPAA.Security';
export const PCI = 'PCI.DSS.321';

/** The id of one rule in each of several packs: `<pack>::<pack>-<rule>`, the form that the validation report records. */
export function inPacks(rule: string, ...packs: string[]): string[] {
  return packs.map((pack) => `${pack}::${pack}-${rule}`);
}

const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  {
    rules: inPacks('AS3', 'AwsSolutions'),
    role: 'Fleet',
    applies: (resource) => resource instanceof CfnAutoScalingGroup && inside(resource, fleet.AutoScalingFleet),
    reason:
      'Scaling events reach EventBridge and CloudTrail without a topic; whom to page is decided with the alarms, not by each group.',
  },
  {
    rules: inPacks('ELBDeletionProtectionEnabled', NIST, HIPAA),
    role: 'Unprotected balancer',
    applies: (resource) => resource instanceof CfnLoadBalancer && isUnprotected(resource),
    reason: 'Whoever deploys said deletionProtection=false, for a trial or to tear the app down.',
  },
  {
    rules: inPacks('CFR1', 'AwsSolutions'),
    role: 'Distribution',
    applies: (resource) => resource instanceof CfnDistribution && inside(resource, edge.EdgeDistribution),
    reason: 'The shop sells to every country; geoRestriction of the edge is the place to name some.',
  },
  {
    rules: [...inPacks('S1', 'AwsSolutions'), ...inPacks('S3BucketLoggingEnabled', NIST, HIPAA, PCI)],
    role: 'Log bucket',
    applies: (resource) => resource instanceof CfnBucket && inside(resource, core.LogBucket),
    reason: 'The bucket is itself the destination of access logs; logging access to logs would feed itself.',
  },
  {
    rules: inPacks('S3BucketReplicationEnabled', NIST, HIPAA, PCI),
    role: 'Log bucket',
    applies: (resource) => resource instanceof CfnBucket && inside(resource, core.LogBucket),
    reason:
      'Access logs are evidence of one Region and are versioned there; no request depends on them, so they are not copied to another.',
  },
  {
    rules: inPacks('S3DefaultEncryptionKMS', NIST, HIPAA, PCI),
    role: 'Log bucket',
    applies: (resource) => resource instanceof CfnBucket && inside(resource, core.LogBucket),
    reason:
      'Balancers deliver access logs to buckets with SSE-S3 alone, and the bucket of the edge is of the same kind: encrypted that way, private and TLS only.',
  },
  {
    rules: inPacks('CloudWatchLogGroupEncrypted', NIST, HIPAA, PCI),
    role: 'Log group',
    applies: (resource) =>
      resource instanceof CfnLogGroup &&
      (inside(resource, patterns.RegionalService, edge.EdgeDistribution) || isLookup(resource)),
    reason:
      'CloudWatch Logs encrypts the group with a key of its own; the entries hold no bodies, credentials and the secret header are masked before they are logged, and who may read them is a matter of IAM as with any other log.',
  },
  {
    rules: [...inPacks('SMG4', 'AwsSolutions'), ...inPacks('SecretsManagerRotationEnabled', NIST, HIPAA)],
    role: 'Origin secret',
    applies: (resource) => resource instanceof CfnSecret && inside(resource, edge.OriginSecrets),
    reason:
      'An origin secret is rotated by number: a new secret, accepted beside the old one before the edge sends it. Changing a value in place would cut the edge off.',
  },
  {
    rules: inPacks('SecretsManagerUsingKMSKey', NIST, HIPAA, PCI),
    role: 'Origin secret',
    applies: (resource) => resource instanceof CfnSecret && inside(resource, edge.OriginSecrets),
    reason:
      'The secret is encrypted with the Secrets Manager key of its account in each Region; it opens no data, only the way from edge to balancer in the same account.',
  },
  {
    rules: inPacks('IAMNoInlinePolicy', NIST, HIPAA, PCI),
    role: 'Policy of a role',
    applies: (resource) =>
      resource instanceof CfnPolicy &&
      inside(resource, fleet.AutoScalingFleet, core.ServiceVpc, balancing.ManagedPrefixList),
    reason:
      'The policy belongs to one role alone, names what that role needs, and goes with it; nobody else could attach it.',
  },
  {
    rules: ['AwsSolutions::AwsSolutions-IAM5[Resource::*]'],
    role: 'Policy of a role',
    applies: (resource) => resource instanceof CfnPolicy && inside(resource, balancing.ManagedPrefixList),
    reason: 'ec2:DescribeManagedPrefixLists takes no resource; it reads public lists, at deploy time alone.',
  },
  {
    rules: inPacks('LambdaDLQ', NIST, HIPAA),
    role: 'Helper function',
    applies: (resource) =>
      resource instanceof CfnFunction && (inside(resource, health.HealthMonitor) || isLookup(resource)),
    reason:
      'Whoever calls the function sees it fail and calls again, on schedule or in a deployment; a message kept for later would tell nothing that is still true.',
  },
  {
    rules: inPacks('LambdaInsideVPC', NIST, HIPAA, PCI),
    role: 'Helper function',
    applies: (resource) =>
      resource instanceof CfnFunction && (inside(resource, health.HealthMonitor) || isLookup(resource)),
    reason:
      'The function talks to public endpoints alone, the service as viewers see it or an AWS API, and reaches nothing inside a VPC.',
  },
  {
    rules: inPacks('LambdaConcurrency', NIST, HIPAA),
    role: 'Helper function',
    applies: (resource) =>
      resource instanceof CfnFunction && (inside(resource, health.HealthMonitor) || isLookup(resource)),
    reason:
      'The function is called one at a time and can not pile up; reserving concurrency would take it from the account, and new accounts have too little to reserve any.',
  },
  {
    rules: inPacks('VPCNoUnrestrictedRouteToIGW', NIST, HIPAA, PCI),
    role: 'Route of a public subnet',
    applies: (resource) =>
      resource instanceof CfnRoute && resource.gatewayId !== undefined && inside(resource, core.ServiceVpc),
    reason:
      'Public subnets hold the balancer and the NAT gateways alone, and both need the internet gateway; servers stand in private subnets.',
  },
  {
    rules: inPacks('EC23', 'AwsSolutions'),
    role: 'Balancer without an edge',
    applies: (resource) =>
      resource instanceof CfnSecurityGroup &&
      inside(resource, balancing.ServiceLoadBalancer) &&
      letsTheWorldIn(resource),
    reason:
      'Nothing stands in front of it, so viewers reach it from anywhere, on port 443 behind a web ACL and on port 80 for a redirect.',
  },
  {
    rules: inPacks('ELBv2ACMCertificateRequired', NIST, HIPAA, PCI),
    role: 'Redirect to HTTPS',
    applies: (resource) =>
      resource instanceof CfnListener && resource.protocol === 'HTTP' && inside(resource, balancing.ServiceListener),
    reason: 'Plain HTTP has no certificate to show, and gets nothing but the way to HTTPS.',
  },
];

/** Whether one of the constructs that a resource belongs to is of one of these kinds. */
export function inside(resource: IConstruct, ...kinds: (abstract new (...args: never[]) => IConstruct)[]): boolean {
  return resource.node.scopes.some((scope) => kinds.some((kind) => scope instanceof kind));
}

/** Whether a resource is part of the function that looks prefix lists up; the CDK puts it beside the constructs that use it. */
function isLookup(resource: IConstruct): boolean {
  return resource.node.scopes.some(({ node }) =>
    /^(AWS679f53fac002430cb0da5b7982bd2287|PrefixListLookup)$/.test(node.id),
  );
}

/** Whether a security group is open to every address. */
function letsTheWorldIn(group: CfnSecurityGroup): boolean {
  return JSON.stringify(Stack.of(group).resolve(group.securityGroupIngress) ?? []).includes('"0.0.0.0/0"');
}

/**
 * Acknowledges, resource by resource, what remains of the packs' findings after everything that can be mended was.
 *
 * @param more what an app has to say of resources that are not of this package
 */
export function acknowledgeFindings(scope: IConstruct, more: readonly Acknowledgement[] = []): void {
  for (const resource of scope.node.findAll().filter((node) => CfnResource.isCfnResource(node))) {
    for (const { rules, role, reason, applies } of [...ACKNOWLEDGEMENTS, ...more]) {
      if (!applies(resource)) continue;
      for (const id of rules) acknowledge(resource, id, `${role}: ${reason}`);
    }
  }
}

/**
 * An id that has '::' in its brackets too is refused by older versions of the CDK, unless it stands without the pack's name: then it is on the
 * resource and not in the report.
 */
function acknowledge(resource: CfnResource, id: string, reason: string): void {
  const [, ...bare] = id.split('::');
  try {
    Validations.of(resource).acknowledge({ id, reason });
  } catch (error) {
    if (bare.length < 2) throw error;
    Validations.of(resource).acknowledge({ id: bare.join('::'), reason });
  }
}

/** Whether the app was asked to leave a balancer of this package without protection. */
function isUnprotected(balancer: CfnLoadBalancer): boolean {
  return (
    balancer.node.tryGetContext('deletionProtection')?.toString() === 'false' &&
    inside(balancer, balancing.ServiceLoadBalancer)
  );
}
