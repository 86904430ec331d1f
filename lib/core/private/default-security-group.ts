import { Aws, CfnResource, CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

const RESOURCE_ID = 'RestrictDefaultSecurityGroupCustomResource';
const PROVIDER_ID = 'Custom::VpcRestrictDefaultSGCustomResourceProvider';
const ACTIONS = [
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:RevokeSecurityGroupIngress',
  'ec2:RevokeSecurityGroupEgress',
];

/**
 * Takes the literal account out of what the L2 makes to empty a VPC's default security group, so that a template is the same with and
 * without an account. The L2's function is shared by all VPCs of a stack, so its policy is written anew for all of them.
 */
export function restrictWithoutAccount(vpc: ec2.Vpc): void {
  const stack = Stack.of(vpc);
  const resource = restriction(vpc)?.node.defaultChild;
  const role = stack.node.tryFindChild(PROVIDER_ID)?.node.tryFindChild('Role');
  if (!CfnResource.isCfnResource(resource) || !CfnResource.isCfnResource(role)) return;
  resource.addPropertyOverride('Account', Aws.ACCOUNT_ID);
  const groups = Lazy.any({
    produce: () =>
      stack.node
        .findAll()
        .filter((node): node is ec2.Vpc => node instanceof ec2.Vpc && Stack.of(node) === stack && !!restriction(node))
        .map(({ vpcDefaultSecurityGroup }) =>
          stack.formatArn({
            service: 'ec2',
            resource: 'security-group',
            resourceName: vpcDefaultSecurityGroup,
            account: Aws.ACCOUNT_ID,
          }),
        ),
  });
  role.addPropertyOverride('Policies', [
    {
      PolicyName: 'Inline',
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ACTIONS, Resource: groups }] },
    },
  ]);
}

function restriction(vpc: ec2.Vpc): CustomResource | undefined {
  const child = vpc.node.tryFindChild(RESOURCE_ID);
  return child instanceof CustomResource ? child : undefined;
}
