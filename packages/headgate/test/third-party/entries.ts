import { Fields, type Resource, resourceIn, resourceKey, type Templates } from '../../lib/template';
import { readRecords } from '../../lib/traffic/dns/record';

/** A place of templates where requests enter, with what suits it. */
export interface Entry {
  readonly kind: 'name' | 'distribution' | 'accelerator' | 'balancer';
  /** For people: the name, or the resource and its port. */
  readonly label: string;
  /** What the request says of it. */
  readonly entry: string;
  /** URLs that suit it: each is asked only if nothing answers at those before it. */
  readonly urls: readonly string[];
}

/** A host for entries that have no name of their own, or one that only a deployment knows. */
const SOME_HOST = 'www.example.com';
const LISTENERS = {
  accelerator: ['AWS::GlobalAccelerator::Listener', 'AcceleratorArn', 'AWS::GlobalAccelerator::Accelerator'],
  balancer: ['AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
} as const;

/**
 * Every entry of templates: each name with an address record, each distribution, and each port on which a balancer or an accelerator
 * listens.
 */
export function entriesOf(templates: Templates): readonly Entry[] {
  return [
    ...names(templates),
    ...templates.ofType('AWS::CloudFront::Distribution').map(distribution),
    ...listening('accelerator', templates),
    ...listening('balancer', templates),
  ];
}

/** Where requests would enter templates that can't be read: every resource that makes an entry counts as one. */
export function unreadEntriesOf(templates: Templates): readonly Entry[] {
  const types = [
    ['name', 'AWS::Route53::RecordSet'],
    ['name', 'AWS::Route53::RecordSetGroup'],
    ['distribution', 'AWS::CloudFront::Distribution'],
    ['accelerator', LISTENERS.accelerator[0]],
    ['balancer', LISTENERS.balancer[0]],
  ] as const;
  return types.flatMap(([kind, type]) =>
    templates
      .ofType(type)
      .map((resource) => ({ kind, label: resource.logicalId, entry: resourceKey(resource), urls: [] })),
  );
}

function names(templates: Templates): readonly Entry[] {
  const byName = new Map(readRecords(templates).addresses.map((record) => [record.key, record]));
  return [...byName.values()].map(({ name, resource }) => {
    const host = typeof name === 'string' ? hostOf(name) : SOME_HOST;
    const urls = [`https://${host}/`, `http://${host}/`];
    return { kind: 'name', label: `${name}`, entry: resourceKey(resource), urls };
  });
}

function distribution(resource: Resource): Entry {
  const aliases = Fields.of(resource).object('DistributionConfig')?.texts('Aliases') ?? [];
  const alias = aliases.find((one) => typeof one === 'string');
  const host = alias === undefined ? 'd111111abcdef8.cloudfront.net' : hostOf(alias);
  return { kind: 'distribution', label: resource.logicalId, entry: resourceKey(resource), urls: [`https://${host}/`] };
}

function listening(kind: 'accelerator' | 'balancer', templates: Templates): readonly Entry[] {
  const [type, property, owner] = LISTENERS[kind];
  const entry = (resource: Resource, label: string, urls: readonly string[]): Entry => {
    return { kind, label: `${resource.logicalId} ${label}`, entry: resourceKey(resource), urls };
  };
  return templates.ofType(owner).flatMap((resource) => {
    const own = templates
      .ofType(type)
      .map((listener) => Fields.of(listener))
      .filter((listener) => resourceIn(listener.raw(property)) === resource);
    return own.map((listener) => {
      const port = listener.number('Port') ?? listener.objects('PortRanges')[0]?.number('FromPort') ?? 80;
      const protocol = listener.string('Protocol') ?? 'TCP';
      return entry(resource, `on ${protocol} ${port}`, urlsFor(protocol, port));
    });
  });
}

/** A protocol that doesn't tell whether there is TLS can carry both. */
function urlsFor(protocol: string, port: number): readonly string[] {
  const http = `http://${SOME_HOST}:${port}/`;
  const https = `https://${SOME_HOST}:${port}/`;
  if (protocol === 'HTTP') return [http];
  if (protocol === 'HTTPS' || protocol === 'TLS') return [https];
  return port === 443 ? [https, http] : [http, https];
}

function hostOf(name: string): string {
  return name.startsWith('*.') || name.startsWith('\\052.') ? name.replace(/^[^.]+/, 'any') : name;
}
