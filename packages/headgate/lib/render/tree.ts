import type { Outcome, TraceEntry } from '../traffic';

/** A part of the road that is the same for all who take it, and where it parts. */
export interface Branch {
  /** All ends that lie behind it. */
  readonly outcomes: readonly Outcome[];
  /** What is passed on it, in order. */
  readonly hops: readonly TraceEntry[];
  /** Where it parts: two or more; none if it ends. */
  readonly branches: readonly Branch[];
}

/** The roads of outcomes as one tree: what they share stands once, and it parts where they differ. */
export function treeOf(outcomes: readonly Outcome[]): Branch {
  return branch(outcomes, 0);
}

function branch(outcomes: readonly Outcome[], from: number): Branch {
  const first = outcomes[0]!.trace;
  let depth = from;
  while (
    depth < first.length &&
    outcomes.every(({ trace }) => trace.length > depth && same(trace[depth]!, first[depth]!))
  )
    depth++;
  const hops = first.slice(from, depth);
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = nextKey(outcome, depth);
    const group = groups.get(key);
    if (group) group.push(outcome);
    else groups.set(key, [outcome]);
  }
  if (groups.size === 1) return { outcomes, hops, branches: [] };
  return { outcomes, hops, branches: [...groups.values()].map((group) => branch(group, depth)) };
}

/** What tells the ways to go on apart: the next hop, or else the end. */
function nextKey({ trace, destination, status, location, page }: Outcome, depth: number): string {
  return JSON.stringify(trace[depth] ?? ['end', destination, status, location, page]);
}

function same(one: TraceEntry, other: TraceEntry): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
