import { type Resource, resourceIn, resourceKey, type Templates, type Value } from '../template';
import type { Faults } from './fault';
import type { Hop, Road } from './hop';
import { Regexes } from './matching/regex';
import type { Passage } from './passage';
import type { Quality } from './quality';
import { ACCELERATOR, DISTRIBUTION, LOAD_BALANCER } from './resource-types';
import type { ZoneName } from './zone';

/** How something looks to an alias with EvaluateTargetHealth (R53-5). */
export interface DnsHealth {
  /** Why it is unhealthy, for traces: `no target of GreenTargets is healthy`; undefined if it is healthy. */
  readonly unhealthyBecause?: string | undefined;
  /** The facts that this rests on beside R53-5. */
  readonly facts?: readonly string[] | undefined;
  /** What had to be assumed, as a sentence: if it is wrong, so is the status. */
  readonly doubt?: string | undefined;
}

/** A load balancer. */
export interface Balancer extends Hop {
  readonly resource: Resource;
  /** Whether an alias with EvaluateTargetHealth finds it healthy (R53-5). */
  readonly healthyForDns: boolean;
  /** Why it isn't, for traces: `no target of GreenTargets is healthy`. */
  readonly unhealthyBecause?: string;
  /** What that rests on, and what had to be assumed. */
  readonly dnsHealth?: DnsHealth;
  /** Whether clients reach it at all: false if its Region, or every zone that it stands in, is down. */
  readonly reachable: boolean;
}

/** How the targets of a group are. */
export type GroupState =
  /** None is registered. */
  | 'empty'
  /** All are healthy, as far as is known. */
  | 'healthy'
  /** Some are healthy. */
  | 'degraded'
  /** Some are registered, none is healthy. */
  | 'unhealthy';

/** A target group. */
export interface TargetGroup extends Hop {
  readonly resource: Resource;
  readonly state: GroupState;
  /** `HTTP`, `TCP`…; undefined for Lambda groups and where it is symbolic. */
  readonly protocol: string | undefined;
  /** `HTTP1` (default), `HTTP2` or `GRPC`; undefined where it is symbolic. */
  readonly protocolVersion: string | undefined;
  /** Whether nodes send to targets in other zones; undefined if the balancer's own setting decides. */
  readonly crossZone: boolean | undefined;
  /** Whether it says itself, but it isn't known what; the balancer's own setting is then taken. */
  readonly isCrossZoneUnknown: boolean;
  /**
   * Whether enough targets are healthy for the group not to take its balancer out of DNS (ALB-31): of all its targets if nodes send to
   * other zones, else of those in any zone.
   */
  forDns(isCrossZone: boolean): DnsHealth;
  /** How its targets in one zone are. */
  stateIn(zone: ZoneName): 'empty' | 'healthy' | 'unhealthy';
  /** As {@link pass}, from a node that sends to the targets of its own zone alone; undefined if the zone isn't known. */
  passIn(zone: ZoneName | undefined, passage: Passage, road: Road): void;
}

/** A web ACL. */
export interface WebAcl {
  readonly resource: Resource;
  /** Ends what is blocked and hands the rest, with its labels dropped and inserted headers added, to `onward`. */
  inspect(passage: Passage, road: Road, onward: Hop): void;
}

/** Whether something counts as healthy, and how well that is known. */
export interface Health {
  readonly healthy: boolean;
  /** A clause for traces: `Check1 is unhealthy: its endpoint is in us-east-1, which is down`. */
  readonly because: string;
  readonly facts: readonly string[];
  readonly quality: Quality;
  /** What had to be assumed. */
  readonly warnings: readonly string[];
  /** Whether it is healthy just because what it checks isn't, so that a reader has to be told. */
  readonly isTurned?: boolean;
}

/** A Route 53 health check: the final status, after inversion. */
export interface HealthCheck extends Health {
  readonly resource: Resource;
}

/** DNS as the templates' zones have it. */
export interface Dns extends Hop {
  /** The hop that a name leads to: records in the templates, or an address outside of them. */
  lookup(name: string): Hop;
  /** Whether the templates have address records (A, AAAA, CNAME) of a name, wildcards included. */
  knows(name: string): boolean;
  /** Whether a public zone of the templates answers for a name and has no address of it. */
  lacks(name: string): boolean;
  /** The hop that begins at the name of a record: its policy chooses among all records of its set. */
  record(resource: Resource): Hop;
}

/** What compiles each kind of hop. One function a kind, so that no hop imports another. */
export interface Compilers {
  dns(world: World): Dns;
  healthCheck(resource: Resource, world: World): HealthCheck;
  accelerator(resource: Resource, world: World): Hop;
  distribution(resource: Resource, world: World): Hop;
  webAcl(resource: Resource, world: World): WebAcl;
  balancer(resource: Resource, world: World): Balancer;
  targetGroup(resource: Resource, world: World): TargetGroup;
}

/** The templates under a set of faults, with every hop compiled when it is first asked for. */
export class World {
  readonly regexes = new Regexes();
  private readonly compiled = new Map<string, unknown>();

  constructor(
    readonly templates: Templates,
    readonly faults: Faults,
    private readonly compilers: Compilers,
  ) {}

  get dns(): Dns {
    return this.once('dns', () => this.compilers.dns(this));
  }

  healthCheck(resource: Resource): HealthCheck {
    return this.once(`check ${resourceKey(resource)}`, () => this.compilers.healthCheck(resource, this));
  }

  accelerator(resource: Resource): Hop {
    return this.once(`accelerator ${resourceKey(resource)}`, () => this.compilers.accelerator(resource, this));
  }

  distribution(resource: Resource): Hop {
    return this.once(`distribution ${resourceKey(resource)}`, () => this.compilers.distribution(resource, this));
  }

  webAcl(resource: Resource): WebAcl {
    return this.once(`web ACL ${resourceKey(resource)}`, () => this.compilers.webAcl(resource, this));
  }

  balancer(resource: Resource): Balancer {
    return this.once(`balancer ${resourceKey(resource)}`, () => this.compilers.balancer(resource, this));
  }

  targetGroup(resource: Resource): TargetGroup {
    return this.once(`group ${resourceKey(resource)}`, () => this.compilers.targetGroup(resource, this));
  }

  /** The hop of a resource that a domain name or an ARN can lead to; undefined for other types. */
  hopOf(resource: Resource): Hop | undefined {
    switch (resource.type) {
      case LOAD_BALANCER:
        return this.balancer(resource);
      case DISTRIBUTION:
        return this.distribution(resource);
      case ACCELERATOR:
        return this.accelerator(resource);
      default:
        return undefined;
    }
  }

  /** The hop that a domain name leads to: the resource that it refers to, or else what DNS says of it; undefined if it is symbolic. */
  hopAt(name: Value | undefined): Hop | undefined {
    const resource = resourceIn(name);
    if (resource) return this.hopOf(resource);
    return typeof name === 'string' ? this.dns.lookup(name) : undefined;
  }

  private once<T>(key: string, compile: () => T): T {
    if (!this.compiled.has(key)) this.compiled.set(key, compile());
    return this.compiled.get(key) as T;
  }
}
