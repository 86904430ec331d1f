import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';

const ID = 'PrefixListLookup';

/** The role and the log group of the function that all look-ups of a stack share: its own log group alone, and no managed policy. */
export class LookupFunctionParts extends Construct {
  /** Those of the stack of `scope`. */
  public static of(scope: IConstruct): LookupFunctionParts {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as LookupFunctionParts | undefined) ?? new LookupFunctionParts(stack);
  }

  public readonly logGroup: logs.LogGroup;
  public readonly role: iam.Role;

  private constructor(stack: Stack) {
    super(stack, ID);
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
}
