import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * A group with an imported launch template, whose security groups nobody knows. The L2 throws when a listener then asks for them; this one
 * has none, so that the group can stand on a balancer and its owner opens the ports.
 */
export class ForeignLaunchGroup extends autoscaling.AutoScalingGroup {
  private readonly unknown = new ec2.Connections();

  public override get connections(): ec2.Connections {
    return this.unknown;
  }
}
