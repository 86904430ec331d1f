import type { AssemblyStack, Resource } from './assembly';
import { at, isObject, list, type Value } from './values';

/** A resource and where it stands. */
export interface Placed {
  readonly stack: AssemblyStack;
  readonly id: string;
  readonly resource: Resource;
}

/** Parts of a construct's path that say nothing to somebody who reads a report. */
const SILENT_PARTS = ['Resource', 'Default', 'Lookup', 'TargetGroup'];

/** The templates of an assembly, in which references are followed. */
export class Templates {
  private readonly exports = new Map<string, [AssemblyStack, Value]>();
  private readonly paths = new Map<AssemblyStack, Map<string, string>>();

  public constructor(public readonly stacks: readonly AssemblyStack[]) {
    for (const stack of stacks) {
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        const name = at(output, 'Export', 'Name');
        if (typeof name === 'string') this.exports.set(name, [stack, at(output, 'Value')]);
      }
      const ids = stack.metadata.filter(({ type }) => type === 'aws:cdk:logicalId');
      this.paths.set(stack, new Map(ids.map(({ data, path }) => [String(data), path])));
    }
  }

  /** All resources of a type, in the order of the templates. */
  public all(type: string): Placed[] {
    return this.stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources ?? {})
        .filter(([, { Type }]) => Type === type)
        .map(([id, resource]) => ({ stack, id, resource })),
    );
  }

  /** The resource that a value refers to, through joins and exports; undefined when it is none of the assembly's, or several. */
  public find(stack: AssemblyStack, value: Value): Placed | undefined {
    const found = references(value).flatMap(({ id, exported }) => {
      const output = exported ? this.exports.get(id) : undefined;
      if (output) return this.find(...output) ?? [];
      const resource = stack.template.Resources?.[id];
      return resource && !exported ? [{ stack, id, resource }] : [];
    });
    const [first] = found;
    return found.every(({ stack: other, id }) => other === first?.stack && id === first.id) ? first : undefined;
  }

  /** Whether a value refers to this very resource. */
  public refersTo(stack: AssemblyStack, value: Value, target: Placed): boolean {
    const found = this.find(stack, value);
    return found?.stack === target.stack && found.id === target.id;
  }

  /** A value as text: literals as they are, references as logical ids. */
  public text(stack: AssemblyStack, value: Value): string {
    if (!isObject(value)) return String(value);
    if (value.Ref === 'AWS::Region' && stack.region) return stack.region;
    const [separator, parts] = list(value['Fn::Join']);
    if (Array.isArray(parts)) return parts.map((part) => this.text(stack, part)).join(String(separator));
    if (typeof value['Fn::Sub'] === 'string') return value['Fn::Sub'].replace(/\$\{([^}]*)\}/g, '$1');
    return references(value)[0]?.id ?? Object.keys(value)[0] ?? '';
  }

  /** The name that a reader knows a resource by: the last telling part of its construct's path, else its logical id. */
  public name(placed: Placed): string {
    const path = this.path(placed);
    const parts = path?.split('/').filter((part) => !SILENT_PARTS.includes(part)) ?? [];
    const name = parts.at(-1);
    if (name === undefined) return placed.id;
    const same = this.all(placed.resource.Type).filter((other) => {
      const end = this.path(other)
        ?.split('/')
        .filter((part) => !SILENT_PARTS.includes(part))
        .at(-1);
      return other.stack === placed.stack && end === name;
    });
    return same.length === 1 ? name : placed.id;
  }

  private path({ stack, id, resource }: Placed): string | undefined {
    const inTemplate = resource.Metadata?.['aws:cdk:path'];
    return this.paths.get(stack)?.get(id) ?? (typeof inTemplate === 'string' ? inTemplate : undefined);
  }
}

interface Reference {
  readonly id: string;
  /** Whether the id is the name of another stack's export. */
  readonly exported: boolean;
}

/** What a value refers to, in order, pseudo parameters aside. */
function references(value: Value): Reference[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return local(inner);
    if (key === 'Fn::GetAtt') return local(Array.isArray(inner) ? inner[0] : inner);
    if (key === 'Fn::Sub' && typeof inner === 'string') {
      return [...inner.matchAll(/\$\{([^!}]+)\}/g)].flatMap(([, name]) => local(name));
    }
    if (key === 'Fn::ImportValue' && typeof inner === 'string') return [{ id: inner, exported: true }];
    return references(inner);
  });
}

function local(name: Value): Reference[] {
  const id = String(name).split('.')[0]!;
  return id.startsWith('AWS::') ? [] : [{ id, exported: false }];
}
