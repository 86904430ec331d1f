import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { HeadgateError } from '../../lib/errors';
import { readTemplates, resourceKey } from '../../lib/template';
import { ENTRY_TYPES, Fault, Traffic } from '../../lib/traffic';
import { type Mutation, mutations } from './mutations';
import { SEEDS } from './seeds';

/** Far more than any template of 20 KB needs. */
const LIMIT_MILLIS = 10_000;
const REQUESTS = [
  { url: 'https://shop.example.com/api/orders?v=1', method: 'POST', clientIp: '192.0.2.7', clientRegion: 'eu-west-1' },
  { url: 'http://shop.example.com/static/app.js', headers: { 'x-pool': 'blue' }, clientCountry: 'DE' },
];

/** What came of many mutated templates. */
export interface FuzzReport {
  readonly runs: number;
  /** How many were answered, and how many refused with a message. */
  readonly answered: number;
  readonly refused: number;
  readonly slowestMillis: number;
}

/**
 * Reads mutated templates and asks where requests go. Whatever was done to a template, there is an answer whose shares sum to 1, or one
 * clear line.
 *
 * @throws Error with the seed's name, the mutated text and what is wrong
 */
export function fuzz(runs: number, seed: number): FuzzReport {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const report = { runs, answered: 0, refused: 0, slowestMillis: 0 };
  try {
    const cases = fc.tuple(fc.constantFrom(...SEEDS), mutations);
    let left = runs;
    for (let batch = 0; left > 0; batch++) {
      for (const [{ name, text }, changes] of fc.sample(cases, {
        seed: seed + batch,
        numRuns: Math.min(left, 1_000),
      })) {
        const mutated = changes.reduce((before: string, change: Mutation) => change(before), text);
        const file = join(folder, `${name}.json`);
        writeFileSync(file, mutated);
        const start = performance.now();
        const result = tryOne(file, mutated);
        if ('polluted' in {}) throw failure(mutated, 'the prototype of objects was changed');
        const took = performance.now() - start;
        report[result]++;
        report.slowestMillis = Math.max(report.slowestMillis, took);
        if (took > LIMIT_MILLIS) throw failure(mutated, `took ${Math.round(took)} ms`);
      }
      left -= 1_000;
    }
    return { ...report, slowestMillis: Math.round(report.slowestMillis) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tryOne(file: string, mutated: string): 'answered' | 'refused' {
  try {
    const templates = readTemplates([file]);
    const traffic = new Traffic(templates);
    const entries = templates.stacks
      .flatMap((stack) => [...stack.resources.values()])
      .filter(({ type }) => ENTRY_TYPES.includes(type))
      .map(resourceKey);
    const situations = [traffic, traffic.given(Fault.region('us-east-1'))];
    for (const situation of situations) {
      for (const entry of [undefined, ...entries.slice(0, 6)]) answer(situation, entry, mutated);
    }
    return 'answered';
  } catch (error) {
    if (!(error instanceof HeadgateError)) throw failure(mutated, String((error as Error).stack ?? error));
    const problem = problemWith(error.message);
    if (problem) throw failure(mutated, `${problem}: ${JSON.stringify(error.message.slice(0, 300))}`);
    return 'refused';
  }
}

function answer(traffic: Traffic, entry: string | undefined, mutated: string): void {
  for (const request of REQUESTS) {
    const { outcomes, warnings } = traffic.request(entry === undefined ? request : { ...request, entry });
    const sum = outcomes.reduce((total, { share }) => total + share, 0);
    if (Math.abs(sum - 1) > 1e-9) throw failure(mutated, `the shares sum to ${sum}`);
    // Written out, as whoever prints them does.
    JSON.stringify([outcomes.map(({ trace }) => trace), warnings]);
  }
}

/** What is wrong with a message, if anything is. */
function problemWith(message: string): string | undefined {
  if (/\n/.test(message)) return 'the message has several lines';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(message))
    return 'the message has control characters';
  if (message.length > 2_000) return 'the message is too long';
  if (/undefined|\[object |NaN/.test(message)) return 'the message shows what it should not';
  return undefined;
}

function failure(mutated: string, what: string): Error {
  return new Error(`${what}\n--- the template:\n${mutated.slice(0, 4_000)}`);
}
