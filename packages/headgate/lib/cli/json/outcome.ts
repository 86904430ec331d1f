import * as z from 'zod';
import { DESTINATION_TYPES } from '../../cases';
import type { Outcome } from '../../traffic';
import { QUALITIES } from '../../traffic/quality';

const SHARE = z.number().min(0).max(1);

const HOP = z.strictObject({
  hop: z.string().describe('The kind of hop, such as listener-rule.'),
  id: z.string(),
  stack: z.string().optional(),
  because: z.string(),
  facts: z.array(z.string()).describe('Ids of docs/facts.md that it rests on.'),
});

/** One outcome as `explain --json` and `check --json` print it. */
export const OUTCOME = z.strictObject({
  share: SHARE.describe('The share of such requests; the shares of all outcomes sum to 1.'),
  quality: z.enum(QUALITIES).describe('How much the share can be relied on.'),
  min: SHARE.optional().describe('The least that the share can be, where that is known to differ.'),
  max: SHARE.optional().describe('The most that the share can be, where that is known to differ.'),
  status: z.int().nullable().describe('The HTTP status if the road itself answers.'),
  destination: z.strictObject({ type: z.enum(DESTINATION_TYPES), id: z.string(), stack: z.string().optional() }),
  location: z.string().optional().describe('Where a redirect leads.'),
  trace: z.array(HOP).describe('Hop by hop, from the client on.'),
});

/** Writes an outcome. */
export function outcomeJson(outcome: Outcome): z.infer<typeof OUTCOME> {
  const { share, min, max, quality, status, destination, location, trace } = outcome;
  const isRange = quality === 'bounded' || max - min > 1e-9;
  return {
    share: rounded(share),
    quality,
    ...(isRange ? { min: rounded(min), max: rounded(max) } : {}),
    status,
    destination: {
      type: destination.type,
      id: destination.id,
      ...(destination.stack === undefined ? {} : { stack: destination.stack }),
    },
    ...(location === undefined ? {} : { location }),
    trace: trace.map(({ hop, id, stack, because, facts }) => ({
      hop,
      id,
      ...(stack === undefined ? {} : { stack }),
      because,
      facts: [...facts],
    })),
  };
}

/** Twelve significant digits: without the noise of sums such as 0.1 + 0.2, and the shares still sum to 1 within 1e-11. */
function rounded(share: number): number {
  return Math.min(1, Math.max(0, Number(share.toPrecision(12))));
}
