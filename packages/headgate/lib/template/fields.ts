import { HeadgateError } from '../errors';
import { describeResource, type Resource } from './stack';
import { isList, isMap, OTHERS, resourceIn, Symbolic, type Text, type Value, type ValueMap } from './value';

/**
 * The typed properties of a resource. What is absent is undefined, what is symbolic is undefined where a literal is asked for, and what
 * has the wrong type is an error that names the resource and the property.
 */
export class Fields {
  private constructor(
    private readonly map: ValueMap,
    /** Where the mapping stands, for messages: `Stack/Id (Type): Conditions[0]`. */
    readonly where: string,
    private readonly separator: string,
  ) {}

  static of(resource: Resource): Fields {
    return new Fields(resource.properties, describeResource(resource), ': ');
  }

  static metadataOf(resource: Resource): Fields {
    return new Fields(resource.metadata, `${describeResource(resource)}: Metadata`, '.');
  }

  /** The names of all properties. */
  names(): readonly string[] {
    return Object.keys(this.map);
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  raw(name: string): Value | undefined {
    const value = Object.hasOwn(this.map, name) ? this.map[name] : this.map[OTHERS];
    return value === null ? undefined : value;
  }

  isSymbolic(name: string): boolean {
    return this.raw(name) instanceof Symbolic;
  }

  /** A text, known or symbolic. Numbers and booleans become text, as in CloudFormation. */
  text(name: string): Text | undefined {
    const value = this.raw(name);
    if (value === undefined || value instanceof Symbolic) return value;
    return this.asText(value, name);
  }

  /** A text that is known. */
  string(name: string): string | undefined {
    const value = this.text(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The resource that a text refers to anywhere inside; undefined if it refers to none. */
  reference(name: string): Resource | undefined {
    return resourceIn(this.text(name));
  }

  /** A number that is known; a text that reads as one is one, as in CloudFormation. */
  number(name: string): number | undefined {
    const value = this.raw(name);
    return value === undefined || value instanceof Symbolic ? undefined : this.asNumber(value, name);
  }

  /** A list of numbers, without symbolic ones; empty if absent or symbolic as a whole. */
  numbers(name: string): readonly number[] {
    return this.list(name).flatMap((value, index) =>
      value instanceof Symbolic ? [] : this.asNumber(value, `${name}[${index}]`),
    );
  }

  /** A weight that is known; `most` is the largest that the service takes. */
  weight(name: string, most: number): number | undefined {
    const weight = this.number(name);
    if (weight === undefined || (Number.isInteger(weight) && weight >= 0 && weight <= most)) return weight;
    throw this.wrong(name, `an integer from 0 to ${most}`, weight);
  }

  /** A boolean that is known; the texts `true` and `false` are ones, as in CloudFormation. */
  boolean(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || value instanceof Symbolic) return undefined;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    throw this.wrong(name, 'true or false', value);
  }

  /** A list; empty if absent or symbolic. */
  list(name: string): readonly Value[] {
    const value = this.raw(name);
    if (value === undefined || value instanceof Symbolic) return [];
    if (!isList(value)) throw this.wrong(name, 'a list', value);
    return value;
  }

  /** A list of texts, known or symbolic; empty if absent or symbolic as a whole. */
  texts(name: string): readonly Text[] {
    return this.list(name).map((value, index) =>
      value instanceof Symbolic ? value : this.asText(value, `${name}[${index}]`),
    );
  }

  /** A mapping; undefined if absent or symbolic. */
  object(name: string): Fields | undefined {
    const value = this.raw(name);
    if (value === undefined || value instanceof Symbolic) return undefined;
    return this.asFields(value, name);
  }

  /** A list of mappings, without symbolic ones; empty if absent or symbolic. */
  objects(name: string): readonly Fields[] {
    return this.list(name).flatMap((value, index) =>
      value instanceof Symbolic ? [] : [this.asFields(value, `${name}[${index}]`)],
    );
  }

  /** An error about one of these properties. */
  wrong(name: string, expected: string, value: Value): HeadgateError {
    return new HeadgateError('HM1009', `${this.at(name)} must be ${expected}, got ${describeValue(value)}.`);
  }

  /** Where a property stands, for messages. */
  at(name: string): string {
    return `${this.where}${this.separator}${name}`;
  }

  private asFields(value: Value, name: string): Fields {
    if (!isMap(value)) throw this.wrong(name, 'a mapping', value);
    return new Fields(value, this.at(name), '.');
  }

  private asNumber(value: Value, name: string): number {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
    throw this.wrong(name, 'a number', value);
  }

  private asText(value: Value, name: string): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.wrong(name, 'a text', value);
  }
}

function describeValue(value: Value): string {
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'a mapping';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
