/**
 * Whether a request meets a condition, from worst to best: of values that are alternatives the best counts, of conditions that must all
 * be met the worst (ALB-2).
 */
export const Verdict = {
  NO: 0,
  /** It isn't known, and counts as not met. */
  UNKNOWN: 1,
  /** It is met, as far as anybody knows: AWS doesn't document it, or two sources disagree. */
  LIKELY: 2,
  YES: 3,
} as const;

export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** What is met if it is so at all. */
export function verdictOf(met: boolean): Verdict {
  return met ? Verdict.YES : Verdict.NO;
}
