import type { Stack, StackProps } from 'aws-cdk-lib';
import type { RegionalServiceOptions } from './regional-service-props';

/** What may be said of a Region that is added to a `GlobalService`. */
export interface SiteOptions {
  /**
   * The account of the site: the service's, since all stacks write to one zone, and only the account that owns it can.
   *
   * @default - the service's
   */
  readonly account?: string;

  /**
   * How many availability zones the site uses, 2 to 6.
   *
   * @default 3, and 2 in us-west-1
   */
  readonly availabilityZoneCount?: number;

  /**
   * A stack of the Region to put the site into; it must not use `crossRegionReferences`.
   *
   * @default - a new `SiteStack`
   */
  readonly stack?: Stack;

  /**
   * Properties of the new stack; `env` and `stackName`, which follow from the service, are errors.
   *
   * @default - the L2's
   */
  readonly stackProps?: StackProps;

  /**
   * Whether the Region gets traffic. False prepares a Region, or empties one that is to leave.
   *
   * @default true
   */
  readonly routed?: boolean;

  /**
   * The Region that takes this one's place when a read-only request is tried again at the edge.
   *
   * @default - the next Region in the order in which they were added, the first after the last
   */
  readonly partner?: string;

  /**
   * What the site brings along instead of having it made, and what is chosen about the rest.
   *
   * @default - everything is made
   */
  readonly service?: RegionalServiceOptions;
}
