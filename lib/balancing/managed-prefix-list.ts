import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { injected } from '../core/private/injection';
import { LookupFunctionParts } from './private/lookup-function-parts';

/** Properties of a `ManagedPrefixList`. */
export interface ManagedPrefixListProps {
  /** The name of a prefix list that AWS manages, such as `com.amazonaws.global.cloudfront.origin-facing`. */
  readonly prefixListName: string;
}

const ID_FIELD = 'PrefixLists.0.PrefixListId';

/**
 * A prefix list that AWS manages, found by its name in the stack's own Region at deploy time: its id differs from Region to Region, and
 * not every one of them is published (CDK-9). Where the id is known, use `ec2.PrefixList.fromPrefixListId` instead.
 */
export class ManagedPrefixList extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.balancing.ManagedPrefixList';

  /**
   * The addresses from which CloudFront reaches origins. It weighs 55 of a security group's 60 rules.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
   */
  public static cloudFrontOriginFacing(scope: Construct, id: string): ManagedPrefixList {
    return new ManagedPrefixList(scope, id, { prefixListName: 'com.amazonaws.global.cloudfront.origin-facing' });
  }

  /**
   * The addresses from which Route 53 checks health. It weighs 25 of a security group's 60 rules.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html
   */
  public static route53HealthChecks(scope: Construct, id: string): ManagedPrefixList {
    return new ManagedPrefixList(scope, id, {
      prefixListName: `com.amazonaws.${Stack.of(scope).region}.route53-healthchecks`,
    });
  }

  /** The list as an L2, to be used as a peer of security group rules. */
  public readonly prefixList: ec2.IPrefixList;

  public constructor(scope: Construct, id: string, props: ManagedPrefixListProps) {
    super(scope, id);
    const { prefixListName } = injected(ManagedPrefixList.PROPERTY_INJECTION_ID, scope, id, props);
    const describe: cr.AwsSdkCall = {
      service: 'EC2',
      action: 'DescribeManagedPrefixLists',
      parameters: { Filters: [{ Name: 'prefix-list-name', Values: [prefixListName] }] },
      physicalResourceId: cr.PhysicalResourceId.of(prefixListName),
      outputPaths: [ID_FIELD],
    };
    const { role, logGroup } = LookupFunctionParts.of(this);
    const lookup = new cr.AwsCustomResource(this, 'Lookup', {
      resourceType: 'Custom::ManagedPrefixList',
      onCreate: describe,
      onUpdate: describe,
      installLatestAwsSdk: false,
      role,
      logGroup,
      // The call takes no resource. Given beside the role, since another construct of the stack may have made the shared function first,
      // with a role of its own. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: cr.AwsCustomResourcePolicy.ANY_RESOURCE }),
    });
    this.prefixList = ec2.PrefixList.fromPrefixListId(this, 'List', lookup.getResponseField(ID_FIELD));
  }
}
