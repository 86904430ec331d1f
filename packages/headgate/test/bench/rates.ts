// Measures requests a second, in a process of its own: `rates.js LIBRARY REFERENCE SMALL LARGE`, the built library, the assembly of the
// reference app, and the folders of two balancers with few and with many rules.
import type { RequestOptions, Traffic } from '../../lib/traffic';
import { compileLoop, cut, firstMatch } from './first-match';
import { referenceRequests } from './reference-requests';
import { type RuleConditions, requestsFor, ruleId, ruleSet } from './rule-set';

const REQUESTS = 10_000;
const WARM_UPS = 5;
const ROUNDS = 21;
const PASSES = 4;
/** Most requests of a rule set have to match so late, or the loop would have an easy time. */
const LEAST_LATE = 0.8;

/** What this process prints: requests a second of processor time, the medians of all rounds. */
export interface Rates {
  readonly reference: number;
  readonly rules10: number;
  readonly rules100: number;
  readonly loop10: number;
  readonly loop100: number;
}

interface Library {
  readonly Traffic: { fromTemplates(paths: readonly string[]): Traffic };
}

const [libraryFile, reference, small, large] = process.argv.slice(2) as [string, string, string, string];
const library: Library = require(libraryFile);

/** As a program that reads requests gets them: their texts are not put together of others. */
function asRead(requests: readonly RequestOptions[]): readonly RequestOptions[] {
  return JSON.parse(JSON.stringify(requests));
}

function trafficOf(path: string): Traffic {
  return library.Traffic.fromTemplates([path]);
}

/** Goes through all requests, and reads of each outcome what every caller wants. */
function asking(traffic: Traffic, requests: readonly RequestOptions[]): () => number {
  return () => {
    let sum = 0;
    for (const options of requests) {
      for (const { share, destination, quality } of traffic.request(options).outcomes) {
        sum += share + destination.id.length + quality.length;
      }
    }
    return sum;
  };
}

/** The same rules in the model and in the loop, which have to agree before either is timed. */
function contest(count: number, path: string): readonly [asking: () => number, looping: () => number] {
  const rules = ruleSet(count);
  const requests = asRead(requestsFor(rules, REQUESTS));
  const traffic = trafficOf(path);
  const loop = compileLoop(rules);
  const requestsCut = requests.map(cut);
  assertAgreement(rules, requests, traffic, (at) => firstMatch(loop, requestsCut[at]!)?.place);
  const looping = () => {
    let sum = 0;
    for (const request of requestsCut) sum += firstMatch(loop, request)!.place;
    return sum;
  };
  return [asking(traffic, requests), looping];
}

function assertAgreement(
  rules: readonly RuleConditions[],
  requests: readonly RequestOptions[],
  traffic: Traffic,
  placeOf: (at: number) => number | undefined,
): void {
  let late = 0;
  requests.forEach((options, at) => {
    const place = placeOf(at)!;
    const { outcomes } = traffic.request(options);
    const expected = ruleId(place);
    if (!outcomes.every(({ covered }) => covered.some((key) => key.endsWith(`/${expected}`)))) {
      throw new Error(
        `${options.url} is taken by ${expected} in the loop, and by ${outcomes[0]?.covered} in the model`,
      );
    }
    if (place >= rules.length / 2) late++;
  });
  if (late < requests.length * LEAST_LATE)
    throw new Error(`only ${late} requests match in the second half of the rules`);
}

function perSecond(run: () => number): number {
  const before = process.cpuUsage();
  for (let pass = 0; pass < PASSES; pass++) run();
  const { user, system } = process.cpuUsage(before);
  return (PASSES * REQUESTS * 1_000_000) / (user + system);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[(values.length - 1) / 2]!;
}

const requests = asRead(referenceRequests(REQUESTS));
if (new Set(requests.map((options) => JSON.stringify(options))).size < REQUESTS)
  throw new Error('a request comes twice');
const [rules10, loop10] = contest(10, small);
const [rules100, loop100] = contest(100, large);
const all = { reference: asking(trafficOf(reference), requests), rules10, loop10, rules100, loop100 };
const names = Object.keys(all) as (keyof Rates)[];
const runs = new Map<keyof Rates, number[]>(names.map((name) => [name, []]));
for (let round = -WARM_UPS; round < ROUNDS; round++) {
  for (const name of names) {
    const rate = perSecond(all[name]);
    if (round >= 0) runs.get(name)!.push(rate);
  }
}
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, median(runs.get(name)!)]))));
