import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What another stack needs to know of a service in order to add routes to its listener. */
export interface RegionalServiceAttributes {
  /** The ARN of the HTTPS listener. */
  readonly listenerArn: string;

  /** The id of a security group of the balancer: it gets a rule towards each target that is added, and the target one from it. */
  readonly securityGroupId: string;

  /** The network of the balancer. */
  readonly vpc: ec2.IVpc;

  /**
   * The first priority of the band that this importer owns, 100 to 50,000. Bands of several importers must not overlap, and should lie
   * below the owner's, which begins at 30,000 unless its `firstPriority` says otherwise.
   */
  readonly firstPriority: number;

  /** The last priority of the band; a band spans at least 1,000. */
  readonly lastPriority: number;
}
