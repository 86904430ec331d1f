import type { RecordSetOptions } from 'aws-cdk-lib/aws-route53';

/** The part of a record that a routing policy decides. */
type PolicyOptions = Pick<RecordSetOptions, 'region' | 'setIdentifier'>;

/**
 * How Route 53 chooses among the Regions of a service.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
 */
export class GlobalRouting {
  /** The Region with the lowest latency from where the resolver asks, among the healthy ones (R53-6). */
  public static latency(): GlobalRouting {
    return new GlobalRouting('latency', (region) => ({ region, setIdentifier: region }));
  }

  private constructor(
    /**
     * What stands in the names of the policy's records: one name takes one policy (R53-13), so another policy needs other names. It holds
     * every choice that a live record can't change.
     *
     * @internal
     */
    public readonly _label: string,
    /**
     * What a Region's record in the set says.
     *
     * @internal
     */
    public readonly _optionsFor: (region: string) => PolicyOptions,
  ) {}
}
