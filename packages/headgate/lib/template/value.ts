import { HeadgateError } from '../errors';
import { LIMITS } from './limits';
import type { Resource } from './stack';

/** A value of a template after its intrinsic functions were evaluated: what couldn't be known is a {@link Symbolic}. */
export type Value = string | number | boolean | null | Symbolic | readonly Value[] | ValueMap;

/** The key of a {@link ValueMap} for all keys that it doesn't have. */
export const OTHERS: unique symbol = Symbol('others');

/** A mapping of a template. It has no prototype, so that a key such as `__proto__` is a key like any other. */
export interface ValueMap {
  readonly [key: string]: Value;
  /** What stands for each of the other keys, where a macro may add any. */
  readonly [OTHERS]?: Symbolic;
}

/** A text that is known or symbolic. */
export type Text = string | Symbolic;

/** A value that the template doesn't hold. Two of them are the same if their keys are. */
export abstract class Symbolic {
  /** How people read it, such as `${Lb.DNSName}`. */
  abstract readonly text: string;
  /** What tells it from all others in all stacks. */
  abstract readonly key: string;

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** What `Ref` and `Fn::GetAtt` give for a resource: the resource itself, and which of its attributes. */
export class Reference extends Symbolic {
  readonly text: string;
  readonly key: string;

  constructor(
    readonly resource: Resource,
    /** The attribute, such as `DNSName`; undefined for `Ref`. */
    readonly attribute: string | undefined,
  ) {
    super();
    const suffix = attribute === undefined ? '' : `.${attribute}`;
    this.text = `\${${resource.logicalId}${suffix}}`;
    this.key = `\${${resource.stack.name}/${resource.logicalId}${suffix}}`;
  }
}

/** A value that only a deployment knows: a parameter without default, an account number, a dynamic reference, an unknown import. */
export class Unresolved extends Symbolic {
  readonly key: string;

  constructor(
    readonly text: string,
    /** What tells it from values of the same text elsewhere, such as the stack's name for a parameter. */
    scope = '',
  ) {
    super();
    this.key = scope === '' ? text : `${scope}/${text}`;
  }
}

/** The availability zone at a place in the list that `Fn::GetAZs` gives. */
export class ZoneOfRegion extends Symbolic {
  readonly text: string;
  readonly key: string;

  constructor(
    readonly region: string | undefined,
    /** Counted from 0. */
    readonly index: number,
  ) {
    super();
    this.text = `\${zone ${index + 1} of ${region ?? 'AWS::Region'}}`;
    this.key = this.text;
  }
}

/** The availability zones of a Region, as `Fn::GetAZs` gives them. */
export class ZonesOfRegion extends Symbolic {
  readonly text: string;
  readonly key: string;

  constructor(readonly region: string | undefined) {
    super();
    this.text = `\${zones of ${region ?? 'AWS::Region'}}`;
    this.key = this.text;
  }
}

/** What a function gives that can't be computed without a deployment, such as one part of an address that isn't known yet. */
export class Computed extends Symbolic {
  readonly text: string;
  readonly key: string;

  constructor(
    /** The function, such as `Select`. */
    readonly name: string,
    readonly args: readonly Value[],
  ) {
    super();
    this.text = `\${${name}(${args.map((arg) => clip(display(arg, (symbolic) => symbolic.text))).join(', ')})}`;
    this.key = `\${${name}(${display(args, (symbolic) => symbolic.key)})}`;
  }
}

/** A text of which parts are symbolic, from `Fn::Join` and `Fn::Sub`. */
export class Joined extends Symbolic {
  readonly text: string;
  readonly key: string;

  constructor(readonly parts: readonly Text[]) {
    super();
    this.text = parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
    this.key = parts.map((part) => (typeof part === 'string' ? part : part.key)).join('');
  }
}

/** Whether a value is a mapping. */
export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Symbolic);
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** What tells a text from others: two texts are equal if their keys are. */
export function keyOf(text: Text): string {
  return typeof text === 'string' ? text : text.key;
}

/** The resource that a text refers to anywhere inside, such as the balancer in `dualstack.${Lb.DNSName}`; the first if there are several. */
export function resourceIn(value: Value | undefined): Resource | undefined {
  if (value instanceof Reference) return value.resource;
  const inside =
    value instanceof Joined ? value.parts : value instanceof Computed ? value.args : isList(value) ? value : [];
  for (const part of inside) {
    const found = resourceIn(part);
    if (found) return found;
  }
  return undefined;
}

/** A value as text. */
function display(value: Value, show: (symbolic: Symbolic) => string): string {
  const parts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    length += text.length;
    if (length > LIMITS.textLength) {
      throw new HeadgateError('HM1004', `A value would have more than ${LIMITS.textLength} characters.`);
    }
    parts.push(text);
  };
  const write = (inner: Value): void => {
    if (inner instanceof Symbolic) {
      add(show(inner));
    } else if (isList(inner)) {
      inner.forEach((item, index) => {
        add(index === 0 ? '[' : ', ');
        write(item);
      });
      add(inner.length === 0 ? '[]' : ']');
    } else if (isMap(inner)) {
      for (const [key, item] of Object.entries(inner)) {
        add(`{${JSON.stringify(key)}: `);
        write(item);
        add('}');
      }
    } else {
      add(JSON.stringify(inner));
    }
  };
  write(value);
  return parts.join('');
}

/** Short enough to be read in one line. */
function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
