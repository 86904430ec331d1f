import { Fields, type Resource, Symbolic, type Text } from '../template';

/** The attributes of a balancer or a target group: a list of keys and values. */
export class Attributes {
  private readonly values = new Map<string, Text>();

  /** Reads a property such as `TargetGroupAttributes`. */
  constructor(resource: Resource, property: string) {
    for (const pair of Fields.of(resource).objects(property)) {
      const key = pair.string('Key');
      const value = pair.text('Value');
      if (key !== undefined && value !== undefined) this.values.set(key, value);
    }
  }

  /** An attribute's value; undefined if it isn't given or is symbolic. */
  string(key: string): string | undefined {
    const value = this.values.get(key);
    return value instanceof Symbolic ? undefined : value;
  }

  /** Those of some attributes that are given but not known. */
  symbolic(...keys: readonly string[]): readonly string[] {
    return keys.filter((key) => this.values.get(key) instanceof Symbolic);
  }

  /** True or false if the attribute says so, else undefined. */
  boolean(key: string): boolean | undefined {
    const value = this.string(key)?.toLowerCase();
    return value === 'true' ? true : value === 'false' ? false : undefined;
  }

  /** A number if the attribute is one, else undefined: `off` is none. */
  number(key: string): number | undefined {
    const value = this.string(key);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  }
}
