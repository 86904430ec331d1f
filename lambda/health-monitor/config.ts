import type { MonitorConfig, ProbeTarget, StatusRange } from './types';

/** The environment variable that holds the configuration as JSON. */
export const CONFIG_VARIABLE = 'HEADGATE_MONITOR';

/** The configuration can't be used: whoever deployed the function has to mend it, so it fails the invocation. */
export class ConfigurationError extends Error {
  public override readonly name = 'ConfigurationError';
}

/** Reads and checks the configuration. */
export function readConfig(environment: NodeJS.ProcessEnv): MonitorConfig {
  const text = environment[CONFIG_VARIABLE];
  if (!text) throw new ConfigurationError(`the environment variable ${CONFIG_VARIABLE} is missing`);
  const top = fields('', parse(text));
  const attempts = integer('attempts', top.attempts, 1, 10);
  return {
    service: string('service', top.service, 255),
    attempts,
    // More than half, or a target could be healthy and unhealthy at once.
    needed: integer('needed', top.needed, Math.floor(attempts / 2) + 1, attempts),
    spacingMillis: integer('spacingMillis', top.spacingMillis, 0, 10_000),
    targets: list('targets', top.targets, 1).map((item, index) => target(`targets[${index}]`, item)),
    controls: list('controls', top.controls, 0).map((item, index) => target(`controls[${index}]`, item)),
  };
}

function target(at: string, value: unknown): ProbeTarget {
  const item = fields(at, value);
  const { protocol, allowPrivateAddresses = false } = item;
  if (protocol !== 'http' && protocol !== 'https') refuse(`${at}.protocol`, "'http' or 'https'", protocol);
  if (typeof allowPrivateAddresses !== 'boolean')
    refuse(`${at}.allowPrivateAddresses`, 'a boolean', allowPrivateAddresses);
  const path = string(`${at}.path`, item.path, 255);
  if (!/^\/[\x21-\x7e]*$/.test(path)) refuse(`${at}.path`, "printable ASCII that starts with '/'", path);
  const host = string(`${at}.host`, item.host, 253);
  if (!/^[\w.:-]+$/.test(host)) refuse(`${at}.host`, 'a host name or an address', host);
  return {
    region: string(`${at}.region`, item.region, 255),
    protocol,
    host,
    port: integer(`${at}.port`, item.port, 1, 65_535),
    path,
    status: statuses(`${at}.status`, item.status),
    ...(item.searchString === undefined ? {} : { searchString: string(`${at}.searchString`, item.searchString, 255) }),
    timeoutMillis: integer(`${at}.timeoutMillis`, item.timeoutMillis, 1, 10_000),
    allowPrivateAddresses,
  };
}

function statuses(at: string, value: unknown): StatusRange[] {
  return string(at, value, 255)
    .split(',')
    .map((part) => {
      const [, from, to = from] = /^([2-5]\d\d)(?:-([2-5]\d\d))?$/.exec(part) ?? [];
      if (from === undefined || to === undefined || from > to)
        refuse(at, "statuses such as '200', '200,204' or '200-399'", value);
      return { from: Number(from), to: Number(to) };
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationError(`the environment variable ${CONFIG_VARIABLE} is not JSON`);
  }
}

function fields(at: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(at || CONFIG_VARIABLE, 'an object', value);
  return value as Record<string, unknown>;
}

function list(at: string, value: unknown, least: number): unknown[] {
  if (!Array.isArray(value) || value.length < least || value.length > 20) refuse(at, `a list of ${least} to 20`, value);
  return value;
}

function string(at: string, value: unknown, longest: number): string {
  if (typeof value !== 'string' || value === '' || value.length > longest) {
    refuse(at, `a string of 1 to ${longest} characters`, value);
  }
  return value;
}

function integer(at: string, value: unknown, from: number, to: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < from || value > to) {
    refuse(at, `an integer from ${from} to ${to}`, value);
  }
  return value;
}

function refuse(at: string, wanted: string, value: unknown): never {
  throw new ConfigurationError(`'${at}' must be ${wanted}, got ${JSON.stringify(value)}`);
}
