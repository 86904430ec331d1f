import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { HeadgateError } from '../../lib/errors';
import { readTemplates } from '../../lib/template';
import { type Answer, ENTRY_TYPES, type RequestOptions, Traffic } from '../../lib/traffic';
import { fetchTemplates } from './packages';

interface Expectation {
  readonly template: string;
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly request: RequestOptions;
  readonly given?: readonly string[];
  readonly expect: readonly {
    readonly destination?: string;
    readonly status?: number;
    readonly location?: string;
    readonly share?: number;
  }[];
}

const TEMPLATES = fetchTemplates();
const EXPECTATIONS = load(readFileSync(join(__dirname, 'expectations.yaml'), 'utf8')) as readonly Expectation[];
/** What counts as an end of the road that the model has found. */
const ENDS = new Set(['target-group', 'origin', 'fixed-response', 'redirect']);

test('there are at least 25 templates and 10 expectations', () => {
  assert.ok(TEMPLATES.length >= 25);
  assert.ok(EXPECTATIONS.length >= 10);
});

for (const { template, name, parameters = {}, request, given = [], expect } of EXPECTATIONS) {
  test(`${template}: ${name}`, () => {
    const { file } = TEMPLATES.find(({ id }) => id === template)!;
    const { outcomes } = new Traffic(readTemplates([file], { parameters })).given(...given).request(request);
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

/** Every entry of a template that a URL can be asked of, with the answer. */
function* answersOf(file: string): Generator<{ readonly entry: string; readonly answer: Answer | HeadgateError }> {
  const templates = readTemplates([file]);
  const traffic = new Traffic(templates);
  for (const type of ENTRY_TYPES) {
    for (const { logicalId } of templates.ofType(type)) {
      for (const url of ['https://www.example.com/', 'http://www.example.com/']) {
        try {
          yield { entry: `${logicalId} ${url}`, answer: traffic.request({ url, entry: logicalId }) };
        } catch (error) {
          if (!(error instanceof HeadgateError)) throw error;
          yield { entry: `${logicalId} ${url}`, answer: error };
        }
      }
    }
  }
}

test('most entries end at a target group, an origin, a fixed response or a redirect', (context) => {
  let ended = 0;
  const others: string[] = [];
  for (const { id, file } of TEMPLATES) {
    for (const { entry, answer } of answersOf(file)) {
      if (answer instanceof HeadgateError) others.push(`${id} ${entry}: ${answer.message}`);
      else if (answer.outcomes.every(({ destination }) => ENDS.has(destination.type))) ended++;
      else
        others.push(
          `${id} ${entry}: ${answer.outcomes.map(({ destination }) => `${destination.type} ${destination.id}`)}`,
        );
    }
  }
  const total = ended + others.length;
  context.diagnostic(`${ended} of ${total} entries end there; the others:\n${others.join('\n')}`);
  assert.ok(ended >= 0.8 * total, `${ended} of ${total}`);
});
