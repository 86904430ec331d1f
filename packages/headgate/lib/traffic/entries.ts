import { HeadgateError } from '../errors';
import { describeResource, Fields, type Resource, resourceKey, type Templates } from '../template';
import { listenersOf } from './balancer/parts-of';
import { Hosts } from './edge/hosts';
import type { Hop } from './hop';
import type { HttpRequest } from './request';
import {
  ACCELERATOR,
  CLASSIC_LOAD_BALANCER,
  DISTRIBUTION,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  RECORD_SET,
  RECORD_SET_GROUP,
} from './resource-types';
import type { World } from './world';

const RECORD_TYPES = [RECORD_SET, RECORD_SET_GROUP];
const PARTS = [LISTENER, LISTENER_RULE];

/** The types of resources where a request can enter. */
export const ENTRY_TYPES: readonly string[] = [...RECORD_TYPES, DISTRIBUTION, ACCELERATOR, LOAD_BALANCER];

/**
 * Where requests enter: at the entry that they name; else at the names in DNS, the distributions, the accelerators or the balancers, the
 * first of these kinds that the templates have. What that is is looked up once.
 */
export class Entries {
  private readonly named = new Map<string, Hop>();
  private usual: ((request: HttpRequest) => Hop) | undefined;

  constructor(private readonly world: World) {}

  /** @throws HeadgateError HM2001 or HM2002 for an unusable id, HM2005 if there is no entry, HM2006 if there are several. */
  of(request: HttpRequest, entry: string | undefined): Hop {
    if (entry !== undefined) return this.at(entry);
    this.usual ??= usualEntry(this.world);
    return this.usual(request);
  }

  private at(entry: string): Hop {
    let hop = this.named.get(entry);
    if (hop === undefined) {
      hop = hopOf(this.world.templates.find(entry, ENTRY_TYPES), this.world);
      this.named.set(entry, hop);
    }
    return hop;
  }
}

function usualEntry(world: World): (request: HttpRequest) => Hop {
  const { templates } = world;
  if (hasAddressRecords(templates)) {
    const { dns } = world;
    return () => dns;
  }
  for (const type of [DISTRIBUTION, ACCELERATOR, LOAD_BALANCER]) {
    const all = templates.ofType(type);
    if (all.length === 1) {
      const hop = hopOf(all[0]!, world);
      return () => hop;
    }
    if (all.length > 1)
      return oneOf(
        all.map((resource) => choiceOf(resource, templates)),
        world,
      );
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
  const classic = templates.ofType(CLASSIC_LOAD_BALANCER)[0];
  if (classic) return ` ${describeResource(classic)} is a classic load balancer, which isn't modelled.`;
  const [unread] = templates.warnings;
  return unread === undefined ? '' : ` What isn't read may have it: ${unread}`;
}

function hopOf(resource: Resource, world: World): Hop {
  return RECORD_TYPES.includes(resource.type) ? world.dns.record(resource) : world.hopOf(resource)!;
}

function hasAddressRecords(templates: Templates): boolean {
  const isAddress = (fields: Fields) => ['A', 'AAAA', 'CNAME'].includes(fields.string('Type')?.toUpperCase() ?? '');
  return (
    templates.ofType(RECORD_SET).some((record) => isAddress(Fields.of(record))) ||
    templates.ofType(RECORD_SET_GROUP).some((group) => Fields.of(group).objects('RecordSets').some(isAddress))
  );
}

/** One of several entries. */
interface Choice {
  readonly resource: Resource;
  /** How well the URL selects it, above 0 if it does: by host for distributions, where the closest name wins, by port for balancers. */
  fitness(request: HttpRequest): number;
}

function choiceOf(resource: Resource, templates: Templates): Choice {
  if (resource.type === DISTRIBUTION) {
    const config = Fields.of(resource).object('DistributionConfig');
    const hosts = config && Hosts.of(resource, config, templates);
    return { resource, fitness: ({ hostname }) => hosts?.closeness(hostname) ?? 0 };
  }
  if (resource.type === LOAD_BALANCER) {
    const ports = new Set(listenersOf(resource, templates).map((listener) => Fields.of(listener).number('Port')));
    return { resource, fitness: ({ port }) => (ports.has(port) ? 1 : 0) };
  }
  return { resource, fitness: () => 1 };
}

function oneOf(choices: readonly Choice[], world: World): (request: HttpRequest) => Hop {
  return (request) => {
    const best = Math.max(...choices.map((choice) => choice.fitness(request)));
    const suitable = best > 0 ? choices.filter((choice) => choice.fitness(request) === best) : [];
    if (suitable.length === 1) return hopOf(suitable[0]!.resource, world);
    const listed = (suitable.length === 0 ? choices : suitable).map(({ resource }) => resourceKey(resource));
    throw new HeadgateError(
      'HM2006',
      `The request can enter at any of ${listed.join(', ')}. Say which: --entry on the command line, 'entry' in a request.`,
    );
  };
}
