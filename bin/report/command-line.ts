import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readJson } from './assembly';
import { at, isObject, list, type Properties, type Value } from './values';

/** How `npm start` is called. */
export const USAGE = `Usage: npm start [-- -c KEY=VALUE …]

Builds the project, synthesizes and validates the reference app without an AWS account, and says what it made.

  -c, --context KEY=VALUE   context for the app, as in cdk deploy; may be repeated:
                            account, domain (the zone's name), hostedZoneId,
                            deletionProtection (of the balancers: true or false)
  -h, --help                this text`;

/** Arguments that cannot be understood. */
export class UsageError extends Error {}

/** What the reference app reads. */
const KEYS = ['account', 'domain', 'hostedZoneId', 'deletionProtection'];

/** What the command line asks for. */
export interface Arguments {
  readonly help: boolean;
  readonly context: Readonly<Record<string, string>>;
}

/** Reads the arguments of `npm start`. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parsed(argv);
  return { help: values.help ?? false, context: Object.fromEntries((values.context ?? []).map(assignment)) };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        context: { type: 'string', short: 'c', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function assignment(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new UsageError(`'${text}' must be KEY=VALUE, such as -c domain=shop.org`);
  }
  // The CDK keeps this prefix for itself.
  if (key.startsWith('aws:'))
    throw new UsageError(`'${key}' must not begin with 'aws:': the CDK keeps such keys for itself`);
  // Feature flags and the keys of libraries have a slash or a colon.
  if (!KEYS.includes(key) && !/[/:]/.test(key))
    throw new UsageError(`'${key}' must be one of ${KEYS.join(', ')}, which are the keys that the app reads`);
  return [key, value];
}

/** What cdk.json says about running the app. */
export interface AppSettings {
  readonly app: string;
  /** The folder of the cloud assembly. */
  readonly output: string;
  /** All context that the app gets, in the form in which it takes it. */
  readonly context: Properties;
}

/**
 * Reads cdk.json and puts the app's context together as the CDK CLI does: the command line goes before cdk.json, that before
 * cdk.context.json, and that before the user's ~/.cdk.json; what the CLI itself tells the app goes before all of them. So `cdk deploy`
 * makes the same templates.
 */
export function readSettings(
  root: string,
  given: Readonly<Record<string, string>>,
  home: string = homedir(),
): AppSettings {
  const config = optionalJson(join(root, 'cdk.json'));
  const app = at(config, 'app');
  if (typeof app !== 'string') throw new Error("cdk.json must say with 'app' how the app is run");
  return {
    app,
    output: String(at(config, 'output') ?? 'cdk.out'),
    context: {
      ...objectOf(at(optionalJson(join(home, '.cdk.json')), 'context')),
      ...objectOf(optionalJson(join(root, 'cdk.context.json'))),
      ...objectOf(at(config, 'context')),
      ...given,
      ...contextOfCli(config),
    },
  };
}

function contextOfCli(config: Value): Properties {
  const on = (setting: string) => at(config, setting) !== false;
  const bundled = list(at(config, 'bundlingStacks'));
  return {
    ...(on('pathMetadata') ? { 'aws:cdk:enable-path-metadata': true } : {}),
    ...(on('assetMetadata') ? { 'aws:cdk:enable-asset-metadata': true } : {}),
    ...(on('versionReporting') ? { 'aws:cdk:version-reporting': true } : { 'aws:cdk:disable-version-reporting': true }),
    ...(on('staging') ? {} : { 'aws:cdk:disable-asset-staging': true }),
    'aws:cdk:bundling-stacks': bundled.length > 0 ? bundled : ['**'],
    // Whoever runs the app reads the report and judges it, so that a finding isn't told like a crash.
    '@aws-cdk/core:failSynthOnValidationErrors': false,
  };
}

function optionalJson(file: string): Value {
  return existsSync(file) ? readJson(file) : undefined;
}

function objectOf(value: Value): Properties {
  return isObject(value) ? value : {};
}
