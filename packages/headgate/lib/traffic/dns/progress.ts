import { HeadgateError } from '../../errors';
import { describeResource, type Resource } from '../../template';
import type { World } from '../world';

/** More checks than anybody lets depend on each other, and few enough to be decided one inside the other. */
const MAX_CHECKS = 100;

/** What a walk is in the middle of, so that it doesn't turn in circles. */
export interface Walk {
  /** How many record sets it has come through, each from the one before. */
  passing: number;
  readonly compiling: Set<unknown>;
}

/**
 * The health checks of a world that are being decided. A check walks the templates as its checkers do, and may come back to records that
 * wait for it. What is compiled meanwhile rests on an assumption and is forgotten afterwards.
 */
export class Progress {
  private static readonly ofWorld = new WeakMap<World, Progress>();
  private readonly checks = new Set<Resource>();
  private readonly circular = new Set<Resource>();
  private provisional = new Map<unknown, unknown>();
  private current: Walk = { passing: 0, compiling: new Set() };

  static of(world: World): Progress {
    let progress = Progress.ofWorld.get(world);
    if (!progress) {
      progress = new Progress();
      Progress.ofWorld.set(world, progress);
    }
    return progress;
  }

  /** Whether a check is being decided: whoever asks for it then has come from it. */
  comesBackTo(check: Resource): boolean {
    if (!this.checks.has(check)) return false;
    this.circular.add(check);
    return true;
  }

  /** Whether deciding a check came back to it. */
  isCircular(check: Resource): boolean {
    return this.circular.has(check);
  }

  get walk(): Walk {
    return this.current;
  }

  /**
   * Decides a check, on a walk of its own.
   *
   * @throws HeadgateError HM1004 if too many checks wait for each other.
   */
  decide<T>(check: Resource, decision: () => T): T {
    if (this.checks.size >= MAX_CHECKS) {
      const problem = `more than ${MAX_CHECKS} health checks depend on each other in a row.`;
      throw new HeadgateError('HM1004', `${describeResource(check)}: ${problem}`);
    }
    const before = this.current;
    this.current = { passing: 0, compiling: new Set() };
    this.checks.add(check);
    try {
      return decision();
    } finally {
      this.current = before;
      this.checks.delete(check);
      if (this.checks.size === 0) this.provisional = new Map();
    }
  }

  /** Whether nothing is being decided: what is compiled now rests on no assumption. */
  get isSettled(): boolean {
    return this.checks.size === 0;
  }

  /** Where what is compiled is kept while a check is being decided. */
  memory<K, V>(): Map<K, V> {
    return this.provisional as Map<K, V>;
  }
}
