import { parseArgs } from 'node:util';
import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import type { Io } from './io';

/** An option as the help shows it. */
export interface Option {
  /** What stands for the value, such as `URL`; left out for a switch. */
  readonly value?: string;
  readonly repeats?: boolean;
  readonly text: string;
}

/** A command: what its help says, and what it does. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** How it is called. */
  readonly usage: string;
  /** Paragraphs after the options. */
  readonly notes: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** @returns the exit code */
  run(args: Arguments, io: Io): Promise<number>;
}

/** The arguments of a command, after the form of the command line was checked. */
export class Arguments {
  private constructor(
    private readonly values: ReadonlyMap<string, readonly string[]>,
    private readonly switches: ReadonlySet<string>,
    readonly positionals: readonly string[],
  ) {}

  /**
   * Reads what comes after a command's name.
   *
   * @param elsewhere the commands that have other options
   * @throws HeadgateError HM4001 for an option that the command hasn't got, a missing value, or one given twice that can't be.
   */
  static parse(
    argv: readonly string[],
    options: Readonly<Record<string, Option>>,
    elsewhere: ReadonlyMap<string, string>,
  ): Arguments {
    const { values, positionals } = parsed(argv, options, elsewhere);
    const texts = new Map<string, readonly string[]>();
    const switches = new Set<string>();
    for (const [name, given] of Object.entries(values)) {
      const list = given as readonly (string | boolean)[];
      if (options[name]?.value === undefined) switches.add(name);
      else if (list.length > 1 && !options[name]?.repeats) throw usage(`--${name} can be given once only`);
      else texts.set(name, list as readonly string[]);
    }
    return new Arguments(texts, switches, positionals);
  }

  /** The value of an option that can be given once. */
  one(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  /** The values of an option that repeats. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** Whether a switch is on. */
  has(name: string): boolean {
    return this.switches.has(name);
  }
}

function parsed(
  argv: readonly string[],
  options: Readonly<Record<string, Option>>,
  elsewhere: ReadonlyMap<string, string>,
) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { value }]) => [
          name,
          // All repeat here, so that one that is given twice by mistake isn't lost without a word.
          { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
        ]),
      ),
    });
  } catch (error) {
    throw usage(complaint(error as Error & { readonly code?: string }, Object.keys(options), elsewhere));
  }
}

/** What `parseArgs` found, in one sentence. */
function complaint(
  { message, code }: Error & { readonly code?: string },
  known: readonly string[],
  elsewhere: ReadonlyMap<string, string>,
): string {
  const option = /'(?:-\w, )?(-[^' =]*)/.exec(message)?.[1];
  if (option === undefined) return message.split('\n')[0]!;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const command = elsewhere.get(option);
    if (command !== undefined) return `'${option}' isn't an option here; ${command} has it`;
    const names = known.map((name) => `--${name}`);
    return `'${option}' isn't an option${didYouMean(option, names)}`;
  }
  if (message.includes('does not take')) return `${option} takes no value`;
  return `${option} needs a value; one that begins with a dash is written ${option}=VALUE`;
}

/** An error in how the command line is used. */
export function usage(what: string): HeadgateError {
  return new HeadgateError('HM4001', what);
}
