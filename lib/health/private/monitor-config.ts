import { type Duration, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HeadgateError } from '../../core/errors';

/** The environment variable in which the handler finds its configuration. */
export const CONFIG_VARIABLE = 'HEADGATE_MONITOR';

/** One thing to probe, as the handler reads it. */
export interface MonitorTarget {
  readonly region: string;
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly status: string;
  readonly searchString?: string;
  readonly timeoutMillis: number;
  readonly allowPrivateAddresses?: true;
}

/** What the handler does in one run. */
export interface MonitorConfig {
  readonly service: string;
  readonly attempts: number;
  readonly needed: number;
  readonly spacingMillis: number;
  readonly targets: MonitorTarget[];
  readonly controls: MonitorTarget[];
}

/** Three attempts, two of which must agree: one blip is no verdict. */
export const ATTEMPTS = 3;
export const NEEDED = 2;
export const SPACING_MILLIS = 3_000;

/** What a function's environment may hold: 4 KB, names and values together. */
const MAX_ENVIRONMENT_BYTES = 4_096;

/**
 * The configuration as the function's environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function monitorEnvironment(scope: Construct, config: MonitorConfig): Record<string, string> {
  const bytes = CONFIG_VARIABLE.length + Buffer.byteLength(JSON.stringify(config));
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new HeadgateError(
      'HG7010',
      `'probes' must fit into ${MAX_ENVIRONMENT_BYTES} bytes of environment, got ${bytes}: shorten paths and search strings, or use two monitors`,
      scope,
    );
  }
  return { [CONFIG_VARIABLE]: Stack.of(scope).toJsonString(config) };
}

/** The longest that a run takes: every round lasts as long as its slowest attempt, or until the next one is due. */
export function longestRunMillis(config: MonitorConfig): number {
  const slowest = Math.max(...[...config.targets, ...config.controls].map((target) => target.timeoutMillis));
  return config.attempts * Math.max(slowest, config.spacingMillis);
}

/** Fails unless the monitor can run so often. */
export function checkInterval(interval: Duration, scope: Construct): void {
  const seconds = interval.isUnresolved() ? 60 : interval.toSeconds({ integral: false });
  if (seconds % 60 !== 0 || seconds < 60 || seconds > 3_600) {
    throw new HeadgateError(
      'HG7008',
      `'interval' must be 1 to 60 whole minutes, got ${seconds} seconds: use Duration.minutes(1)`,
      scope,
    );
  }
}

/** Fails unless the name can stand in a metric's dimension. */
export function checkServiceName(name: string, scope: Construct): void {
  if (!Token.isUnresolved(name) && !/^(?!:)(?=.*\S)[\x20-\x7e]{1,255}$/.test(name)) {
    throw new HeadgateError(
      'HG7009',
      `'serviceName' must be 1 to 255 printable ASCII characters without a leading colon, got '${name}': use a name such as 'shop'`,
      scope,
    );
  }
}
