import { HeadgateError } from '../../errors';
import {
  describeResource,
  Fields,
  keyOf,
  Reference,
  resourceIn,
  Symbolic,
  type Text,
  type Value,
} from '../../template';
import type { IpVersion } from '../ip-versions';
import { VPC_ORIGIN } from '../resource-types';
import { type Edge, unknownOf } from './config';
import { onlyPossible, withId } from './origin-id';

/** How an origin is reached, as the template has it. */
export interface OriginSettings {
  readonly id: string;
  /** As it is written: what the Host is, unless the viewer's is forwarded. */
  readonly domain: Text;
  /** What leads to the origin: its domain name, or the balancer behind a VPC origin. */
  readonly target: Value | undefined;
  /** The version of IP by which it is asked (CF-23); undefined if it can be either. */
  readonly ipVersion: IpVersion | undefined;
  /** Whether DNS is asked for the name at all (CF-8). */
  readonly isVpcOrigin: boolean;
  readonly protocol: 'http-only' | 'https-only' | 'match-viewer';
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  /** The Region of Origin Shield, if it is on. */
  readonly shield: string | undefined;
  /** What isn't known of these and counts as left out, for a warning. */
  readonly unknown: string | undefined;
}

const CONNECTION = ['OriginProtocolPolicy', 'HTTPPort', 'HTTPSPort', 'IpAddressType'];

/**
 * The settings of an origin.
 *
 * @throws HeadgateError HM1006 if the distribution has no such origin.
 */
export function readOrigin(id: Text, edge: Edge): OriginSettings {
  const { config } = edge;
  const origins = config.objects('Origins');
  const fields = withId(origins, id) ?? onlyPossible(origins, id, config);
  if (fields) return readListed(String(fields.text('Id')), fields);
  const legacy = config.object('CustomOrigin') ?? config.object('S3Origin');
  if (legacy && origins.length === 0) return readLegacy(String(id), legacy);
  const known = origins.map((origin) => origin.text('Id') ?? '?').join(', ') || 'none';
  const problem = id instanceof Symbolic ? `which origin ${id} is isn't known` : `no origin has the Id '${id}'`;
  throw new HeadgateError('HM1006', `${describeResource(edge.resource)}: ${problem}. There are: ${known}.`);
}

function readListed(id: string, fields: Fields): OriginSettings {
  const custom = fields.object('CustomOriginConfig');
  const vpc = fields.object('VpcOriginConfig');
  const endpoint = vpc && endpointOf(vpc);
  const connection = endpoint ?? custom;
  const shield = fields.object('OriginShield');
  return {
    id,
    domain: fields.text('DomainName') ?? '',
    target: vpc ? endpoint?.text('Arn') : fields.text('DomainName'),
    isVpcOrigin: vpc !== undefined,
    ipVersion: vpc ? undefined : ipVersionOf(custom),
    protocol: protocolOf(connection),
    httpPort: connection?.number('HTTPPort') ?? 80,
    httpsPort: connection?.number('HTTPSPort') ?? 443,
    path: fields.string('OriginPath') ?? '',
    headers: customHeaders(fields),
    shield: shield?.boolean('Enabled') ? shield.string('OriginShieldRegion') : undefined,
    unknown: joined(
      unknownOf(fields, ['OriginPath', 'OriginCustomHeaders']),
      ...fields.objects('OriginCustomHeaders').map((header) => unknownOf(header, ['HeaderName'])),
      unknownOf(connection, CONNECTION),
      unknownOf(shield, ['Enabled', 'OriginShieldRegion']),
    ),
  };
}

/** The endpoint of a VPC origin, if it is in the templates. */
function endpointOf(vpc: Fields): Fields | undefined {
  const origin = vpc.reference('VpcOriginId');
  if (origin?.type !== VPC_ORIGIN) return undefined;
  return Fields.of(origin).object('VpcOriginEndpointConfig');
}

/** `CustomOrigin` and `S3Origin` of the distribution itself, which came before `Origins`. */
function readLegacy(id: string, fields: Fields): OriginSettings {
  return {
    id,
    domain: fields.text('DNSName') ?? '',
    target: fields.text('DNSName'),
    isVpcOrigin: false,
    ipVersion: 4,
    protocol: protocolOf(fields),
    httpPort: fields.number('HTTPPort') ?? 80,
    httpsPort: fields.number('HTTPSPort') ?? 443,
    path: '',
    headers: new Map(),
    shield: undefined,
    unknown: unknownOf(fields, CONNECTION),
  };
}

function protocolOf(fields: Fields | undefined): OriginSettings['protocol'] {
  const policy = fields?.string('OriginProtocolPolicy');
  return policy === 'http-only' || policy === 'https-only' ? policy : 'match-viewer';
}

/** IPv4, unless a custom origin says otherwise (CF-23). */
function ipVersionOf(custom: Fields | undefined): IpVersion | undefined {
  const type = custom?.string('IpAddressType');
  return type === 'dualstack' ? undefined : type === 'ipv6' ? 6 : 4;
}

function customHeaders(fields: Fields): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const header of fields.objects('OriginCustomHeaders')) {
    const name = header.string('HeaderName');
    const value = header.text('HeaderValue');
    if (name !== undefined && value !== undefined) headers.set(name.toLowerCase(), keyOf(value));
  }
  return headers;
}

function joined(...texts: readonly (string | undefined)[]): string | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 ? undefined : known.join(', ');
}

/** Whether a value is one that only a deployment knows, and that leads to no resource. */
export function isUnknown(value: Value | undefined): boolean {
  return typeof value !== 'string' && !(value instanceof Reference) && resourceIn(value) === undefined;
}
