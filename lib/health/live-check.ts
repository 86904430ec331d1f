import { Duration } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { injected } from '../core/private/injection';
import { checkHost, checkPath } from './private/probe-limits';

/** Properties of a `LiveCheck`. */
export interface LiveCheckProps {
  /** The host name of one Region's balancer. It must not be the name of a record that the check decides about (R53-7). */
  readonly host: string;

  /**
   * The path that is asked: up to 255 printable ASCII characters that start with `/` (R53-15).
   *
   * @default '/live'
   */
  readonly path?: string;
}

const DEFAULT_PATH = '/live';
/** Every checker Region: a Region is unhealthy when 82 % of the checkers say so, so none of them may be missing (R53-7). */
const CHECKER_REGIONS = [
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-1',
  'sa-east-1',
  'us-east-1',
  'us-west-1',
  'us-west-2',
];

/**
 * A Route 53 health check that asks one Region's balancer over HTTPS every 10 seconds, and calls it down after three answers: 65 to 107
 * seconds until new requests go elsewhere.
 *
 * Its type and interval can't change on a live check (R53-15), so neither is a choice.
 */
export class LiveCheck extends route53.HealthCheck {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.health.LiveCheck';

  public constructor(scope: Construct, id: string, props: LiveCheckProps) {
    const { host, path = DEFAULT_PATH } = injected(LiveCheck.PROPERTY_INJECTION_ID, scope, id, props);
    checkHost(host);
    checkPath(path);
    super(scope, id, {
      type: route53.HealthCheckType.HTTPS,
      fqdn: host,
      port: 443,
      resourcePath: path,
      enableSNI: true,
      requestInterval: Duration.seconds(10),
      failureThreshold: 3,
      regions: CHECKER_REGIONS,
    });
  }
}
