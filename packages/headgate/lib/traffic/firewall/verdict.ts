import type { Inspection } from './inspection';

/** A statement's answer, as two bits: what it counts as, and whether that is only presumed because something isn't known. */
export type Verdict = 0 | 1 | 2 | 3;

export const NO: Verdict = 0;
export const YES: Verdict = 1;
export const PRESUMED_NO: Verdict = 2;
export const PRESUMED_YES: Verdict = 3;

/** Whether a request counts as matching. */
export function counts(verdict: Verdict): boolean {
  return (verdict & 1) === 1;
}

/** Whether an answer holds whatever the unknown parts are. */
export function isCertain(verdict: Verdict): boolean {
  return verdict < PRESUMED_NO;
}

/** A statement, compiled. Where its answer isn't certain, it adds why to the inspection's doubts; a certain answer adds nothing. */
export type Predicate = (inspection: Inspection) => Verdict;

/** A statement that nothing matches. */
export const never: Predicate = () => NO;

/** A statement that everything matches. */
export const always: Predicate = () => YES;

/** All of some statements; one that certainly doesn't match settles it. */
export function all(predicates: readonly Predicate[]): Predicate {
  return junction(predicates, NO);
}

/** Any of some statements; one that certainly matches settles it. */
export function any(predicates: readonly Predicate[]): Predicate {
  return junction(predicates, YES);
}

function junction(predicates: readonly Predicate[], settling: typeof NO | typeof YES): Predicate {
  const settled = settling === YES ? always : never;
  const neutral = settling === YES ? never : always;
  const open = predicates.filter((predicate) => predicate !== neutral);
  if (open.length === 0) return neutral;
  if (open.includes(settled)) return settled;
  if (open.length === 1) return open[0]!;
  return (inspection) => {
    const doubts = inspection.doubts;
    let sawSettling = false;
    let presumed = 0;
    for (const predicate of open) {
      const verdict = predicate(inspection);
      if (verdict === settling) {
        // What was doubtful before doesn't matter any more.
        inspection.doubts = doubts;
        return settling;
      }
      presumed |= verdict & 2;
      if ((verdict & 1) === settling) sawSettling = true;
    }
    return (presumed | (sawSettling ? settling : settling ^ 1)) as Verdict;
  };
}

/** Whatever a statement doesn't match. */
export function not(predicate: Predicate): Predicate {
  if (predicate === never) return always;
  if (predicate === always) return never;
  return (inspection) => (predicate(inspection) ^ 1) as Verdict;
}
