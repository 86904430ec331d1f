import { resolve } from 'node:path';
import { isRegion } from '../cases/formats';
import type { RequestOptions } from '../traffic';
import { countryFor, isAddress, isCountry } from '../traffic/client';
import { type Arguments, type Option, usage } from './command';
import type { Io } from './io';

/** The options that say what is asked about; a case file has them as the keys of a request. */
export const REQUEST_OPTIONS: Readonly<Record<string, Option>> = {
  url: { value: 'URL', text: 'the URL, http or https' },
  method: { value: 'M', text: 'the method; GET if left out' },
  header: {
    value: "'K: V'",
    repeats: true,
    text: 'a header; Host is sent in place of the host of the URL, which DNS goes by',
  },
  cookie: {
    value: "'K=V'",
    repeats: true,
    text: 'a cookie; AWSALBTG=ID for a client that came back to a target group',
  },
  'http-version': { value: 'V', text: '1.0, 1.1, 2 or 3; 2 over TLS and 1.1 without if left out' },
  'client-ip': { value: 'IP', text: "the client's IPv4 or IPv6 address" },
  'client-region': { value: 'R', text: 'the Region that the client, or its edge location, is nearest to' },
  'client-country': { value: 'CC', text: "the client's country, two letters" },
  entry: { value: 'ID', text: 'the record, distribution, accelerator or balancer where the request enters' },
};

/** The options of every command that reads templates. */
export const TEMPLATE_OPTIONS: Readonly<Record<string, Option>> = {
  parameter: { value: 'K=V', repeats: true, text: "a template's parameter, or AWS::Region" },
};

const VERSIONS = ['1.0', '1.1', '2', '3'] as const;

/** Reads the options of a request. */
export function readRequestOptions(args: Arguments): RequestOptions {
  const url = args.one('url');
  if (url === undefined) throw usage('--url is missing: write --url https://shop.example.com/path');
  const method = args.one('method');
  const headers = readHeaders(args.all('header'));
  const cookies = readPairs(args.all('cookie'), '--cookie', "'NAME=VALUE'", /^([^=\s;,]+)=([^;\r\n]*)$/);
  const httpVersion = args.one('http-version');
  const entry = args.one('entry');
  const clientIp = checked(args, 'client-ip', isAddress, () => 'an IPv4 or IPv6 address');
  const clientRegion = checked(args, 'client-region', isRegion, () => 'a Region such as eu-west-1');
  const clientCountry = checked(args, 'client-country', isCountry, countryFor);
  return {
    url,
    ...(method === undefined ? {} : { method }),
    ...(headers === undefined ? {} : { headers }),
    ...(cookies === undefined ? {} : { cookies }),
    ...(clientIp === undefined ? {} : { clientIp }),
    ...(clientRegion === undefined ? {} : { clientRegion }),
    ...(clientCountry === undefined ? {} : { clientCountry }),
    ...(httpVersion === undefined ? {} : { httpVersion: readVersion(httpVersion) }),
    ...(entry === undefined ? {} : { entry }),
  };
}

/** Reads `--parameter`. */
export function readParameters(args: Arguments): Readonly<Record<string, string>> {
  return readPairs(args.all('parameter'), '--parameter', 'NAME=VALUE', /^([^=\s]+)=(.*)$/s) ?? {};
}

/** Reads the templates' paths, which every command takes. */
export function readPaths(args: Arguments, command: string, io: Io): readonly string[] {
  if (args.positionals.length > 0) return args.positionals.map((path) => pathFrom(path, io));
  throw usage(`${command} needs the path of a cloud assembly or a template, such as cdk.out`);
}

/** A path as it was given where that leads to the same file, so that messages name it so. */
export function pathFrom(path: string, io: Io): string {
  return io.cwd === process.cwd() ? path : resolve(io.cwd, path);
}

/** Reads a number of percent. */
export function readPercent(text: string, option: string): number {
  const value = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 1) {
    const percent = Number((value * 100).toFixed(6));
    throw usage(`${option} is in percent: write ${percent} for ${percent} %, got '${text}'`);
  }
  if (value >= 0 && value <= 100) return value;
  throw usage(`${option} must be a number from 0 to 100, got '${text}'`);
}

function checked(
  args: Arguments,
  name: string,
  isGood: (text: string) => boolean,
  goodFor: (text: string) => string,
): string | undefined {
  const text = args.one(name);
  if (text === undefined || isGood(text)) return text;
  throw usage(`--${name} must be ${goodFor(text)}, got '${text}'`);
}

function readVersion(text: string) {
  const version = VERSIONS.find((known) => known === text);
  if (version === undefined) throw usage(`--http-version must be one of ${VERSIONS.join(', ')}, got '${text}'`);
  return version;
}

/** A header that is given twice has both values, as HTTP has it; Host can't. */
function readHeaders(texts: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (texts.length === 0) return undefined;
  const headers = new Map<string, string>();
  for (const text of texts) {
    const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):\s*(.*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw usage(`--header must be 'NAME: VALUE', got '${text}'`);
    const key = [...headers.keys()].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
    const before = headers.get(key);
    if (before !== undefined && key.toLowerCase() === 'host') throw usage('--header Host can be given once only');
    headers.set(key, before === undefined ? value.trimEnd() : `${before}, ${value.trimEnd()}`);
  }
  return Object.fromEntries(headers);
}

function readPairs(
  texts: readonly string[],
  option: string,
  form: string,
  pattern: RegExp,
): Readonly<Record<string, string>> | undefined {
  if (texts.length === 0) return undefined;
  const pairs = new Map<string, string>();
  for (const text of texts) {
    const [, name, value] = pattern.exec(text) ?? [];
    if (name === undefined || value === undefined) throw usage(`${option} must be ${form}, got '${text}'`);
    if (pairs.has(name)) throw usage(`${option} ${name} can be given once only`);
    pairs.set(name, value);
  }
  return Object.fromEntries(pairs);
}
