import { BlockList, isIP } from 'node:net';
import { type IResolvable, Token } from 'aws-cdk-lib';
import type { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { globIntersection } from './glob';

/** What `renderRawCondition()` of any `ListenerCondition` gives. */
export type RawCondition = CfnListenerRule.RuleConditionProperty;

/** A condition in one form, whichever of the forms that CloudFormation takes it was written in. */
export interface ReadCondition {
  /** The field, such as `path-pattern`; undefined when the condition is a token. */
  readonly field?: string;
  /** The header's name as given, of `http-header` conditions. */
  readonly headerName?: string;
  /** The values; of query conditions `key=value` or `value`. */
  readonly values: string[];
  /** The regular expressions. */
  readonly regexValues: string[];
  /** Whether some of it is a token, so that there may be values which can't be seen. Tokens inside a value are in `values`. */
  readonly partial: boolean;
}

/** An address block. */
export interface Cidr {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Whether one request can meet the conditions of two rules, and why. */
export interface Overlap {
  /** `no` is proven. `unknown` is for regular expressions and tokens, and to be treated as an overlap. */
  readonly answer: 'yes' | 'no' | 'unknown';
  /** What can't be compared, or what one request that meets both looks like; for messages. */
  readonly because: string;
}

/** The parts of the config of every kind of condition. */
interface AnyConfig {
  readonly httpHeaderName?: string;
  readonly values?: (string | CfnListenerRule.QueryStringKeyValueProperty)[];
  readonly regexValues?: string[];
}

/**
 * Whether one request can meet both lists of conditions. Two rules are apart if some field of which a request has one value, the path,
 * the host, the method, the client's address or one header, can't meet both. A query may carry what both ask for, so query conditions
 * prove nothing. A balancer looks through all the values of a header that comes several times (HttpHeaderConditionConfig); a client
 * that sends one twice, with a value for each rule, isn't considered.
 */
export function overlap(a: RawCondition[], b: RawCondition[]): Overlap {
  const examples: string[] = [];
  const unknown: string[] = [];
  for (const left of a.map(readCondition)) {
    for (const right of b.map(readCondition)) {
      const subject = subjectOf(left);
      if (subject === undefined || subject !== subjectOf(right)) continue;
      const both = commonValue(left, right);
      if (both === NONE) return { answer: 'no', because: `no ${subject} meets both` };
      if (both === UNKNOWN) unknown.push(subject);
      else examples.push(`${subject} '${both}'`);
    }
  }
  const tokens = [...a, ...b].some((raw) => readCondition(raw).field === undefined);
  if (tokens) unknown.push('a condition that is a token');
  if (unknown.length > 0) return { answer: 'unknown', because: `${unknown.join(' and ')} can't be compared` };
  const because = examples.length > 0 ? `both match ${examples.join(' with ')}` : 'no condition tells them apart';
  return { answer: 'yes', because };
}

/** The one form of a condition. */
export function readCondition(raw: RawCondition): ReadCondition {
  if (Token.isUnresolved(raw) || Token.isUnresolved(raw.field)) return { values: [], regexValues: [], partial: true };
  const config: AnyConfig | IResolvable =
    raw.hostHeaderConfig ??
    raw.httpHeaderConfig ??
    raw.httpRequestMethodConfig ??
    raw.pathPatternConfig ??
    (raw.queryStringConfig as AnyConfig | IResolvable | undefined) ??
    raw.sourceIpConfig ??
    {};
  const { httpHeaderName, values, regexValues } = Token.isUnresolved(config)
    ? ({} as AnyConfig)
    : (config as AnyConfig);
  return {
    field: raw.field,
    headerName: httpHeaderName,
    values: [...visible(raw.values), ...visible(values)].map((value) =>
      typeof value === 'string' ? value : [value.key, value.value].filter((part) => part !== undefined).join('='),
    ),
    regexValues: [...visible(raw.regexValues), ...visible(regexValues)],
    partial: [config, raw.values, raw.regexValues, values, regexValues].some((part) => Token.isUnresolved(part)),
  };
}

/** An address block in CIDR notation; undefined if it is none. */
export function parseCidr(value: string): Cidr | undefined {
  const [, address, digits] = /^([0-9A-Fa-f:.]+)\/(0|[1-9]\d{0,2})$/.exec(value) ?? [];
  if (address === undefined) return undefined;
  const version = isIP(address);
  const prefix = Number(digits);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

const NONE = Symbol('no value meets both');
const UNKNOWN = Symbol('not comparable');

/** A value that meets both conditions on one field. */
function commonValue(a: ReadCondition, b: ReadCondition): string | typeof NONE | typeof UNKNOWN {
  let unknown = [a, b].some(({ regexValues, partial }) => regexValues.length > 0 || partial);
  for (const left of a.values) {
    for (const right of b.values) {
      // Equal tokens are equal values, whatever they turn out to be.
      const same = left === right ? 'the same token' : UNKNOWN;
      const tokens = Token.isUnresolved(left) || Token.isUnresolved(right);
      const both = tokens ? same : intersect(a.field!, left, right);
      if (typeof both === 'string') return both;
      if (both === UNKNOWN) unknown = true;
    }
  }
  return unknown ? UNKNOWN : NONE;
}

function intersect(field: string, a: string, b: string): string | undefined {
  switch (field) {
    case 'path-pattern':
      return globIntersection(a, b);
    case 'http-request-method':
      // Exact, with regard to case (ALB-5).
      return a === b ? a : undefined;
    case 'source-ip':
      return sharedBlock(a, b);
    default:
      // Hosts and header values, without regard to case (ALB-4, ALB-5).
      return globIntersection(a.toLowerCase(), b.toLowerCase());
  }
}

/** Blocks are apart or one is inside the other: then the wider one has the narrower one's address. */
function sharedBlock(a: string, b: string): string | undefined {
  const [wide, narrow] = [parseCidr(a), parseCidr(b)].sort((x, y) => (x?.prefix ?? 0) - (y?.prefix ?? 0));
  if (!wide || !narrow || wide.family !== narrow.family) return undefined;
  const block = new BlockList();
  block.addSubnet(wide.address, wide.prefix, wide.family);
  return block.check(narrow.address, narrow.family) ? `${narrow.address}/${narrow.prefix}` : undefined;
}

/** What of a request a condition is about, if the request has one value of it. */
function subjectOf({ field, headerName }: ReadCondition): string | undefined {
  switch (field) {
    case 'path-pattern':
      return 'path';
    case 'host-header':
      return 'host';
    case 'http-request-method':
      return 'method';
    case 'source-ip':
      return 'address';
    case 'http-header':
      return `header ${headerName?.toLowerCase()}`;
    default:
      return undefined;
  }
}

function visible<T>(list: T[] | undefined): T[] {
  return list === undefined || Token.isUnresolved(list) ? [] : list;
}
