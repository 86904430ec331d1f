import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

const ID_FIELD = 'PrefixLists.0.PrefixListId';

/** Prefix lists of AWS, found by their names at deploy time. */
export class PrefixLists extends Construct {
  private readonly logGroup: logs.LogGroup;
  private readonly role: iam.Role;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_YEAR });
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    new iam.ManagedPolicy(this, 'Policy', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [this.logGroup.logGroupArn],
        }),
      ],
    });
  }

  public find(id: string, name: string): ec2.IPrefixList {
    const describe: cr.AwsSdkCall = {
      service: 'EC2',
      action: 'DescribeManagedPrefixLists',
      parameters: { Filters: [{ Name: 'prefix-list-name', Values: [name] }] },
      physicalResourceId: cr.PhysicalResourceId.of(name),
      outputPaths: [ID_FIELD],
    };
    const lookup = new cr.AwsCustomResource(this, `${id}Lookup`, {
      resourceType: 'Custom::ManagedPrefixList',
      onCreate: describe,
      onUpdate: describe,
      installLatestAwsSdk: false,
      role: this.role,
      logGroup: this.logGroup,
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: cr.AwsCustomResourcePolicy.ANY_RESOURCE }),
    });
    return ec2.PrefixList.fromPrefixListId(this, id, lookup.getResponseField(ID_FIELD));
  }
}
