import type { Hop } from '../hop';
import { type Quality, worse } from '../quality';
import { stepAt } from '../step';
import { Branch, guessed } from './ends';
import type { Health } from './health';
import type { PolicyKind, PolicyRule } from './policy';
import type { DnsRecord } from './record';

/** A record of a set, with its health and where it leads. */
export interface Member {
  readonly record: DnsRecord;
  readonly health: Health;
  readonly onward: Hop;
  /** What isn't known about where it leads. */
  readonly unclear?: string | undefined;
}

/** Why a record is chosen. */
export interface Reason {
  readonly because: string;
  readonly facts: readonly string[];
  readonly quality?: Quality;
  readonly warning?: string;
  /** Whether the reason speaks of health itself, so that nothing is added about it. */
  readonly speaksOfHealth?: boolean;
}

const MAX_NAMED = 3;

/** The records that a policy chooses among. */
export class Members {
  /** Those that can be chosen: the healthy ones or, if there are none, all (R53-1). */
  readonly usable: readonly Member[];
  readonly noneIsHealthy: boolean;
  private readonly out: readonly Member[];
  private readonly quality: Quality;
  private readonly warnings: readonly string[];

  constructor(
    readonly all: readonly Member[],
    warnings: readonly string[],
  ) {
    const healthy = all.filter(({ health }) => health.healthy);
    this.noneIsHealthy = healthy.length === 0;
    this.usable = this.noneIsHealthy ? all : healthy;
    this.out = all.filter(({ health }) => !health.healthy);
    const isChoice = all.length > 1;
    this.quality = isChoice
      ? all.reduce<Quality>((worst, { health }) => worse(worst, health.quality), 'exact')
      : 'exact';
    this.warnings = [...warnings, ...(isChoice ? all.flatMap(({ health }) => health.warnings) : [])];
  }

  /** The way through a record. */
  branch(member: Member, reason: Reason): Branch {
    const { record } = member;
    const speaks = reason.speaksOfHealth || this.out.length === 0 || this.all.length === 1;
    const facts = [
      ...reason.facts,
      ...(speaks && !reason.speaksOfHealth ? [] : this.out.flatMap(({ health }) => health.facts)),
      ...(speaks ? [] : ['R53-1']),
      ...(record.alias ? ['R53-4'] : []),
    ];
    const own = [reason.warning, member.unclear].filter((warning) => warning !== undefined);
    const warnings = [...new Set([...own, ...this.warnings])];
    const step = stepAt(
      'dns-record',
      record.resource,
      speaks ? reason.because : `${reason.because}, ${this.describeOut()}`,
      [...new Set(facts)],
      { covers: record.cover, ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }) },
    );
    return new Branch(step, member.onward, worse(this.quality, reason.quality ?? 'exact'));
  }

  /** All that can be chosen, with even shares that are no more than a guess. */
  guess(reason: Reason): Hop {
    return guessed(this.usable.map((member) => this.branch(member, reason)));
  }

  private describeOut(): string {
    if (this.noneIsHealthy) return `as no record of ${this.all[0]!.record.name} is healthy and all count as healthy`;
    const named = this.out.slice(0, MAX_NAMED).map(({ record, health }) => `${record.label} (${health.why})`);
    const more = this.out.length - named.length;
    return `without ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  }
}

/** What a member's record says about when it is chosen, if it is of a kind and known. */
export function ruleOf<K extends PolicyKind>(member: Member, kind: K): Extract<PolicyRule, { kind: K }> | undefined {
  const { policy } = member.record;
  return policy.kind === kind && !('unknown' in policy) ? (policy as Extract<PolicyRule, { kind: K }>) : undefined;
}
