import { type ErrorCode, HeadgateError } from '../errors';
import { type Constrained, requireConstraints } from './constraints';
import { withDynamicReferencesIn } from './dynamic-references';
import type { GivenParameters } from './given-parameters';
import { isRawMap, type Raw } from './raw';
import { asText, Once } from './scope';
import type { TemplateStack } from './template-stack';
import { isList, Symbolic, Unresolved, type Value } from './value';

/** The parameters of a stack: given by hand or by the stack around it, else their defaults, else unresolved. */
export class Parameters {
  private readonly values = new Map<string, Once<Value>>();

  constructor(
    private readonly stack: TemplateStack,
    private readonly given: GivenParameters,
  ) {}

  has(name: string): boolean {
    return Object.hasOwn(this.stack.section('Parameters'), name);
  }

  get(name: string): Value {
    let value = this.values.get(name);
    if (!value) {
      value = new Once(`${this.stack.file}: parameter '${name}'`, () =>
        withDynamicReferencesIn(this.evaluate(name), this.stack.scope(`parameter '${name}'`)),
      );
      this.values.set(name, value);
    }
    return value.get();
  }

  private evaluate(name: string): Value {
    const where = `${this.stack.file}: parameter '${name}'`;
    const raw = this.stack.section('Parameters')[name];
    if (!isRawMap(raw)) throw new HeadgateError('HM1002', `${where} must be a mapping.`);
    const type = raw.Type === undefined ? 'String' : raw.Type;
    if (typeof type !== 'string') throw new HeadgateError('HM1002', `${where} must have a text as its Type.`);
    // What was given for all stacks reaches a nested one through the stack around it.
    const given = this.given.forStack(this.stack.name, name) ?? this.passed(name) ?? this.given.forAll(name);
    const parameter: Constrained = {
      ...{ raw, type, where },
      warn: (warning) => this.stack.warn(warning),
      spend: (amount) => this.stack.spend(amount, this.stack.scope(`parameter '${name}'`)),
    };
    if (given !== undefined) return checked(given, parameter);
    if (raw.Default === undefined) return new Unresolved(`\${${name}}`, this.stack.name);
    if (type.startsWith('AWS::SSM::Parameter::Value')) {
      // The default is the name of an entry in the Parameter Store of the stack's Region, which another stack may write.
      return checked(this.stack.storedParameter(defaultText(raw.Default, where)), parameter);
    }
    // How a number is written is lost by reading it, so of a text nothing can be checked.
    if (typeof raw.Default === 'number' && type === 'String') return String(raw.Default);
    return checked(defaultText(raw.Default, where), { ...parameter, where: `${where}: its Default` });
  }

  /** What the stack around a nested one passes. */
  private passed(name: string): Value | undefined {
    const resource = this.stack.source.parent?.resource;
    const parameters = resource?.properties.Parameters;
    if (typeof parameters !== 'object' || parameters === null || parameters instanceof Symbolic || isList(parameters)) {
      return undefined;
    }
    return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  }
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.includes('List<');
}

function checked(value: Value, parameter: Constrained): Value {
  const { type, where } = parameter;
  // A list that a stack passes may hold symbols.
  if (isList(value))
    return isListType(type) ? value : value.map((item) => textIn(item, 'HM1007', `${where} must be a text`)).join(',');
  const text = asText(value);
  if (text === undefined) throw new HeadgateError('HM1007', `${where} must be a text.`);
  if (text instanceof Symbolic) return text;
  const items = isListType(type) ? listOf(text) : [text];
  requireConstraints(items, parameter);
  return isListType(type) ? items : text;
}

function defaultText(value: Raw, where: string): string {
  const problem = `${where} must have a text as its Default`;
  if (Array.isArray(value)) return value.map((item) => textIn(item, 'HM1002', problem)).join(',');
  return textIn(value as Value, 'HM1002', problem);
}

/** A text, or what stands for a symbolic one. */
function textIn(value: Value, code: ErrorCode, problem: string): string {
  const text = asText(value);
  if (text === undefined) throw new HeadgateError(code, `${problem}.`);
  return text.toString();
}

function listOf(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.split(',').map((item) => item.trim());
}
