import { version } from '../../package.json';
import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { printable } from '../printable';
import { check } from './check';
import { Arguments, type Command, usage } from './command';
import { explain } from './explain';
import { drawCommandHelp, drawHelp } from './help';
import { type Io, styleOf } from './io';

const COMMANDS: readonly Command[] = [explain, check];

const REPORT_TO = 'https://github.com/cdk-headgate/cdk-headgate/issues';

/**
 * Runs the command line.
 *
 * @returns the exit code: 0 fine, 1 a finding or a failed expectation, 2 bad usage or input
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    io.err(describe(error, argv[0], io.env.HEADGATE_DEBUG === '1'));
    return 2;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = argv;
  const { width } = styleOf(io);
  if (first === undefined) throw usage(`no command is given; there are ${names()}`);
  if (['version', '--version', '-v'].includes(first)) {
    if (rest.length > 0) throw usage(`${first} takes nothing, got '${rest[0]}'`);
    io.out(`${version}\n`);
    return 0;
  }
  if (['help', '--help', '-h'].includes(first)) {
    if (rest.length > 1) throw usage(`help takes one command, got '${rest[1]}' too`);
    io.out(rest[0] === undefined ? drawHelp(COMMANDS, width) : drawCommandHelp(commandOf(rest[0]), width));
    return 0;
  }
  const command = commandOf(first);
  if (asksForHelp(rest)) {
    io.out(drawCommandHelp(command, width));
    return 0;
  }
  return command.run(Arguments.parse(rest, command.options, optionsBeside(command)), io);
}

function commandOf(name: string): Command {
  const command = COMMANDS.find((one) => one.name === name);
  if (command) return command;
  const hint = didYouMean(name, [...COMMANDS.map((one) => one.name), 'help', 'version']);
  throw usage(`'${name}' isn't a command${hint || `; there are ${names()}`}`);
}

/** The options of other commands, with the command that has each. */
function optionsBeside(command: Command): ReadonlyMap<string, string> {
  const others = COMMANDS.filter((other) => other !== command);
  return new Map(others.flatMap(({ name, options }) => Object.keys(options).map((option) => [`--${option}`, name])));
}

/** Whether help is asked for, whatever else is wrong; what follows `--` are paths. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function names(): string {
  return COMMANDS.map(({ name }) => name).join(', ');
}

/** An error in one line, with where help is for errors of usage; a stack only for who asks for it. */
function describe(error: unknown, command: string | undefined, isDebugged: boolean): string {
  const stack = isDebugged && error instanceof Error && error.stack !== undefined ? `${error.stack}\n` : '';
  if (!(error instanceof HeadgateError)) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return `headgate: this is a bug, please report it at ${REPORT_TO}: ${printable(message)}\n${stack}`;
  }
  const message = printable(error.message.replace(/\.$/, ''));
  const advice = error.code === 'HM4001' ? helpFor(command, message.endsWith('?')) : '';
  return `headgate: ${message}${advice} (${error.code})\n${stack}`;
}

function helpFor(command: string | undefined, followsQuestion: boolean): string {
  const known = COMMANDS.some(({ name }) => name === command);
  return `${followsQuestion ? ' See' : '; see'} headgate ${known ? `${command} ` : ''}--help`;
}
