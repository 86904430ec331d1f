import * as z from 'zod';
import type { Answer } from '../../traffic';
import { OUTCOME, outcomeJson } from './outcome';

/** What `headgate explain --json` prints. */
export const EXPLAIN = z
  .strictObject({
    request: z
      .strictObject({
        method: z.string(),
        url: z.string(),
        headers: z.record(z.string(), z.string()).optional(),
        cookies: z.record(z.string(), z.string()).optional(),
        clientIp: z.string().optional(),
        clientRegion: z.string().optional(),
        clientCountry: z.string().optional(),
        httpVersion: z.enum(['1.0', '1.1', '2', '3']).optional(),
        entry: z.string().optional(),
      })
      .describe('The request as it was given, with the default method.'),
    outcomes: z.array(OUTCOME).min(1),
    warnings: z.array(z.string()).describe('What had to be assumed.'),
  })
  .describe('What `headgate explain --json` prints: where a request goes.');

/** Writes an answer. */
export function explainJson(answer: Answer): z.infer<typeof EXPLAIN> {
  const {
    url,
    method = 'GET',
    headers,
    cookies,
    clientIp,
    clientRegion,
    clientCountry,
    httpVersion,
    entry,
  } = answer.asked;
  return {
    request: {
      method,
      url,
      ...(headers === undefined ? {} : { headers }),
      ...(cookies === undefined ? {} : { cookies }),
      ...(clientIp === undefined ? {} : { clientIp }),
      ...(clientRegion === undefined ? {} : { clientRegion }),
      ...(clientCountry === undefined ? {} : { clientCountry }),
      ...(httpVersion === undefined ? {} : { httpVersion }),
      ...(entry === undefined ? {} : { entry }),
    },
    outcomes: answer.outcomes.map(outcomeJson),
    warnings: [...answer.warnings],
  };
}
