import { type Resource, resourceKey } from '../../template';
import { Attributes } from '../attributes';
import type { Hop, Road } from '../hop';
import { destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { type Step, stepAt } from '../step';
import type { DnsHealth, TargetGroup, World } from '../world';
import { isGuessed, isZoneOf, type ZoneName, zonesOfBalancer, zoneText } from '../zone';
import { groupsOf } from './parts-of';
import { typeOf } from './type';

const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

/** A zone that a balancer stands in. */
export interface Zone extends ZoneName {
  readonly down: boolean;
}

/**
 * What Application and Network Load Balancers have in common: their attributes, their zones, their health, and how requests come in.
 * Health depends on target groups, and is decided when it is first asked for.
 */
export class BalancerBase {
  readonly attributes: Attributes;
  readonly zones: readonly Zone[];
  readonly liveZones: readonly Zone[];
  /** Whether clients reach it at all: its Region is up, and one of its zones. */
  readonly reachable: boolean;
  private readonly isNetwork: boolean;
  private readonly isCrossZone: boolean;
  private readonly isCrossZoneUnknown: boolean;
  private readonly isRegionDown: boolean;
  private groups: readonly TargetGroup[] | undefined;
  private inDns: readonly Zone[] | undefined;
  private entry: Step | null | undefined;
  private isEntryUnsure = false;
  private isCrossZoneOpen = false;
  private health: DnsHealth | undefined;

  constructor(
    readonly resource: Resource,
    private readonly world: World,
  ) {
    const attributes = new Attributes(resource, 'LoadBalancerAttributes');
    this.attributes = attributes;
    this.isNetwork = typeOf(resource, world.templates).name === 'network';
    this.isCrossZone = this.isNetwork ? (attributes.boolean(CROSS_ZONE) ?? false) : true;
    this.isCrossZoneUnknown = this.isNetwork && attributes.symbolic(CROSS_ZONE).length > 0;
    this.isRegionDown = world.faults.isRegionDown(resource.stack.region);
    this.zones = zonesOf(resource, world);
    this.liveZones = this.zones.filter((zone) => !zone.down);
    this.reachable = !this.isRegionDown && (this.zones.length === 0 || this.liveZones.length > 0);
  }

  /** Whether an alias with EvaluateTargetHealth finds it healthy (R53-5). */
  get healthyForDns(): boolean {
    return this.unhealthyBecause === undefined;
  }

  /** Why it doesn't: `GreenTargets has no targets`. */
  get unhealthyBecause(): string | undefined {
    return this.dnsHealth.unhealthyBecause;
  }

  /** What that rests on, and what had to be assumed. */
  get dnsHealth(): DnsHealth {
    if (this.health === undefined) {
      // A balancer that is asked about itself while it is asked about its groups counts as healthy.
      this.health = {};
      this.health = this.reachable
        ? worstOf(this.allGroups().map((group) => group.forDns(this.crosses(group))))
        : { unhealthyBecause: this.unreachableBecause() };
    }
    return this.health;
  }

  /** The zones whose addresses DNS gives: without those that are down, and those that lack what a group needs there. */
  get dnsZones(): readonly Zone[] {
    if (this.inDns === undefined) {
      this.inDns = this.liveZones;
      const healthy = this.liveZones.filter((zone) => this.allGroups().every((group) => this.keeps(zone, group)));
      if (healthy.length > 0) this.inDns = healthy;
    }
    return this.inDns;
  }

  /** Notes what is unusual about a balancer's zones, if anything, on a passage that enters it. */
  enter(passage: Passage): Passage {
    if (this.entry === undefined) {
      this.entry = this.describe() ?? null;
      this.isCrossZoneOpen = this.crossZoneDoubts().length > 0;
      this.isEntryUnsure = this.isEmptyZoneLast || this.zones.some((zone) => zone.down && isGuessed(zone));
    }
    if (this.entry === null) return passage;
    const bounded = this.isCrossZoneOpen ? passage.part(1, 'bounded', 0, 1) : passage;
    return (this.isEntryUnsure ? bounded.atBest('undocumented') : bounded).note(this.entry);
  }

  /** Ends a passage at a balancer that isn't {@link reachable}: nobody answers. */
  refuse(passage: Passage, road: Road): void {
    const step = stepAt('load-balancer', this.resource, this.unreachableBecause(), []);
    road.end(
      this.isRegionDown ? passage.note(step) : this.enter(passage).note(step),
      destinationAt('error', this.resource),
      null,
    );
  }

  /** The hop that leads to a group: through each of the zones where cross-zone balancing is off and zones differ. */
  through(group: TargetGroup): Hop {
    return this.crosses(group) ? group : new ThroughZones(this, group);
  }

  private crosses(group: TargetGroup): boolean {
    return group.crossZone ?? this.isCrossZone;
  }

  private keeps(zone: Zone, group: TargetGroup): boolean {
    if (this.crosses(group)) return true;
    const state = group.stateIn(zone);
    // An empty zone of an Application Load Balancer stays in DNS and answers 503.
    return state === 'healthy' || (state === 'empty' && !this.isNetwork);
  }

  /**
   * Whether zones left DNS for want of healthy targets and every other one lacks targets: a zone without targets stays in DNS, but if no
   * zone is healthy all stay, and no page says which of the two holds (ALB-32).
   */
  private get isEmptyZoneLast(): boolean {
    const isWhole = (zone: Zone) =>
      this.allGroups().every((group) => this.crosses(group) || group.stateIn(zone) === 'healthy');
    return this.dnsZones.length < this.liveZones.length && !this.dnsZones.some(isWhole);
  }

  private allGroups(): readonly TargetGroup[] {
    this.groups ??= groupsOf(this.resource, this.world.templates).map((group) => this.world.targetGroup(group));
    return this.groups;
  }

  private unreachableBecause(): string {
    const { region } = this.resource.stack;
    return this.isRegionDown ? `${region} is down` : `every zone that it stands in is down: ${textOf(this.zones)}`;
  }

  private describe(): Step | undefined {
    const down = this.zones.filter((zone) => zone.down);
    const left = this.liveZones.filter((zone) => !this.dnsZones.includes(zone));
    const clauses = [
      ...(down.length > 0 ? [`${textOf(down)} is down and out of DNS`] : []),
      ...(left.length > 0 ? [`${textOf(left)} is out of DNS: it lacks a healthy target of a group`] : []),
    ];
    const warning = this.warning();
    if (clauses.length === 0 && warning === undefined) return undefined;
    const because = clauses.length === 0 ? 'not all of its zones and settings are known' : clauses.join(', and ');
    const facts =
      clauses.length === 0 ? [] : [this.isNetwork ? 'NLB-4' : 'ALB-32', ...(down.length > 0 ? ['ZS-1'] : [])];
    return stepAt('load-balancer', this.resource, because, facts, warning === undefined ? {} : { warning });
  }

  private warning(): string | undefined {
    const doubts = [...this.zoneDoubts(), ...this.crossZoneDoubts(), ...this.emptyZoneDoubts()];
    return doubts.length === 0 ? undefined : `${resourceKey(this.resource)}: ${doubts.join('; ')}.`;
  }

  private zoneDoubts(): readonly string[] {
    const faulty = [...this.world.faults.downZones].filter((zone) => isZoneOf(zone, this.resource.stack.region));
    if (faulty.length === 0) return [];
    const notHit = `as not hit by az=${faulty.join(', az=')}`;
    if (this.zones.length === 0) return [`its subnets aren't known, so it counts ${notHit}`];
    const guessed = this.zones.filter(isGuessed);
    const unknown = this.zones.filter((zone) => zone.likely === undefined);
    return [
      ...(guessed.length > 0
        ? [
            `which zones an account has isn't known before a deployment, so ${textOf(guessed)} ${guessed.length === 1 ? 'is taken by its place' : 'are taken by their places'} in the list`,
          ]
        : []),
      ...(unknown.length > 0 ? [`the zone of ${textOf(unknown)} isn't known, so it counts ${notHit}`] : []),
    ];
  }

  private emptyZoneDoubts(): readonly string[] {
    if (!this.isEmptyZoneLast) return [];
    const empty = textOf(this.dnsZones);
    return [
      `no zone has a healthy target of every group; that ${empty}, which lacks targets, is all that stays in DNS is assumed, as AWS doesn't document it`,
    ];
  }

  /** Where cross-zone balancing is symbolic and would make a difference. */
  private crossZoneDoubts(): readonly string[] {
    const differing = this.allGroups().filter(
      (group) => group.state !== 'empty' && this.liveZones.some((zone) => group.stateIn(zone) === 'empty'),
    );
    const own = differing.filter(({ isCrossZoneUnknown }) => isCrossZoneUnknown);
    const followsOwn = this.isCrossZoneUnknown && differing.some(({ crossZone }) => crossZone === undefined);
    const taken = `${CROSS_ZONE} isn't known and is taken as ${this.isCrossZone ? 'on' : 'off'}`;
    return [
      ...(followsOwn ? [`LoadBalancerAttributes: ${taken}`] : []),
      ...own.map(({ resource }) => `TargetGroupAttributes of ${resource.logicalId}: ${taken}`),
    ];
  }
}

/** The way to a group whose balancer's nodes keep to their zones. */
class ThroughZones implements Hop {
  private differing: readonly Zone[] | undefined;

  constructor(
    private readonly base: BalancerBase,
    private readonly group: TargetGroup,
  ) {}

  pass(passage: Passage, road: Road): void {
    const zones = this.base.dnsZones;
    if (zones.length === 0) {
      this.group.passIn(undefined, passage, road);
      return;
    }
    this.differing ??= zones.filter((zone) => this.group.state !== 'empty' && this.group.stateIn(zone) === 'empty');
    const rest = zones.length - this.differing.length;
    if (rest > 0) {
      const alike = zones.find((zone) => !this.differing?.includes(zone));
      this.group.passIn(alike, rest === zones.length ? passage : passage.part(rest / zones.length), road);
    }
    for (const zone of this.differing) this.group.passIn(zone, passage.part(1 / zones.length), road);
  }
}

/** A balancer is as unhealthy as its worst group; one that is unhealthy for certain leaves no doubt. */
function worstOf(groups: readonly DnsHealth[]): DnsHealth {
  const unhealthy = groups.filter(({ unhealthyBecause }) => unhealthyBecause !== undefined);
  const certain = unhealthy.find(({ doubt }) => doubt === undefined);
  if (certain) return certain;
  const doubts = groups.flatMap(({ doubt }) => doubt ?? []);
  return { ...unhealthy[0], doubt: doubts.length === 0 ? undefined : doubts.join(' ') };
}

function zonesOf(resource: Resource, world: World): readonly Zone[] {
  return zonesOfBalancer(resource).map((zone) => {
    const down = zone.likely !== undefined && world.faults.downZones.has(zone.likely);
    return { ...zone, down };
  });
}

function textOf(zones: readonly ZoneName[]): string {
  return zones.map(zoneText).join(' and ');
}
