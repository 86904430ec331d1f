import * as z from 'zod';
import { countryFor, isAddress, isCountry } from '../traffic/client';
import type { Case } from './case';
import { DESTINATION_TYPES } from './destination-types';
import { isRegion } from './formats';

const text = () => z.string({ error: must('a text') }).min(1, { error: must('a text that is not empty') });

const fraction = () => {
  const error = must('a number from 0 to 1');
  return z.number({ error }).min(0, { error }).max(1, { error });
};

const texts = () => {
  const error = must('a mapping of names to texts');
  return z.record(z.string(), z.string({ error: must('a text, in quotes if it looks like a number') }), { error });
};

const status = () => {
  const error = must('an HTTP status from 100 to 599');
  return z.int({ error }).min(100, { error }).max(599, { error });
};

const REQUEST = z
  .strictObject(
    {
      url: text().describe('An http or https URL.'),
      method: text().optional().describe('GET if left out.'),
      headers: texts()
        .optional()
        .describe('Headers by name; Host is sent in place of the host of the URL, which DNS goes by.'),
      cookies: texts().optional().describe('Cookies by name; AWSALBTG takes the logical id of a target group.'),
      clientIp: text()
        .refine(isAddress, { error: must('an IPv4 or IPv6 address') })
        .optional()
        .describe("The client's IPv4 or IPv6 address."),
      clientRegion: text()
        .refine(isRegion, { error: must('a Region such as eu-west-1') })
        .optional()
        .describe('The Region that the client, or the edge location that it reaches, is nearest to.'),
      clientCountry: text()
        .refine(isCountry, { error: ({ input }) => `must be ${countryFor(input)}` })
        .optional()
        .describe("The client's country, two letters."),
      httpVersion: z
        .enum(['1.0', '1.1', '2', '3'], { error: must("one of '1.0', '1.1', '2', '3', in quotes") })
        .optional()
        .describe('2 over TLS and 1.1 without if left out.'),
      entry: text().optional().describe('The logical id, or STACK/ID, of where the request enters.'),
    },
    { error: must('a mapping') },
  )
  .describe('The request, as --url, --method and so on give it on the command line.');

const EXPECTATION = z
  .strictObject(
    {
      destination: text().optional().describe('The id of a destination, or STACK/ID.'),
      type: z
        .enum(DESTINATION_TYPES, { error: must(`one of ${DESTINATION_TYPES.join(', ')}`) })
        .optional()
        .describe('The kind of destination.'),
      status: status().optional().describe('The HTTP status, where the road itself answers.'),
      location: text().optional().describe('Where a redirect leads.'),
      share: fraction()
        .optional()
        .describe('Which share of the requests: all if left out of the only expectation, else any above 0.'),
      tolerance: fraction().optional().describe('How far the share may be off: 0.000001 if left out.'),
    },
    { error: must('a mapping') },
  )
  .refine((expectation) => ['destination', 'type', 'status', 'location'].some((key) => key in expectation), {
    error: must("a mapping with at least one of 'destination', 'type', 'status', 'location'"),
  })
  // What the refinement says, for the JSON Schema.
  .meta({ anyOf: ['destination', 'type', 'status', 'location'].map((key) => ({ required: [key] })) });

const CASE = z.strictObject(
  {
    name: text().describe('A sentence. No two cases have the same.'),
    given: z
      .array(text(), { error: must('a list of faults such as region=us-east-1') })
      .optional()
      .describe('What is broken, as --fault takes it.'),
    request: REQUEST,
    expect: z
      .array(EXPECTATION, { error: must('a list of expectations') })
      .min(1, { error: must('a list of at least one expectation') })
      .describe('What has to come out. Every one has to hold.'),
  },
  { error: must('a mapping') },
);

/** A case file. */
export const CASE_FILE: z.ZodType<{ readonly cases: readonly Case[] }> = z
  .strictObject(
    {
      $schema: text().optional().describe('Where the schema is, for editors.'),
      cases: z.array(CASE, { error: must('a list of cases') }).min(1, { error: must('a list of at least one case') }),
    },
    { error: must("a mapping with the key 'cases'") },
  )
  .describe('Requests and where they have to go: what `headgate check --cases` takes.');

/** The keys that a mapping can have, by the path to it. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const name = path.filter((key) => typeof key === 'string').at(-1);
  if (name === undefined) return ['cases'];
  const mapping = { cases: CASE, request: REQUEST, expect: EXPECTATION }[name];
  return mapping === undefined ? [] : Object.keys(mapping.shape);
}

/** Says what was allowed, unless it is a key that isn't known. */
function must(be: string) {
  return (issue: { readonly code?: string }) => (issue.code === 'unrecognized_keys' ? undefined : `must be ${be}`);
}
