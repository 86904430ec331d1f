import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * The role of a monitor's function: it writes to its own log group and, in a VPC, Lambda manages its network interfaces. A policy of its
 * own rather than an inline one or AWS's: the managed ones reach every log group of the account.
 */
export function monitorRole(scope: Construct, logGroup: logs.ILogGroup, inVpc: boolean): iam.Role {
  const statements = [
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  ];
  if (inVpc) {
    statements.push(
      new iam.PolicyStatement({
        actions: [
          'ec2:AssignPrivateIpAddresses',
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:UnassignPrivateIpAddresses',
        ],
        // Lambda makes the interfaces, so their ARNs can't be known; the Describe actions take no resource.
        resources: ['*'],
      }),
    );
  }
  return new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    // Given to the role, and not attached to it later, so that it is there before the function.
    managedPolicies: [new iam.ManagedPolicy(scope, 'Policy', { statements })],
  });
}
