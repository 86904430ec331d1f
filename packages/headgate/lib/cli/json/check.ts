import * as z from 'zod';
import type { Verdict } from '../../cases';
import type { CoverageReport, KindCoverage } from '../../traffic/coverage';
import type { Element } from '../../traffic/element';
import { OUTCOME, outcomeJson } from './outcome';

const KIND = z.strictObject({
  reached: z.int().min(0),
  total: z.int().min(0),
  unreached: z.array(z.string()).describe('STACK/ID, with the part where a resource has several, such as `default`.'),
  outOfReach: z.array(z.string()).describe('What provably no request reaches, which the total leaves out, likewise.'),
});

/** What `headgate check --json` prints. */
export const CHECK = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        name: z.string(),
        passed: z.boolean(),
        message: z.string().nullable().describe("What didn't hold; null if the case passed."),
        outcomes: z.array(OUTCOME).min(1),
      }),
    ),
    coverage: z.strictObject({
      rules: KIND,
      behaviors: KIND,
      records: KIND,
      percent: z.number().min(0).max(100).describe('Reached of all three together, rounded down to hundredths.'),
    }),
  })
  .describe('What `headgate check --json` prints: which cases passed, and what they reached.');

/** Writes verdicts and what they reached. */
export function checkJson(verdicts: readonly Verdict[], coverage: CoverageReport): z.infer<typeof CHECK> {
  return {
    cases: verdicts.map(({ name, passed, failures, answer }) => ({
      name,
      passed,
      message: passed ? null : failures.join('; '),
      outcomes: answer.outcomes.map(outcomeJson),
    })),
    coverage: {
      rules: kindJson(coverage.rules),
      behaviors: kindJson(coverage.behaviors),
      records: kindJson(coverage.records),
      percent: coverage.percent,
    },
  };
}

function kindJson({ reached, total, unreached, outOfReach }: KindCoverage): z.infer<typeof KIND> {
  const keysOf = (elements: readonly Element[]) => elements.map(({ key }) => key);
  return { reached, total, unreached: keysOf(unreached), outOfReach: keysOf(outOfReach) };
}
