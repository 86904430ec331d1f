import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Traffic } from 'headgate';
import { Aside } from './report/aside';
import { type AssemblyStack, readAssembly, readJson } from './report/assembly';
import { runCommand } from './report/child';
import { type AppSettings, readArguments, readSettings, USAGE, UsageError } from './report/command-line';
import { chosenDefaults, renderDefaults } from './report/defaults';
import { type Findings, readFindings, stops, VALIDATION_REPORT } from './report/findings';
import { deployOrder, renderNextStep } from './report/next-step';
import { COLOUR, type Paint, PLAIN, renderTree } from './report/render';
import { renderFindings, renderProblems } from './report/render-findings';
import { renderRequests } from './report/requests';
import { overLimits, renderResources } from './report/resources';
import { roadOf } from './report/road';
import { Templates } from './report/templates';

/** What a run needs of the world around it. */
export interface StartIo {
  /** The project's folder, where package.json and cdk.json are. */
  readonly root: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
  /** Stops the run; its reason is the signal's name. */
  readonly abort?: AbortSignal;
}

/** A step that failed in a way that a person can mend: its message is all that is to be said. */
class StepFailed extends Error {}

const STEPS = [
  'Building',
  'Synthesizing and validating',
  'Judging what the validators found',
  'Replacing the cloud assembly',
  'Reading the road',
] as const;
// The traffic model is built before this program is: it is a part of it.
const BUILD = 'npm run --silent build:constructs';
/** The last lines of a failed command's output that are shown: enough for a message and its stack. */
const SHOWN_LINES = 40;
const EXIT_CODES: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Builds, synthesizes, validates and reports. Returns the exit code: 0 fine, 1 failed, 2 bad usage, 130 or 143 when interrupted. */
export async function run(argv: readonly string[], io: StartIo): Promise<number> {
  let aside: Aside | undefined;
  let replaced = false;
  try {
    if (process.env.npm_config_call !== undefined) {
      throw new UsageError("npm took '-c' for itself: write 'npm start -- -c key=value'");
    }
    const { help, context } = readArguments(argv);
    if (help) {
      io.out(`${USAGE}\n`);
      return 0;
    }
    const settings = readSettings(io.root, context);
    const output = resolve(io.root, settings.output);
    await step(io, 0, () => command(io, BUILD, process.env));
    aside = new Aside(io.root, output);
    const { fresh } = aside;
    await step(io, 1, () => synthesize(io, settings, fresh));
    const { stacks, findings } = await step(io, 2, () => judge(fresh));
    await step(io, 3, () => {
      aside!.swap();
      replaced = true;
    });
    const text = await step(io, 4, () => report(stacks, findings, { context, output: settings.output }, io));
    io.out(`\n${text}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\n\n${USAGE}\n`);
      return 2;
    }
    const left = replaced ? 'the new cloud assembly is in place' : 'the previous cloud assembly is as it was';
    if (io.abort?.aborted) {
      io.err(`\nInterrupted: ${left}.\n`);
      return EXIT_CODES[String(io.abort.reason)] ?? 1;
    }
    const { message, stack } = error as Error;
    io.err(`\n${error instanceof StepFailed ? message : stack}\n\nFailed: ${left}.\n`);
    return 1;
  } finally {
    aside?.remove();
  }
}

/** Runs a step with its line of progress. */
async function step<T>(io: StartIo, index: number, work: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  io.out(`[${index + 1}/${STEPS.length}] ${STEPS[index]} … `);
  try {
    const result = await work();
    io.abort?.throwIfAborted();
    io.out(`${seconds()}\n`);
    return result;
  } catch (error) {
    io.out(`${io.abort?.aborted ? 'interrupted' : 'failed'} after ${seconds()}\n`);
    throw error;
  }
}

async function command(io: StartIo, line: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await runCommand(line, io.root, env, io.abort);
  io.abort?.throwIfAborted();
  if (code === 0) return;
  const lines = output.trimEnd().split('\n');
  const shown = lines.length > SHOWN_LINES ? ['…', ...lines.slice(-SHOWN_LINES)] : lines;
  throw new StepFailed(`${shown.join('\n')}\n\n'${line}' ended with code ${code}.`);
}

async function synthesize(io: StartIo, { app, context }: AppSettings, folder: string): Promise<void> {
  // The switch that turns validation off is for tests, and what is reported here was validated.
  const { CDK_VALIDATION: _, ...env } = process.env;
  await command(io, app, { ...env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) });
  if (!existsSync(join(folder, 'manifest.json')))
    throw new StepFailed(`'${app}' wrote no cloud assembly: does it make an App?`);
}

function judge(folder: string): { stacks: AssemblyStack[]; findings: Findings } {
  const stacks = readAssembly(folder);
  const file = join(folder, VALIDATION_REPORT);
  if (!existsSync(file)) throw new StepFailed(`The app wrote no ${VALIDATION_REPORT}: no validator ran.`);
  const findings = readFindings(readJson(file), stacks);
  const bad = findings.open.filter(stops).length + findings.failures.length;
  if (bad > 0)
    throw new StepFailed(
      `Validation found ${bad} open ${bad === 1 ? 'problem' : 'problems'}:\n${renderProblems(findings)}`,
    );
  const over = overLimits(stacks);
  if (over.length > 0) throw new StepFailed(`${over.join('\n')}\n\n${renderResources(stacks)}`);
  return { stacks, findings };
}

/** What was asked for, as far as the report tells it. */
interface Asked {
  readonly context: Readonly<Record<string, string>>;
  /** The folder of the cloud assembly, from the project's. */
  readonly output: string;
}

/** What was made, as text. */
function report(
  stacks: readonly AssemblyStack[],
  findings: Findings,
  { context, output }: Asked,
  { root, paint }: StartIo,
): string {
  const templates = new Templates(stacks);
  const road = roadOf(templates);
  const traffic = Traffic.fromAssembly(resolve(root, output));
  const trees = [...road.shared, ...road.sites].map((node) => renderTree(node, paint));
  const sections: [string, string][] = [
    ['The road of a request', trees.join('\n\n')],
    ['Where requests go', renderRequests(traffic, templates, road, output, paint)],
    ['Defaults that were chosen', renderDefaults(chosenDefaults(stacks))],
    ['Resources', renderResources(inDeployOrder(stacks))],
    ['Validators', renderFindings(findings)],
    ['To deploy', renderNextStep(stacks, context, road)],
  ];
  return sections.map(([title, text]) => `${paint.bold(title)}\n\n${text}`).join('\n\n');
}

function inDeployOrder(stacks: readonly AssemblyStack[]): AssemblyStack[] {
  return deployOrder(stacks).flatMap((paths) => stacks.filter(({ path }) => paths.includes(path)));
}

async function main(): Promise<void> {
  const controller = new AbortController();
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, () => controller.abort(signal));
  // Whoever read the output has gone, as `head` does: end, and leave nothing behind.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') controller.abort('EPIPE');
  });
  const colour = process.stdout.isTTY && !process.env.NO_COLOR;
  process.exitCode = await run(process.argv.slice(2), {
    root: join(__dirname, '..'),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    paint: colour ? COLOUR : PLAIN,
    abort: controller.signal,
  });
}

if (require.main === module) void main();
