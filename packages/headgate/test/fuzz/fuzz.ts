import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { judgeCases, readCases } from '../../lib/cases';
import { styleOf } from '../../lib/cli/io';
import { explainJson } from '../../lib/cli/json/explain';
import { HeadgateError } from '../../lib/errors';
import { drawAnswer } from '../../lib/render/answer';
import { drawCheck } from '../../lib/render/check';
import { readTemplates, resourceKey, type Templates } from '../../lib/template';
import { type Answer, ENTRY_TYPES, type RequestOptions, Traffic } from '../../lib/traffic';
import { Coverage } from '../../lib/traffic/coverage';
import { elementsOf } from '../../lib/traffic/elements';
import { type Input, inputs, writeInput } from './inputs';
import { type FaultMaker, faults, requests } from './requests';

/** Far more than any template of 20 KB needs. */
const LIMIT_MILLIS = 10_000;
const ENTRIES = 3;
const BATCH = 500;
/** Enough to see what is wrong. */
const MOST_FAILURES = 20;
const STYLE = styleOf({ out: () => {}, err: () => {}, isTerminal: false, columns: 100, env: {}, cwd: '/' });

/** What came of many mutated inputs. */
export interface FuzzReport {
  runs: number;
  /** How many were answered, and how many refused with a message. */
  answered: number;
  refused: number;
  slowestMillis: number;
  /** What was wrong, with the files that show it, once for each place in the code. */
  readonly failures: string[];
}

interface Run {
  readonly input: Input;
  readonly asked: readonly RequestOptions[];
  readonly faults: readonly FaultMaker[];
}

const runs: fc.Arbitrary<Run> = fc.record({
  input: inputs,
  asked: fc.array(requests, { minLength: 2, maxLength: 2 }),
  faults: fc.array(faults, { minLength: 1, maxLength: 2 }),
});

/**
 * Reads mutated templates, assemblies and case files, and asks where requests go. Whatever was done to them, there is an answer whose
 * shares sum to 1, or one clear line. The same seed gives the same inputs.
 */
export function fuzz(count: number, seed: number): FuzzReport {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const report: FuzzReport = { runs: 0, answered: 0, refused: 0, slowestMillis: 0, failures: [] };
  const seen = new Set<string>();
  const before = process.cwd();
  try {
    while (report.runs < count && report.failures.length < MOST_FAILURES) {
      const numRuns = Math.min(count - report.runs, BATCH);
      for (const run of fc.sample(runs, { seed: (seed * 1_000_003 + report.runs) | 0, numRuns })) {
        report.runs += 1;
        // Each in a folder of its own: to write over a file makes the file system wait for the disk.
        const place = join(folder, String(report.runs));
        writeInput(run.input, place);
        process.chdir(place);
        const start = performance.now();
        try {
          report[resultOf(run)] += 1;
          if ('polluted' in {}) throw new Error('the prototype of objects was changed');
          const took = performance.now() - start;
          report.slowestMillis = Math.max(report.slowestMillis, Math.round(took));
          if (took > LIMIT_MILLIS) throw new Error(`took ${Math.round(took)} ms`);
        } catch (error) {
          const { stack = '', message } = error as Error;
          const where = /at .*headgate\/lib\/.*$/m.exec(stack)?.[0] ?? message.slice(0, 60);
          if (!seen.has(where)) report.failures.push(`${stack}\n${describe(run)}`);
          seen.add(where);
        }
        process.chdir(before);
        rmSync(place, { recursive: true });
      }
    }
    return report;
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

function resultOf(run: Run): 'answered' | 'refused' {
  try {
    if (run.input.cases === undefined) answerAll(run);
    else judge(run.input.path, run.input.cases);
    return 'answered';
  } catch (error) {
    if (!(error instanceof HeadgateError)) throw error;
    const problem = problemWith(error.message);
    if (problem) throw new Error(`${problem}: ${JSON.stringify(error.message.slice(0, 300))}`);
    return 'refused';
  }
}

function answerAll({ input, asked, faults }: Run): void {
  const templates = readTemplates([input.path]);
  elementsOf(templates);
  const traffic = new Traffic(templates);
  const entries = entriesOf(templates);
  const idsOf = (type: string) =>
    templates.ofType(`AWS::${type === 'TargetGroup' ? 'ElasticLoadBalancingV2' : 'Route53'}::${type}`).map(resourceKey);
  const broken = traffic.given(...faults.map((fault) => fault(idsOf)));
  for (const situation of [traffic, broken]) {
    for (const entry of entries) {
      for (const request of asked) answer(situation, { ...request, entry });
    }
    for (const request of asked) draw(answer(situation, request));
  }
}

function entriesOf(templates: Templates): readonly string[] {
  return templates.stacks
    .flatMap((stack) => [...stack.resources.values()])
    .filter(({ type }) => ENTRY_TYPES.includes(type))
    .slice(0, ENTRIES)
    .map(resourceKey);
}

function answer(traffic: Traffic, request: RequestOptions): Answer {
  const answered = traffic.request(request);
  const sum = answered.outcomes.reduce((total, { share }) => total + share, 0);
  if (!(Math.abs(sum - 1) <= 1e-9)) throw new Error(`the shares of ${JSON.stringify(request)} sum to ${sum}`);
  for (const { share, min, max } of answered.outcomes) {
    if (!(share >= 0 && min >= 0 && min <= share + 1e-9 && share <= max + 1e-9 && max <= 1 + 1e-9)) {
      throw new Error(`a share is ${share}, from ${min} to ${max}`);
    }
  }
  refuseMistakes(JSON.stringify(explainJson(answered)));
  return answered;
}

/** As the command `explain` does. */
function draw(answered: Answer): void {
  refuseMistakes(drawAnswer(answered, STYLE));
}

function refuseMistakes(text: string): void {
  const wrong = SHOWN_BY_MISTAKE.exec(text);
  if (wrong) throw new Error(`the answer shows ${text.slice(Math.max(0, wrong.index - 150), wrong.index + 50)}`);
}

/** As the command `check` does. */
function judge(path: string, file: string): void {
  const cases = readCases(file);
  const templates = readTemplates([path]);
  const coverage = new Coverage(elementsOf(templates));
  const verdicts = [...judgeCases(cases, new Traffic(templates))];
  for (const verdict of verdicts) coverage.add(verdict.answer);
  drawCheck(verdicts, coverage.report(), STYLE);
}

const SHOWN_BY_MISTAKE = /\bundefined\b|\[object |\bNaN\b|\[native code\]|\bInfinity\b/;

/** What is wrong with a message, if anything is. */
function problemWith(message: string): string | undefined {
  if (/\n/.test(message)) return 'the message has several lines';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(message)) {
    return 'the message has control characters';
  }
  if (message.length > 2_000) return 'the message is too long';
  if (SHOWN_BY_MISTAKE.test(message)) return 'the message shows what it should not';
  return undefined;
}

function describe({ input, asked, faults }: Run): string {
  const files = Object.entries(input.files).map(
    ([path, content]) => `--- ${path}:\n${String(content).slice(0, 20_000)}`,
  );
  return [`--- asked: ${JSON.stringify(asked)}, ${faults.length} faults`, ...files].join('\n');
}
