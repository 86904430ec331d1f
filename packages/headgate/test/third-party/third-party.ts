import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { HeadgateError } from '../../lib/errors';
import { readTemplates } from '../../lib/template';
import { type Answer, type RequestOptions, Traffic } from '../../lib/traffic';
import { type Entry, entriesOf, unreadEntriesOf } from './entries';
import { fetchTemplates, type Reading, readingsOf } from './packages';

interface Expectation {
  readonly template: string;
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly request: RequestOptions;
  readonly given?: readonly string[];
  /** The code of the error with which the template is refused, as CloudFormation would refuse it. */
  readonly refused?: string;
  readonly expect?: readonly {
    readonly destination?: string;
    readonly status?: number;
    readonly location?: string;
    readonly share?: number;
  }[];
}

const TEMPLATES = fetchTemplates();
const EXPECTATIONS = load(readFileSync(join(__dirname, 'expectations.yaml'), 'utf8')) as readonly Expectation[];

test('there are at least 25 templates and 10 expectations', () => {
  assert.ok(TEMPLATES.length >= 25);
  assert.ok(EXPECTATIONS.length >= 10);
});

for (const { template, name, parameters = {}, request, given = [], refused, expect = [] } of EXPECTATIONS) {
  test(`${template}: ${name}`, () => {
    const { file } = TEMPLATES.find(({ id }) => id === template)!;
    const answer = () => new Traffic(readTemplates([file], { parameters })).given(...given).request(request);
    if (refused !== undefined) {
      assert.throws(answer, (error) => error instanceof HeadgateError && error.code === refused);
      return;
    }
    const { outcomes } = answer();
    for (const { destination, status, location, share = 1 } of expect) {
      const sum = outcomes
        .filter((outcome) => destination === undefined || outcome.destination.id === destination)
        .filter((outcome) => status === undefined || outcome.status === status)
        .filter((outcome) => location === undefined || outcome.location === location)
        .reduce((total, outcome) => total + outcome.share, 0);
      const got = outcomes.map(
        (one) => `${one.share} ${one.destination.type} ${one.destination.id} ${one.status} ${one.location}`,
      );
      assert.ok(Math.abs(sum - share) < 1e-9, `wanted ${share}, got ${sum} of: ${got.join('; ')}`);
    }
  });
}

/** What becomes of an entry. `ends` are the four kinds of ends that count; the others say why it has none of them. */
type Class = 'ends' | 'leads out' | 'not answered' | 'refused';

interface Result {
  readonly reading: string;
  readonly entry: Entry;
  readonly is: Class;
  readonly why: string;
}

const ENDS = new Set(['target-group', 'origin', 'fixed-response', 'redirect']);

/** What becomes of each entry. */
function resultsOf({ id, files, parameters }: Reading): readonly Result[] {
  const templates = readTemplates(files, { parameters });
  try {
    const traffic = new Traffic(templates);
    return entriesOf(templates).map((entry) => ({ reading: id, entry, ...resultOf(entry, traffic) }));
  } catch (error) {
    if (!(error instanceof HeadgateError)) throw error;
    const why = error.message.replace(/^.*\//, '');
    return unreadEntriesOf(templates).map((entry) => ({ reading: id, entry, is: 'refused', why }));
  }
}

function resultOf({ kind, urls, entry }: Entry, traffic: Traffic): Pick<Result, 'is' | 'why'> {
  let answer: Answer | undefined;
  for (const url of urls) {
    answer = traffic.request({ url, entry });
    if (answer.outcomes.some(({ destination }) => destination.type !== 'error')) break;
  }
  const { outcomes } = answer!;
  const why = outcomes.map(
    ({ destination, trace }) => `${destination.type} ${destination.id}: ${trace.at(-1)?.because}`,
  );
  const areAll = (matches: (type: string) => boolean) => outcomes.every(({ destination }) => matches(destination.type));
  if (areAll((type) => ENDS.has(type))) return { is: 'ends', why: why.join('; ') };
  // A name whose record is an address, or the name of something that isn't in the templates, ends there by its nature.
  if (kind === 'name' && areAll((type) => type === 'address')) return { is: 'leads out', why: why.join('; ') };
  return { is: 'not answered', why: why.join('; ') };
}

/**
 * Names whose records lead out of the templates, so that no reader could say more: custom domains of APIs (4), hosts elsewhere (2),
 * addresses (1), an interface endpoint (1).
 */
const LEADING_OUT = 8;
/** The distributions of two fragments of templates, which CloudFormation refuses too: each refers to an API that isn't in it. */
const REFUSED = 2;

test('4 of 5 entries end at a target group, an origin, a fixed response or a redirect', (context) => {
  const results = readingsOf(TEMPLATES).flatMap(resultsOf);
  for (const { reading, entry, is, why } of results) {
    if (is !== 'ends') context.diagnostic(`${is}: ${reading}: ${entry.kind} ${entry.label}: ${why}`);
  }
  const count = (is: Class, kind?: Entry['kind']) =>
    results.filter((result) => result.is === is && (kind === undefined || result.entry.kind === kind)).length;
  for (const kind of ['name', 'distribution', 'accelerator', 'balancer'] as const) {
    const [ends, out, unanswered, refused] = (['ends', 'leads out', 'not answered', 'refused'] as const).map((is) =>
      count(is, kind),
    );
    context.diagnostic(`${kind}: ${ends} end, ${out} lead out, ${unanswered} are not answered, ${refused} are refused`);
  }
  const total = results.length;
  context.diagnostic(`${count('ends')} of ${total} end there, and ${count('leads out')} lead out`);
  assert.equal(count('leads out'), LEADING_OUT);
  assert.equal(count('refused'), REFUSED);
  assert.ok(count('ends') >= 0.8 * total, `${count('ends')} of ${total}`);
});
