import { Fields, type Resource } from '../../template';
import { Attributes } from '../attributes';
import { balancersOf } from '../balancer/parts-of';
import { typeOf } from '../balancer/type';
import type { TargetCounts } from '../fault';
import type { Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { NETWORK_PROTOCOLS } from '../protocols';
import { type Step, stepAt } from '../step';
import type { DnsHealth, GroupState, TargetGroup, World } from '../world';
import { isGuessed, type ZoneName, zoneKey, zoneText } from '../zone';
import { BalancerTarget } from './balancer-target';
import { type GroupHealth, healthOf } from './health';
import { targetTypeOf } from './target-type';
import { type Breach, Threshold } from './threshold';

const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

const ALGORITHMS: Readonly<Record<string, string>> = {
  round_robin: 'by round robin',
  least_outstanding_requests: 'by least outstanding requests',
  weighted_random: 'by weighted random',
};

/** A target group of any type: servers, addresses, functions, or a balancer behind a balancer. */
export class ServerGroup implements TargetGroup {
  readonly protocol: string | undefined;
  readonly protocolVersion: string | undefined;
  readonly crossZone: boolean | undefined;
  readonly isCrossZoneUnknown: boolean;
  private readonly isSticky: boolean;
  private readonly attributes: Attributes;
  private readonly health: GroupHealth;
  private readonly isNetwork: boolean;
  private readonly isLambda: boolean;
  private readonly balancer: BalancerTarget | undefined;
  private readonly end: Destination;
  private readonly error: Destination;
  private readonly errorStatus: number | null;
  private readonly routing: Threshold;
  /** Whether a zone that is down is one of its zones only by a guess. */
  private readonly isUncertain: boolean;
  private acrossZones: Step | undefined;
  private withinZones: Step | undefined;

  constructor(
    readonly resource: Resource,
    world: World,
  ) {
    const fields = Fields.of(resource);
    const type = targetTypeOf(resource);
    this.attributes = new Attributes(resource, 'TargetGroupAttributes');
    this.protocol = fields.string('Protocol');
    this.protocolVersion = fields.has('ProtocolVersion') ? fields.string('ProtocolVersion') : 'HTTP1';
    this.isSticky = this.attributes.boolean('stickiness.enabled') ?? false;
    this.crossZone = this.attributes.boolean(CROSS_ZONE);
    this.isCrossZoneUnknown = this.attributes.symbolic(CROSS_ZONE).length > 0;
    this.isLambda = type === 'lambda';
    this.isNetwork = fields.isSymbolic('Protocol')
      ? balancersOf(resource, world.templates).some((one) => typeOf(one, world.templates).name === 'network')
      : this.protocol !== undefined && NETWORK_PROTOCOLS.has(this.protocol);
    this.health = healthOf(resource, world);
    this.balancer = type === 'alb' ? new BalancerTarget(resource, this.attributes, world) : undefined;
    this.routing = new Threshold(this.attributes, 'unhealthy_state_routing');
    this.end = destinationAt('target-group', resource);
    this.error = destinationAt('error', resource);
    this.errorStatus = this.isNetwork ? null : 503;
    this.isUncertain = [...(this.health.zones?.values() ?? [])].some(({ zone, down }) => down && isGuessed(zone));
  }

  get state(): GroupState {
    const { state } = this.health;
    return state === 'healthy' && this.balancer && !this.balancer.isHealthy ? 'unhealthy' : state;
  }

  forDns(isCrossZone: boolean): DnsHealth {
    const id = this.resource.logicalId;
    if (this.health.isUnused) return { unhealthyBecause: `no target of ${id} is in use`, facts: ['ALB-38'] };
    if (this.state === 'empty') return { unhealthyBecause: `${id} has no targets` };
    const probeDoubts = this.probeDoubts();
    const probed = probeDoubts.length === 0 ? {} : { doubt: this.warningOf(probeDoubts.join('; ')) };
    if (this.state === 'unhealthy') return { unhealthyBecause: `no target of ${id} is healthy`, ...probed };
    const { counts, because } = this.health;
    const zonesLeft = isCrossZone ? this.health.zonesLeft : undefined;
    if (this.isLambda || (counts ?? zonesLeft) === undefined) return probed;
    const threshold = new Threshold(this.attributes, 'dns_failover');
    const least = counts && threshold.of(counts.registered);
    const breach = zonesLeft && threshold.withZones(zonesLeft);
    const text = counts ? healthyText(counts, ` of ${id}`) : `of the targets of ${id} ${because}`;
    const isBreached = counts ? counts.healthy < least! : breach!.isBreached;
    const doubts = [...(breach?.isBreached ? this.zoneDoubts() : []), ...doubtsOf(threshold, breach), ...probeDoubts];
    return {
      unhealthyBecause: isBreached ? `${text}, and DNS asks for ${least ?? threshold.text}` : undefined,
      facts: ['ALB-31'],
      doubt: doubts.length === 0 ? undefined : this.warningOf(doubts.join('; ')),
    };
  }

  stateIn(zone: ZoneName): 'empty' | 'healthy' | 'unhealthy' {
    const state = this.state === 'degraded' ? 'healthy' : this.state;
    const { zones } = this.health;
    if (state === 'empty' || zones === undefined || zone.likely === undefined) return state;
    const here = zones.get(zoneKey(zone));
    if (here === undefined) return 'empty';
    return here.down ? 'unhealthy' : state;
  }

  pass(passage: Passage, road: Road): void {
    this.acrossZones ??= this.describe(true);
    this.send(passage, road, this.acrossZones);
  }

  private send(passage: Passage, road: Road, step: Step): void {
    const known = this.health.isStart ? passage.atBest('initial') : passage;
    const noted = (this.isUncertain ? known.atBest('undocumented') : known).note(step);
    if (this.state === 'empty') road.end(noted, this.error, this.errorStatus);
    else if (this.balancer) this.balancer.pass(noted, road);
    else road.end(noted, this.end);
  }

  passIn(zone: ZoneName | undefined, passage: Passage, road: Road): void {
    if (zone === undefined || this.state === 'empty' || this.stateIn(zone) !== 'empty') {
      this.withinZones ??= this.describe(false);
      this.send(passage, road, this.withinZones);
      return;
    }
    const because = `no target stands in ${zoneText(zone)}, and cross-zone balancing is off`;
    const facts = [this.isNetwork ? 'NLB-4' : 'ALB-32'];
    // What a Network Load Balancer does that failed open in a zone without targets isn't said anywhere.
    const noted = (this.isNetwork ? passage.atBest('undocumented') : passage).note(
      stepAt('target-group', this.resource, because, facts, this.isNetwork ? { warning: this.warningOf(because) } : {}),
    );
    road.end(noted, this.error, this.errorStatus);
  }

  private describe(isCrossZone: boolean): Step {
    const zonesLeft = isCrossZone ? this.health.zonesLeft : undefined;
    const breach = zonesLeft && this.routing.withZones(zonesLeft);
    const { because, facts } = this.clause(breach);
    const isAsked = this.health.counts !== undefined || breach !== undefined;
    const doubts = [
      ...(this.health.doubt === undefined ? [] : [this.health.doubt]),
      ...this.zoneDoubts(),
      ...(isAsked ? doubtsOf(this.routing, breach) : []),
      ...this.probeDoubts(),
    ];
    const warning = doubts.length === 0 ? {} : { warning: this.warningOf(doubts.join('; ')) };
    return stepAt('target-group', this.resource, because, facts, warning);
  }

  /** What isn't known of the checks by which a balancer as the target is healthy or not, unless something else decides that. */
  private probeDoubts(): readonly string[] {
    return this.health.state === 'healthy' ? (this.balancer?.healthDoubts ?? []) : [];
  }

  private zoneDoubts(): readonly string[] {
    return this.isUncertain
      ? ['the zones of its targets are known only by their places in the list of the Region']
      : [];
  }

  private clause(breach: Breach | undefined): { readonly because: string; readonly facts: readonly string[] } {
    const { counts, because } = this.health;
    const why = because === undefined ? '' : `: ${because}`;
    const state = this.state;
    if (this.health.isUnused) return { because: `no target is in use${why}`, facts: ['ALB-38'] };
    if (state === 'empty') {
      return { because: `no target is registered${why}`, facts: ['ALB-21', ...(this.health.facts ?? [])] };
    }
    if (this.isLambda) return { because: 'its function is invoked', facts: [] };
    if (state === 'unhealthy') {
      const all = counts ? `none of ${counts.registered} targets is healthy` : 'no target is healthy';
      const asked = this.balancer?.probe(this.health.state);
      return {
        because: `${all}${why}${asked === undefined ? '' : `: ${asked}`}, so all get requests (fail open)`,
        facts: ['ALB-30', ...(this.isNetwork ? ['NLB-4'] : []), ...(this.balancer ? ['NLB-6'] : [])],
      };
    }
    if (this.balancer) return { because: this.balancer.because, facts: ['NLB-6'] };
    const healthy = counts ? healthyText(counts) : undefined;
    const least = counts ? this.routing.of(counts.registered) : 0;
    if (counts && counts.healthy < least) {
      return { because: `${healthy}, fewer than ${least}, so all get requests`, facts: ['ALB-31'] };
    }
    if (breach?.isBreached) {
      return {
        because: `${because}, and fewer than ${this.routing.text} are healthy, so all get requests`,
        facts: ['ALB-31'],
      };
    }
    const who = healthy
      ? `${healthy}: requests go to healthy ones`
      : because
        ? `${because}, the others take turns`
        : 'healthy targets take turns';
    return this.isNetwork
      ? { because: `${who} ${this.flow()}`, facts: ['NLB-1'] }
      : {
          because: `${who} ${this.algorithm()}`,
          facts: ['ALB-24', this.crossZone === false ? 'ALB-32' : 'ALB-36'],
        };
  }

  private flow(): string {
    return this.isSticky && this.attributes.string('stickiness.type') === 'source_ip'
      ? 'by a hash of the client address'
      : 'by a hash of the connection';
  }

  private algorithm(): string {
    const name = 'load_balancing.algorithm.type';
    if (this.attributes.symbolic(name).length > 0) return 'by an algorithm that is not known';
    const type = this.attributes.string(name) ?? 'round_robin';
    return ALGORITHMS[type] ?? `by ${type}`;
  }

  private warningOf(what: string): string {
    return `${this.resource.stack.name}/${this.resource.logicalId}: ${what}.`;
  }
}

/** What had to be assumed to compare a threshold. */
function doubtsOf({ unknown }: Threshold, breach: Breach | undefined): readonly string[] {
  return [
    ...(breach?.doubt === undefined ? [] : [breach.doubt]),
    ...unknown.map((key) => `TargetGroupAttributes: ${key} isn't known, so its default is taken`),
  ];
}

function healthyText({ healthy, registered }: TargetCounts, of = ''): string {
  return `${healthy} of ${registered} targets${of} ${healthy === 1 ? 'is' : 'are'} healthy`;
}
