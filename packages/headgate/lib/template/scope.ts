import { type ErrorCode, HeadgateError } from '../errors';
import { LIMITS } from './limits';
import type { Raw } from './raw';
import { isList, isMap, Symbolic, type Text, type Value } from './value';

/** What functions ask of the stack that they stand in. */
export interface Surroundings {
  /** The stack's name, for keys of symbolic values. */
  readonly name: string;
  /** What `Ref` gives; undefined is `AWS::NoValue`. */
  ref(name: string, scope: Scope): Value | undefined;
  attribute(logicalId: string, attribute: Text, scope: Scope): Value;
  condition(name: string, scope: Scope): boolean;
  /** Undefined if a macro may have made it. */
  mapping(name: string, scope: Scope): Raw | undefined;
  importValue(name: Text, scope: Scope): Value;
  stackOutput(stack: Text, output: Text, region: Text | undefined, scope: Scope): Value;
  /** What the Parameter Store of the stack's Region holds under a name. */
  storedParameter(name: string): Value;
  readonly region: string | undefined;
  warn(warning: string): void;
  /** Takes from what functions may give in all, in values or 64 characters. */
  spend(amount: number, scope: Scope): void;
  /** Says once that a function only works with the transform AWS::LanguageExtensions, if the template lacks it. */
  needsLanguageExtensions(name: string): void;
}

/** Evaluates a value of a template. Undefined is `AWS::NoValue`: what is absent. */
export type Evaluate = (raw: Raw, scope: Scope) => Value | undefined;

/** Where functions are evaluated: in which stack, and where in its template. */
export class Scope {
  constructor(
    readonly stack: Surroundings,
    /** For messages: the file, and the logical id or section. */
    readonly where: string,
    private readonly evaluator: Evaluate,
  ) {}

  evaluate(raw: Raw): Value | undefined {
    return this.evaluator(raw, this);
  }

  /** A text, known or symbolic; numbers and booleans become text, as in CloudFormation. */
  text(raw: Raw | undefined, what: string): Text {
    const value = raw === undefined ? undefined : this.evaluate(raw);
    const text = asText(value);
    if (text === undefined) throw this.unusable(`${what} must be a text`);
    return text;
  }

  /** A list, or the symbol for one. */
  list(raw: Raw | undefined, what: string): readonly Value[] | Symbolic {
    const value = raw === undefined ? undefined : this.evaluate(raw);
    if (value instanceof Symbolic || isList(value)) return value;
    throw this.unusable(`${what} must be a list`);
  }

  /** The arguments of a function, of which there must be so many. */
  args(raw: Raw, name: string, least: number, most = least): readonly Raw[] {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    if (!Array.isArray(raw) || raw.length < least || raw.length > most) {
      const got = Array.isArray(raw) ? `${raw.length}` : 'none';
      throw this.unusable(`${name} takes a list of ${count} values, got ${got}`);
    }
    return raw;
  }

  unusable(message: string): HeadgateError {
    return this.error('HM1005', message);
  }

  error(code: ErrorCode, message: string): HeadgateError {
    return new HeadgateError(code, `${this.where}: ${message}.`);
  }
}

/** A scalar as text; undefined if it is none. */
export function asText(value: Value | undefined): Text | undefined {
  if (typeof value === 'string' || value instanceof Symbolic) return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Evaluates at most once, and refuses to be asked for while it does. */
export class Once<T> {
  private static depth = 0;
  private state: 'new' | 'running' | 'done' = 'new';
  private value: T | undefined;

  constructor(
    private readonly what: string,
    private readonly compute: () => T,
  ) {}

  get(): T {
    if (this.state === 'done') return this.value as T;
    if (this.state === 'running') throw new HeadgateError('HM1008', `${this.what} depends on itself.`);
    if (Once.depth >= LIMITS.chain) {
      throw new HeadgateError(
        'HM1004',
        `${this.what}: more than ${LIMITS.chain} values depend on each other in a row.`,
      );
    }
    this.state = 'running';
    Once.depth += 1;
    try {
      this.value = this.compute();
      this.state = 'done';
      return this.value;
    } catch (error) {
      this.state = 'new';
      if (error instanceof RangeError)
        throw new HeadgateError('HM1004', `${this.what}: is nested too deep or too long.`);
      throw error;
    } finally {
      Once.depth -= 1;
    }
  }
}

/** Whether a value has symbols anywhere inside. */
export function hasSymbols(value: Value): boolean {
  if (value instanceof Symbolic) return true;
  if (isList(value)) return value.some(hasSymbols);
  return isMap(value) && Object.values(value).some(hasSymbols);
}
