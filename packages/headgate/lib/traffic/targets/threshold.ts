import type { Attributes } from '../attributes';

/** The zones of a group whose targets are healthy, of all that its targets stand in. */
export interface ZonesLeft {
  readonly healthy: number;
  readonly all: number;
}

/** Whether a threshold is breached. */
export interface Breach {
  readonly isBreached: boolean;
  /** What had to be assumed to say so. */
  readonly doubt?: string;
}

/** How many targets have to be healthy for one of the two actions of a group's thresholds (ALB-31). */
export class Threshold {
  /** The attributes that would say it but are symbolic; their defaults stand in. */
  readonly unknown: readonly string[];
  private readonly count: number;
  private readonly percentage: number;

  constructor(attributes: Attributes, action: 'dns_failover' | 'unhealthy_state_routing') {
    const prefix = `target_group_health.${action}.minimum_healthy_targets`;
    this.unknown = attributes.symbolic(`${prefix}.count`, `${prefix}.percentage`);
    const isOff = attributes.string(`${prefix}.count`) === 'off';
    this.count = attributes.number(`${prefix}.count`) ?? (isOff ? 0 : 1);
    this.percentage = attributes.number(`${prefix}.percentage`) ?? 0;
  }

  /** What it asks for, for traces: `100 %`. */
  get text(): string {
    return this.percentage > 0 ? `${this.percentage} %` : String(this.count);
  }

  /** How many of so many registered targets it asks for. Either limit, by count or by percentage, is enough to breach it. */
  of(registered: number): number {
    return Math.max(this.count, Math.ceil((registered * this.percentage) / 100));
  }

  /**
   * Whether it is breached while all targets of some zones are down. How many stand in each isn't known: if all have to be healthy, that
   * makes no difference, else as many are taken to stand in each.
   */
  withZones({ healthy, all }: ZonesLeft): Breach {
    if (this.percentage >= 100) return { isBreached: true };
    if (this.percentage === 0 && this.count <= 1) return { isBreached: false };
    const isBreached = healthy * 100 < all * this.percentage;
    const taken =
      this.percentage > 0
        ? 'each is taken to have as many'
        : `${this.count} or more are taken to be left in the others`;
    const meaning = `so the threshold of ${this.text} counts as ${isBreached ? 'breached' : 'kept'}`;
    return { isBreached, doubt: `how many targets stand in each zone isn't known: ${taken}, ${meaning}` };
  }
}
