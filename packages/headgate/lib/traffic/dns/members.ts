import type { Hop } from '../hop';
import { type Quality, worse } from '../quality';
import { stepAt } from '../step';
import type { Health } from '../world';
import { Branch, guessed } from './ends';
import { restingOn } from './finding';
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
  /** Whose health the choice rests on; of all records if absent. */
  readonly restsOn?: readonly Member[];
}

const MAX_NAMED = 3;

/** The records that a policy chooses among. */
export class Members {
  /** Those that can be chosen: the healthy ones or, if there are none, all (R53-1). */
  readonly usable: readonly Member[];
  readonly noneIsHealthy: boolean;
  private readonly out: readonly Member[];

  constructor(
    readonly all: readonly Member[],
    private readonly warnings: readonly string[],
  ) {
    const healthy = all.filter(({ health }) => health.healthy);
    this.noneIsHealthy = healthy.length === 0;
    this.usable = this.noneIsHealthy ? all : healthy;
    this.out = all.filter(({ health }) => !health.healthy);
  }

  /** Whether it isn't certain which records are in. */
  get isUnsure(): boolean {
    return restingOn(this.checked(this.all)).quality === 'bounded';
  }

  /** The way through a record. */
  branch(member: Member, reason: Reason): Branch {
    const { record, health } = member;
    const speaks = reason.speaksOfHealth || this.out.length === 0 || this.all.length === 1;
    const isTurned = health.isTurned === true && this.all.length > 1;
    const clauses = [reason.because, ...(speaks ? [] : [this.describeOut()]), ...(isTurned ? [health.because] : [])];
    const facts = [
      ...reason.facts,
      ...(speaks && !reason.speaksOfHealth ? [] : this.out.flatMap((other) => other.health.facts)),
      ...(speaks ? [] : ['R53-1']),
      ...(isTurned ? health.facts : []),
      ...(record.alias ? ['R53-4'] : []),
    ];
    const rest = restingOn(this.checked(reason.restsOn ?? this.all));
    const own = [reason.warning, member.unclear].filter((warning) => warning !== undefined);
    const warnings = [...new Set([...own, ...this.warnings, ...rest.warnings])];
    const step = stepAt('dns-record', record.resource, clauses.join(', '), [...new Set(facts)], {
      covers: record.cover,
      ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
    });
    return new Branch(step, member.onward, worse(rest.quality, reason.quality ?? 'exact'));
  }

  /** All that can be chosen, with even shares that are no more than a guess. */
  guess(reason: Reason): Hop {
    return guessed(this.usable.map((member) => this.branch(member, reason)));
  }

  private describeOut(): string {
    const named = this.out.slice(0, MAX_NAMED).map(({ record, health }) => `${record.label} (${health.because})`);
    const more = this.out.length - named.length;
    const out = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    return this.noneIsHealthy ? `as no record is healthy and all count as healthy: ${out}` : `without ${out}`;
  }

  /** The health of some records; of the only one it doesn't matter. */
  private checked(members: readonly Member[]): readonly Health[] {
    return this.all.length > 1 ? members.map(({ health }) => health) : [];
  }
}

/** Some of the records that can be chosen, for reasons. */
export function oneOf({ all, usable }: Members): string {
  if (usable.length > 1) return `one of ${usable.length} records`;
  return all.length === 1 ? 'the only record' : 'the only record that is left';
}

/** What a member's record says about when it is chosen, if it is of a kind and known. */
export function ruleOf<K extends PolicyKind>(member: Member, kind: K): Extract<PolicyRule, { kind: K }> | undefined {
  const { policy } = member.record;
  return policy.kind === kind && !('unknown' in policy) ? (policy as Extract<PolicyRule, { kind: K }>) : undefined;
}
