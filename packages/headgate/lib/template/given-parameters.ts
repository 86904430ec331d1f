import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { isAccountNumber, isRegionName } from './places';
import { emptyMap } from './raw';

/** What a template may refer to without declaring it. */
export const PSEUDO_PARAMETERS: readonly string[] = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** The parameters that were given by hand: `Key` for all stacks that have it, `STACK/Key` for one. */
export class GivenParameters {
  private readonly values: Readonly<Record<string, string>>;

  constructor(values: Readonly<Record<string, string>> = {}) {
    this.values = Object.assign(emptyMap<string>(), values);
  }

  /** The value for one stack's parameter; undefined if none was given. */
  forStack(stack: string, name: string): string | undefined {
    return this.values[`${stack}/${name}`];
  }

  /** The value for the parameter of this name in all stacks; undefined if none was given. */
  forAll(name: string): string | undefined {
    return this.values[name];
  }

  /** The value for a stack's parameter, be it given for one stack or for all. */
  take(stack: string, name: string): string | undefined {
    return this.forStack(stack, name) ?? this.forAll(name);
  }

  /**
   * Refuses parameters that no stack has; gives warnings of those that change nothing.
   *
   * @throws HeadgateError HM1007
   */
  check(stacks: readonly ParameterizedStack[]): readonly string[] {
    const all = stacks.map((stack) => stack.name);
    return Object.entries(this.values).flatMap(([given, value]) => {
      const slash = given.lastIndexOf('/');
      const stack = given.slice(0, Math.max(slash, 0));
      const name = given.slice(slash + 1);
      const named = slash < 0 ? stacks : stacks.filter((candidate) => candidate.name === stack);
      const refuse = (what: string) => new HeadgateError('HM1007', `parameter '${given}': ${what}`);
      if (named.length === 0) throw refuse(`no stack is named '${stack}'${didYouMean(stack, all) || '.'} ${list(all)}`);
      if (name.startsWith('AWS::')) return checkPseudo(name, value, named, refuse);
      if (named.some((candidate) => candidate.parameterNames().includes(name))) return [];
      const known = [...new Set(named.flatMap((candidate) => candidate.parameterNames()))];
      throw refuse(`no template has it${didYouMean(name, known) || '.'} ${list(known)}`);
    });
  }
}

/** What is asked of a stack to check what was given for it. */
interface ParameterizedStack {
  readonly name: string;
  readonly region: string | undefined;
  parameterNames(): readonly string[];
}

function checkPseudo(
  name: string,
  value: string,
  stacks: readonly ParameterizedStack[],
  refuse: (what: string) => HeadgateError,
): readonly string[] {
  if (!PSEUDO_PARAMETERS.includes(name))
    throw refuse(`isn't a pseudo parameter${didYouMean(name, PSEUDO_PARAMETERS) || '.'} ${list(PSEUDO_PARAMETERS)}`);
  if (name === 'AWS::AccountId' && !isAccountNumber(value)) throw refuse(`must be twelve digits, got '${value}'.`);
  if (name !== 'AWS::Region') return [];
  if (!isRegionName(value)) throw refuse(`'${value}' isn't the name of a Region.`);
  return stacks
    .filter(({ region }) => region !== value)
    .map(
      ({ name: stack, region }) => `parameter '${name}': ${stack} is for ${region}, so '${value}' isn't used for it.`,
    );
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'There are none.';
  const more = names.length > 20 ? ` and ${names.length - 20} more` : '';
  return `There are: ${names.slice(0, 20).join(', ')}${more}.`;
}
