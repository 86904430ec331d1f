import { fromObjects, type Resource } from '../../../lib/template';
import { Fault, type RequestOptions } from '../../../lib/traffic';
import { COMPILERS } from '../../../lib/traffic/compilers';
import { Entries } from '../../../lib/traffic/entries';
import { Faults } from '../../../lib/traffic/fault';
import { endsOf } from '../../../lib/traffic/hop';
import { destinationAt } from '../../../lib/traffic/outcome';
import { Passage } from '../../../lib/traffic/passage';
import { type HttpRequest, readRequest } from '../../../lib/traffic/request';
import { World } from '../../../lib/traffic/world';
import { templateWith } from '../../support/resources';

/** Stand-ins for what DNS leads to: balancers that end the road at themselves, and say of their health what a test wants. */
export interface Surroundings {
  readonly faults?: readonly string[];
  /** The logical ids of balancers that an alias finds unhealthy. */
  readonly unhealthy?: readonly string[];
  /** The logical ids of balancers of whose requests a part gets a 503. */
  readonly broken?: Readonly<Record<string, number>>;
  /** The statuses of balancers that answer themselves. */
  readonly statuses?: Readonly<Record<string, number>>;
  /** Gathers the requests that reach balancers. */
  readonly seen?: HttpRequest[];
  readonly stacks?: Readonly<Record<string, { readonly region: string; readonly resources: object }>>;
}

/** A world of one template in us-east-1 or of several stacks, with balancers and distributions that are stand-ins. */
export function worldOf(resources: object, surroundings: Surroundings = {}): World {
  const stacks = surroundings.stacks ?? { Stack: { region: 'us-east-1', resources } };
  const templates = fromObjects(
    Object.entries(stacks).map(([name, stack]) => ({
      name,
      region: stack.region,
      template: templateWith(stack.resources),
    })),
  );
  const faults = new Faults((surroundings.faults ?? []).map(Fault.parse), templates);
  return new World(templates, faults, {
    ...COMPILERS,
    balancer: (resource, world) => balancer(resource, world, surroundings),
    distribution: (resource, world) => ({
      pass: (passage, road) => {
        const origin = resource.properties.Origin;
        if (typeof origin === 'string') {
          world.dns.lookup(origin).pass(passage.as(passage.request.with({ via: 'cloudfront' })), road);
        } else {
          road.end(passage, destinationAt('origin', resource));
        }
      },
    }),
  });
}

function balancer(
  resource: Resource,
  world: World,
  { unhealthy = [], broken = {}, statuses = {}, seen = [] }: Surroundings,
) {
  const reachable = !world.faults.isRegionDown(resource.stack.region);
  const share = broken[resource.logicalId] ?? 0;
  return {
    resource,
    healthyForDns: reachable && !unhealthy.includes(resource.logicalId),
    unhealthyBecause: 'no target of Green is healthy',
    reachable,
    pass: (passage: Passage, road: Parameters<World['dns']['pass']>[1]) => {
      seen.push(passage.request);
      if (!reachable) {
        road.end(passage, destinationAt('error', resource));
        return;
      }
      if (share < 1)
        road.end(passage.part(1 - share), destinationAt('origin', resource), statuses[resource.logicalId] ?? null);
      if (share > 0) road.end(passage.part(share), destinationAt('error', resource), 503);
    },
  };
}

/** Where a request goes in a world. */
export function outcomesIn(world: World, options: RequestOptions) {
  const request = readRequest(options);
  return endsOf(new Entries(world).of(request, options.entry), Passage.start(request));
}

/** Where a request goes, one line each: `0.9 address 192.0.2.1`. */
export function endsIn(world: World, options: RequestOptions): readonly string[] {
  return outcomesIn(world, options).map(({ share, destination, status }) =>
    [Number(share.toFixed(6)), destination.type, destination.id, ...(status === null ? [] : [status])].join(' '),
  );
}

/** The reasons and facts of a request's first outcome, and its quality. */
export function firstIn(world: World, options: RequestOptions) {
  const [first] = outcomesIn(world, options);
  return {
    because: first!.trace.map((entry) => entry.because),
    facts: [...new Set(first!.trace.flatMap((entry) => entry.facts))],
    quality: first!.quality,
    min: first!.min,
    max: first!.max,
    warnings: first!.warnings,
  };
}

/** A record of shop.example.com with an address, and what else it needs. */
export function record(address: unknown, more: object = {}): object {
  const properties = { Name: 'shop.example.com.', Type: 'A', HostedZoneId: 'Z1', TTL: '60' };
  return {
    Type: 'AWS::Route53::RecordSet',
    Properties: { ...properties, ...('AliasTarget' in more ? {} : { ResourceRecords: [address] }), ...more },
  };
}

/** An alias record of shop.example.com. */
export function alias(target: unknown, evaluates: boolean, more: object = {}): object {
  return record('', { AliasTarget: { DNSName: target, HostedZoneId: 'Z2', EvaluateTargetHealth: evaluates }, ...more });
}

/** A health check. */
export function check(config: object): object {
  return { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: config } };
}

/** A check of an address that nothing in the templates says anything about. */
export const CHECK = check({ Type: 'HTTPS', IPAddress: '192.0.2.99', ResourcePath: '/live' });

/** A load balancer. */
export const BALANCER = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };

/** What an alias to a balancer says. */
export function nameOf(id: string): object {
  return { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': [id, 'DNSName'] }]] };
}

export const SHOP = 'https://shop.example.com/';

/** Where a request for shop.example.com goes in a world of these resources, and why. */
export function ask(resources: object, more: Partial<RequestOptions> = {}, surroundings: Surroundings = {}) {
  const world = worldOf(resources, surroundings);
  const request = { url: SHOP, ...more };
  return { ends: endsIn(world, request), ...firstIn(world, request) };
}

/** A record with an address and a health check. */
export function checked(id: string, address: string, more: object): object {
  return record(address, { HealthCheckId: { Ref: id }, ...more });
}
