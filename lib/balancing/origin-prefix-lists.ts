import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The prefix lists that AWS manages and that a balancer behind an edge lets in, where their ids are known. */
export interface OriginPrefixLists {
  /**
   * CloudFront's origin-facing list in the Region.
   *
   * @default - found by its name at deploy time
   */
  readonly cloudFront?: ec2.IPrefixList;

  /**
   * The list of Route 53's health checkers in the Region.
   *
   * @default - found by its name at deploy time
   */
  readonly healthChecks?: ec2.IPrefixList;
}
