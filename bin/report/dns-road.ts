import type { AssemblyStack } from './assembly';
import type { TreeNode } from './render';
import type { Placed, Templates } from './templates';
import { at, isObject, list, type Properties, type Value } from './values';

/** A DNS record of a template, its name in lower case and without the dot at its end. */
export interface DnsRecord {
  readonly stack: AssemblyStack;
  readonly name: string;
  readonly type: string;
  readonly properties: Properties;
}

/** All records, those of record set groups too. */
export function dnsRecords(templates: Templates): DnsRecord[] {
  const placed = [
    ...templates.all('AWS::Route53::RecordSet').map(({ stack, resource }) => ({ stack, set: resource.Properties })),
    ...templates
      .all('AWS::Route53::RecordSetGroup')
      .flatMap(({ stack, resource }) => list(resource.Properties?.RecordSets).map((set) => ({ stack, set }))),
  ];
  return placed.filter(isRecord).map(({ stack, set }) => ({
    stack,
    name: hostName(templates.text(stack, set.Name)),
    type: String(set.Type),
    properties: set,
  }));
}

function isRecord(placed: { stack: AssemblyStack; set: Value }): placed is { stack: AssemblyStack; set: Properties } {
  return isObject(placed.set);
}

/** The name that a record's alias stands for; the text of its target's name when that is a resource's. */
export function aliasName(templates: Templates, record: DnsRecord): string | undefined {
  const target = at(record.properties, 'AliasTarget', 'DNSName');
  return target === undefined ? undefined : hostName(templates.text(record.stack, target));
}

/** The resource that a record's alias points at: a distribution or a balancer. */
export function aliasResource(templates: Templates, record: DnsRecord): Placed | undefined {
  return templates.find(record.stack, at(record.properties, 'AliasTarget', 'DNSName'));
}

/** What a name's records are, such as `A, AAAA alias, Shop-edge`. */
export function recordNote(records: readonly DnsRecord[]): string {
  const types = [...new Set(records.map(({ type }) => type))].join(', ');
  const alias = records.some(({ properties }) => properties.AliasTarget) ? ' alias' : '';
  const stacks = [...new Set(records.map(({ stack }) => stack.stackName))].join(', ');
  return `(${[types + alias, policyOf(records[0]!), stacks].filter((part) => part).join(', ')})`;
}

const POLICIES: Readonly<Record<string, string>> = {
  Region: 'latency',
  Weight: 'weighted',
  Failover: 'failover',
  GeoLocation: 'geolocation',
  GeoProximityLocation: 'geoproximity',
  CidrRoutingConfig: 'IP-based',
  MultiValueAnswer: 'multivalue',
};

/** How one of several records of a name is chosen; undefined for a simple record. */
export function policyOf({ properties }: DnsRecord): string | undefined {
  const key = Object.keys(POLICIES).find((name) => properties[name] !== undefined);
  return key && POLICIES[key];
}

/** For which requests a record of a set is chosen, such as `Region us-east-1` or `weight 90`. */
export function choiceOf(templates: Templates, { stack, properties }: DnsRecord): string {
  const { Region, Weight, Failover, SetIdentifier } = properties;
  if (Region !== undefined) return `Region ${templates.text(stack, Region)}`;
  if (Weight !== undefined) return `weight ${templates.text(stack, Weight)}`;
  if (Failover !== undefined) return templates.text(stack, Failover).toLowerCase();
  return templates.text(stack, SetIdentifier ?? 'record');
}

/** The health check of a record as a node, if it has one. */
export function healthCheckNodes(templates: Templates, { stack, properties }: DnsRecord): TreeNode[] {
  if (properties.HealthCheckId === undefined) return [];
  const check = templates.find(stack, properties.HealthCheckId);
  const text = check ? checkText(templates, check) : templates.text(stack, properties.HealthCheckId);
  return [{ label: text.startsWith('calculated') ? text : `check: ${text}`, children: [] }];
}

function checkText(templates: Templates, check: Placed): string {
  const config = at(check.resource.Properties, 'HealthCheckConfig');
  const inverted = at(config, 'Inverted') === true ? 'not ' : '';
  const type = String(at(config, 'Type'));
  if (type === 'CALCULATED') {
    const children = list(at(config, 'ChildHealthChecks'));
    const texts = children.map((child) => {
      const found = templates.find(check.stack, child);
      return found ? checkText(templates, found) : templates.text(check.stack, child);
    });
    return `${inverted}calculated check, ${String(at(config, 'HealthThreshold'))} of ${children.length}: ${texts.join(', ')}`;
  }
  const host = at(config, 'FullyQualifiedDomainName') ?? at(config, 'IPAddress');
  if (host === undefined) return `${inverted}${type} ${check.id}`;
  const protocol = type.replace('_STR_MATCH', '');
  const port = Number(at(config, 'Port') ?? (protocol === 'HTTPS' ? 443 : 80));
  const usual = port === (protocol === 'HTTPS' ? 443 : 80);
  const search = at(config, 'SearchString') === undefined ? '' : ` holding '${String(at(config, 'SearchString'))}'`;
  const path = String(at(config, 'ResourcePath') ?? '');
  const url = `${templates.text(check.stack, host)}${usual ? '' : `:${port}`}${path}${search}`;
  // 30 s and three failures in a row are what Route 53 does when a check doesn't say (R53-7).
  const rhythm = `every ${String(at(config, 'RequestInterval') ?? 30)} s × ${String(at(config, 'FailureThreshold') ?? 3)}`;
  return `${inverted}${protocol} ${url} ${rhythm}`;
}

function hostName(name: string): string {
  return name.replace(/\.$/, '').toLowerCase();
}
