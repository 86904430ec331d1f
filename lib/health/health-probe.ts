import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MonitorTarget } from './private/monitor-config';
import {
  checkExpectedStatus,
  checkHost,
  checkPath,
  checkPort,
  checkSearchString,
  checkTimeout,
} from './private/probe-limits';

/** What a probe asks for, and what it takes for an answer. */
export interface HealthProbeOptions {
  /**
   * The host to probe: a name, or an IPv4 or IPv6 address. It is looked up once an attempt, IPv4 first, and the connection goes to the
   * address that was found. Loopback, link-local (instance metadata among them), 100.64.0.0/10 and other reserved addresses are never
   * connected to: the verdict is then unknown.
   */
  readonly host: string;

  /**
   * The TCP port, 1 to 65535.
   *
   * @default - 443 for HTTPS, 80 for HTTP
   */
  readonly port?: number;

  /**
   * The path and query: up to 255 printable ASCII characters that start with '/'.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The Region that the target speaks for: a dimension of the metrics. When several probes of a monitor have one Region, it is as
   * healthy as the worst of them.
   *
   * @default - the Region of the monitor's stack
   */
  readonly region?: string;

  /**
   * The HTTP statuses that count as healthy: numbers from 200 to 599 and ranges of them, joined by commas, such as `200,204`.
   * Redirects are not followed.
   *
   * @default - 200-399, as Route 53's health checks
   */
  readonly expectedStatus?: string;

  /**
   * A text of up to 255 characters that must stand in the first 5,120 bytes of the body.
   *
   * @default - the body isn't read
   */
  readonly searchString?: string;

  /**
   * How long an attempt may take in all: look-up, connection, TLS and response. 1 to 10 seconds.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * Whether the host may resolve to a private address (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7), which the monitor reaches
   * only from inside a VPC.
   *
   * @default false
   */
  readonly allowPrivateAddresses?: boolean;
}

const DEFAULT_STATUS = '200-399';
const DEFAULT_TIMEOUT = Duration.seconds(5);

/** What a health monitor asks a target, from outside, as a client would. */
export class HealthProbe {
  /**
   * A GET over HTTPS. The certificate must be valid for the host, and its issuer must be a public authority.
   *
   * Throws HG7002 to HG7007 for an option that is out of its limits.
   */
  public static https(options: HealthProbeOptions): HealthProbe {
    return new HealthProbe('https', options);
  }

  /**
   * A GET over plain HTTP.
   *
   * Throws HG7002 to HG7007 for an option that is out of its limits.
   */
  public static http(options: HealthProbeOptions): HealthProbe {
    return new HealthProbe('http', options);
  }

  private readonly protocol: 'http' | 'https';
  private readonly options: HealthProbeOptions;

  private constructor(protocol: 'http' | 'https', options: HealthProbeOptions) {
    checkHost(options.host);
    if (options.port !== undefined) checkPort(options.port);
    if (options.path !== undefined) checkPath(options.path);
    if (options.expectedStatus !== undefined) checkExpectedStatus(options.expectedStatus);
    checkSearchString(options.searchString);
    if (options.timeout !== undefined) checkTimeout(options.timeout);
    this.protocol = protocol;
    this.options = options;
  }

  /**
   * The probe as the handler of a monitor in `scope` reads it.
   *
   * @internal
   */
  public _render(scope: Construct): MonitorTarget {
    const { host, port, path, region, expectedStatus, searchString, timeout, allowPrivateAddresses } = this.options;
    return {
      region: region ?? Stack.of(scope).region,
      protocol: this.protocol,
      host,
      port: port ?? (this.protocol === 'https' ? 443 : 80),
      path: path ?? '/',
      status: expectedStatus ?? DEFAULT_STATUS,
      ...(searchString === undefined ? {} : { searchString }),
      timeoutMillis: (timeout ?? DEFAULT_TIMEOUT).toMilliseconds(),
      ...(allowPrivateAddresses ? { allowPrivateAddresses } : {}),
    };
  }
}
