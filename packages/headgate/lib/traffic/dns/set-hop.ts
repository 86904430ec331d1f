import type { Hop, Road } from '../hop';
import type { Passage } from '../passage';
import { noAnswer } from './ends';
import type { Progress, Walk } from './progress';
import type { CompiledSet } from './record-set';
import type { RecordSet } from './zones';

/** More names than a resolver follows. */
const MAX_CHAIN = 16;

/** A record set, compiled when it is first asked for: records can lead to each other in circles, through distributions too. */
export class SetHop implements Hop {
  private lasting: CompiledSet | undefined;
  /** The walk that is coming through here. */
  private within: Walk | undefined;

  constructor(
    private readonly set: RecordSet,
    private readonly progress: Progress,
    private readonly compile: () => CompiledSet,
  ) {}

  /** Follows the set, unless the request has come from it. */
  pass(passage: Passage, road: Road): void {
    const { walk } = this.progress;
    const outer = this.within;
    if (outer === walk || walk.passing >= MAX_CHAIN) {
      this.refuse(
        passage,
        road,
        outer === walk ? `${this.set.key} leads back to itself` : 'the chain of names is too long',
      );
      return;
    }
    this.within = walk;
    walk.passing++;
    try {
      this.compiled().hop.pass(passage, road);
    } finally {
      this.within = outer;
      walk.passing--;
    }
  }

  /** For good, or only while a check is being decided. */
  compiled(): CompiledSet {
    if (this.progress.isSettled) {
      this.lasting ??= this.make();
      return this.lasting;
    }
    const memory = this.progress.memory<SetHop, CompiledSet>();
    let made = memory.get(this);
    if (!made) {
      made = this.make();
      memory.set(this, made);
    }
    return made;
  }

  private make(): CompiledSet {
    const { compiling } = this.progress.walk;
    compiling.add(this.set);
    try {
      return this.compile();
    } finally {
      compiling.delete(this.set);
    }
  }

  private refuse(passage: Passage, road: Road, because: string): void {
    const { key } = this.set;
    noAnswer(key, because, ['R53-18'], `${key}: ${because}.`).pass(passage, road);
  }
}
