import { wrapped } from '../render/wrap';
import type { Command, Option } from './command';

/** The help of the whole command line. */
export function drawHelp(commands: readonly Command[], width: number): string {
  const widest = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Usage: headgate COMMAND …',
    '',
    ...wrapped(
      'Says where each request goes, with which probability, and what a failure does, by reading CloudFormation templates. It needs no AWS account.',
      '',
      '',
      width,
    ),
    '',
    ...commands.flatMap(({ name, summary }) =>
      wrapped(summary, `  ${name.padEnd(widest)}  `, ' '.repeat(widest + 4), width),
    ),
    '',
    '  headgate COMMAND --help   what a command takes',
    '  headgate --version        the version',
    '',
    'Exit codes: 0 fine, 1 a finding or a failed expectation, 2 unusable input.',
    ...wrapped('Errors go to standard error, as text with --json too.', '', '', width),
    '',
  ].join('\n');
}

/** The help of one command. */
export function drawCommandHelp(command: Command, width: number): string {
  const rows = Object.entries(command.options).map(([name, option]) => ({ left: leftOf(name, option), option }));
  const widest = Math.max(...rows.map(({ left }) => left.length));
  return [
    `Usage: ${command.usage}`,
    '',
    ...wrapped(`Says ${command.summary}.`, '', '', width),
    '',
    ...rows.flatMap(({ left, option }) =>
      wrapped(option.text, `  ${left.padEnd(widest)}  `, ' '.repeat(widest + 4), width),
    ),
    ...command.notes.flatMap((note) => ['', ...wrapped(note, '', '', width)]),
    '',
  ].join('\n');
}

function leftOf(name: string, { value, repeats }: Option): string {
  return `--${name}${value === undefined ? '' : ` ${value}`}${repeats ? ' …' : ''}`;
}
