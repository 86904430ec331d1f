import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { shown } from '../shown';
import { type Resource, resourceKey, type Templates } from '../template';
import { faultWarnings } from './fault-warnings';
import { isRegion, originNames, regionNames } from './known';
import { HEALTH_CHECK, TARGET_GROUP } from './resource-types';

type Shape =
  | { readonly kind: 'region'; readonly region: string }
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'target-group'; readonly id: string }
  | { readonly kind: 'targets'; readonly id: string; readonly healthy: number; readonly registered: number }
  | { readonly kind: 'health-check'; readonly id: string }
  | { readonly kind: 'origin'; readonly name: string; readonly status: number };

/** Something that is broken, in its settled state: health checks and DNS have reacted. The edge and DNS themselves survive a Region. */
export class Fault {
  private constructor(
    /** As on the command line: `region=us-east-1`. */
    readonly text: string,
    /** @internal */
    readonly shape: Shape,
  ) {
    // The types refuse it too; JavaScript has none.
    const name =
      'id' in shape ? shape.id : 'region' in shape ? shape.region : 'zone' in shape ? shape.zone : shape.name;
    if (typeof name !== 'string') throw unusable(text, `what is broken must be named by a text, got ${shown(name)}`);
  }

  /** Everything in a Region is down: balancers, targets, and what checks them from inside. */
  static region(region: string): Fault {
    return new Fault(`region=${region}`, { kind: 'region', region });
  }

  /** Everything in an availability zone is down, such as `us-east-1a`. */
  static zone(zone: string): Fault {
    return new Fault(`az=${zone}`, { kind: 'zone', zone });
  }

  /** All targets of a group, given by its logical id or `STACK/ID`, are unhealthy. */
  static targetGroup(id: string): Fault {
    return new Fault(`target-group=${id}`, { kind: 'target-group', id });
  }

  /** So many of so many registered targets of a group are healthy; 0 of 0: none is registered. */
  static targets(id: string, healthy: number, registered: number): Fault {
    const text = `targets=${id}:${healthy}/${registered}`;
    if (!Number.isInteger(healthy) || !Number.isInteger(registered) || healthy < 0 || healthy > registered) {
      throw unusable(text, 'the healthy targets can be from 0 to all that are registered, in whole numbers');
    }
    return new Fault(text, { kind: 'targets', id, healthy, registered });
  }

  /** The final status of a Route 53 health check, after inversion, is unhealthy. */
  static healthCheck(id: string): Fault {
    return new Fault(`health-check=${id}`, { kind: 'health-check', id });
  }

  /** An origin, by its Id in the distribution or its domain name, answers with a status from 400 to 599. */
  static origin(name: string, status: number): Fault {
    const text = `origin=${name}:${status}`;
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw unusable(text, 'the status must be from 400 to 599');
    }
    return new Fault(text, { kind: 'origin', name, status });
  }

  /**
   * A fault that may be written as the command line writes it.
   *
   * @internal
   */
  static of(fault: Fault | string): Fault {
    if (typeof fault === 'string') return Fault.parse(fault);
    if (typeof fault === 'object' && fault !== null && 'shape' in fault) return fault;
    const got = Array.isArray(fault) ? 'a list: write given(...faults)' : shown(fault);
    throw new HeadgateError('HM2003', `A fault must be a text such as 'region=us-east-1', or a Fault, got ${got}.`);
  }

  /**
   * Reads a fault as the command line writes it.
   *
   * @throws HeadgateError HM2003
   */
  static parse(text: string): Fault {
    const equals = text.indexOf('=');
    const kind = text.slice(0, Math.max(equals, 0));
    const value = text.slice(equals + 1);
    const reader = READERS[kind as keyof typeof READERS];
    if (equals < 1 || value === '' || !Object.hasOwn(READERS, kind)) {
      throw unusable(text, `write one of ${FORMS}`);
    }
    return reader(value, text);
  }
}

const FORMS = 'region=R, az=Z, target-group=ID, targets=ID:HEALTHY/REGISTERED, health-check=ID, origin=NAME:STATUS';

const READERS = {
  region: (value: string) => Fault.region(value),
  az: (value: string) => Fault.zone(value),
  'target-group': (value: string) => Fault.targetGroup(value),
  'health-check': (value: string) => Fault.healthCheck(value),
  targets: (value: string, text: string) => {
    const match = /^(.+):(\d{1,6})\/(\d{1,6})$/.exec(value);
    if (!match) throw unusable(text, 'write targets=ID:HEALTHY/REGISTERED, such as targets=BlueTargets:2/6');
    return Fault.targets(match[1]!, Number(match[2]), Number(match[3]));
  },
  origin: (value: string, text: string) => {
    const match = /^(.+):(\d{3})$/.exec(value);
    if (!match) throw unusable(text, 'write origin=NAME:STATUS, such as origin=api:503');
    return Fault.origin(match[1]!, Number(match[2]));
  },
};

function unusable(text: string, why: string): HeadgateError {
  return new HeadgateError('HM2003', `The fault '${text}' isn't usable: ${why}${why.endsWith('?') ? '' : '.'}`);
}

function requireRegion(region: string | undefined, text: string, templates: Templates): void {
  if (region === undefined) throw unusable(text, 'a zone is a Region and a letter, such as us-east-1a');
  if (!isRegion(region, templates))
    throw unusable(text, `'${region}' isn't a Region${didYouMean(region, regionNames(templates))}`);
}

function requireOrigin(name: string, text: string, templates: Templates): void {
  const names = originNames(templates);
  if (names.has(name)) return;
  throw unusable(
    text,
    `no distribution has an origin '${name}' (there are: ${names.size === 0 ? 'none' : list(names)})`,
  );
}

function list(names: ReadonlySet<string>): string {
  return [...names].slice(0, 20).join(', ');
}

/** How many targets of a group are registered and healthy, where a fault says so. */
export interface TargetCounts {
  readonly healthy: number;
  readonly registered: number;
}

/** All faults of a situation, with their ids resolved. */
export class Faults {
  private readonly regions = new Set<string>();
  private readonly zones = new Set<string>();
  private readonly unhealthyGroups = new Set<string>();
  private readonly counts = new Map<string, TargetCounts>();
  private readonly checks = new Set<string>();
  private readonly origins = new Map<string, number>();
  private said: readonly string[] | undefined;

  /** @throws HeadgateError HM2001, HM2002 for an id that isn't there or isn't unique, HM2003 for a Region, zone or origin that there isn't: a fault that is misspelt would break nothing. */
  constructor(
    readonly list: readonly Fault[],
    private readonly templates: Templates,
  ) {
    for (const { shape, text } of list) {
      switch (shape.kind) {
        case 'region':
          requireRegion(shape.region, text, templates);
          this.regions.add(shape.region);
          break;
        case 'zone':
          requireRegion(/^(.*?\d)[a-z]$/.exec(shape.zone)?.[1], text, templates);
          this.zones.add(shape.zone);
          break;
        case 'target-group':
          this.unhealthyGroups.add(resourceKey(templates.find(shape.id, [TARGET_GROUP])));
          break;
        case 'targets':
          this.counts.set(resourceKey(templates.find(shape.id, [TARGET_GROUP])), shape);
          break;
        case 'health-check':
          this.checks.add(resourceKey(templates.find(shape.id, [HEALTH_CHECK])));
          break;
        case 'origin':
          requireOrigin(shape.name, text, templates);
          this.origins.set(shape.name, shape.status);
          break;
      }
    }
  }

  /** What the faults don't break, though they look as if they did. */
  get warnings(): readonly string[] {
    this.said ??= faultWarnings(this.list, this.templates);
    return this.said;
  }

  isRegionDown(region: string | undefined): boolean {
    return region !== undefined && this.regions.has(region);
  }

  /** The zones that are down, such as `us-east-1a`. */
  get downZones(): ReadonlySet<string> {
    return this.zones;
  }

  /** What faults say of a group's targets: `unhealthy` for all of them, counts, or undefined if they say nothing. */
  targetsOf(group: Resource): 'unhealthy' | TargetCounts | undefined {
    const key = resourceKey(group);
    return this.unhealthyGroups.has(key) ? 'unhealthy' : this.counts.get(key);
  }

  /** Whether a fault makes the final status of a check unhealthy. */
  isCheckUnhealthy(check: Resource): boolean {
    return this.checks.has(resourceKey(check));
  }

  /** The status that an origin answers with by a fault, by any of its names. */
  statusOfOrigin(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const status = this.origins.get(name);
      if (status !== undefined) return status;
    }
    return undefined;
  }
}
