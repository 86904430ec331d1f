import { HeadgateError } from '../errors';
import { describeResource, Fields, type Resource, resourceKey, type Templates } from '../template';
import type { Hop } from './hop';
import type { HttpRequest } from './request';
import type { World } from './world';

const RECORD_TYPES = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];
const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const ACCELERATOR = 'AWS::GlobalAccelerator::Accelerator';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const PARTS = [LISTENER, 'AWS::ElasticLoadBalancingV2::ListenerRule'];

/** The types of resources where a request can enter. */
export const ENTRY_TYPES: readonly string[] = [...RECORD_TYPES, DISTRIBUTION, ACCELERATOR, BALANCER];

/**
 * Where a request enters: at the entry that it names; else at the names in DNS, the distributions, the accelerators or the balancers,
 * the first of these kinds that the templates have.
 *
 * @throws HeadgateError HM2001 or HM2002 for an unusable id, HM2005 if there is no entry, HM2006 if there are several.
 */
export function entryOf(request: HttpRequest, entry: string | undefined, world: World): Hop {
  if (entry !== undefined) return hopOf(world.templates.find(entry, ENTRY_TYPES), world);
  const { templates } = world;
  if (hasAddressRecords(templates)) return world.dns;
  for (const type of [DISTRIBUTION, ACCELERATOR, BALANCER]) {
    const all = templates.ofType(type);
    if (all.length > 0) return hopOf(onlyOne(all, request, templates), world);
  }
  throw new HeadgateError(
    'HM2005',
    `The templates have nowhere to enter: no DNS record, distribution, accelerator or load balancer.${hintOf(templates)}`,
  );
}

/** What the templates have in place of an entry: parts of a balancer that stands elsewhere, or a kind that isn't modelled. */
function hintOf(templates: Templates): string {
  const part = PARTS.flatMap((type) => templates.ofType(type))[0];
  if (part) return ` ${describeResource(part)} belongs to a load balancer outside of them: give its template too.`;
  const classic = templates.ofType('AWS::ElasticLoadBalancing::LoadBalancer')[0];
  return classic ? ` ${describeResource(classic)} is a classic load balancer, which isn't modelled.` : '';
}

function hopOf(resource: Resource, world: World): Hop {
  return RECORD_TYPES.includes(resource.type) ? world.dns.record(resource) : world.hopOf(resource)!;
}

function hasAddressRecords(templates: Templates): boolean {
  const isAddress = (fields: Fields) => ['A', 'AAAA', 'CNAME'].includes(fields.string('Type') ?? '');
  return (
    templates.ofType('AWS::Route53::RecordSet').some((record) => isAddress(Fields.of(record))) ||
    templates
      .ofType('AWS::Route53::RecordSetGroup')
      .some((group) => Fields.of(group).objects('RecordSets').some(isAddress))
  );
}

function onlyOne(all: readonly Resource[], request: HttpRequest, templates: Templates): Resource {
  if (all.length === 1) return all[0]!;
  const matching = all.filter((resource) => suits(resource, request, templates));
  if (matching.length === 1) return matching[0]!;
  const choices = (matching.length === 0 ? all : matching).map(resourceKey).join(', ');
  throw new HeadgateError(
    'HM2006',
    `The request can enter at any of ${choices}. Say which: --entry on the command line, 'entry' in a request.`,
  );
}

/** Whether the URL selects an entry: by host for distributions, by port for balancers. */
function suits(resource: Resource, request: HttpRequest, templates: Templates): boolean {
  if (resource.type === DISTRIBUTION) {
    const aliases = Fields.of(resource).object('DistributionConfig')?.texts('Aliases') ?? [];
    return aliases.some((alias) => typeof alias === 'string' && coversHost(alias.toLowerCase(), request.hostname));
  }
  if (resource.type === BALANCER) {
    return templates.ofType(LISTENER).some((listener) => {
      const fields = Fields.of(listener);
      const balancer = fields.raw('LoadBalancerArn');
      return fields.number('Port') === request.port && refersTo(balancer, resource);
    });
  }
  return true;
}

function refersTo(value: unknown, resource: Resource): boolean {
  return typeof value === 'object' && value !== null && 'resource' in value && value.resource === resource;
}

function coversHost(alias: string, host: string): boolean {
  if (!alias.startsWith('*.')) return alias === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot + 1) === alias.slice(2);
}
