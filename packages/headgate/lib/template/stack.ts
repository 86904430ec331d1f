import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import type { Value, ValueMap } from './value';

/** A resource of a stack, with its intrinsic functions evaluated. */
export interface Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  /** Such as `AWS::ElasticLoadBalancingV2::LoadBalancer`. */
  readonly type: string;
  readonly properties: ValueMap;
  readonly metadata: ValueMap;
}

/** One stack: a template with its parameters, in a Region. */
export interface Stack {
  /** The stack's name; for a plain template, the file's name without extension. */
  readonly name: string;
  /** Undefined if the template is for any Region. */
  readonly region: string | undefined;
  /** The file that it was read from, for messages. */
  readonly file: string;
  /** By logical id, in the template's order; without those whose condition is false. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: ReadonlyMap<string, Value>;
}

/** `stack/logicalId`: what tells a resource from all others. */
export function resourceKey(resource: Resource): string {
  return `${resource.stack.name}/${resource.logicalId}`;
}

/** How messages name a resource: `Shop-us-east-1/Rule1 (AWS::ElasticLoadBalancingV2::ListenerRule)`. */
export function describeResource(resource: Resource): string {
  return `${resourceKey(resource)} (${resource.type})`;
}

/** All stacks that were read together. */
export class Templates {
  private readonly byType = new Map<string, Resource[]>();
  private readonly byId = new Map<string, Resource[]>();

  constructor(
    readonly stacks: readonly Stack[],
    /** What was assumed while reading, such as the value of a condition. */
    readonly warnings: readonly string[] = [],
  ) {
    for (const stack of stacks) {
      for (const resource of stack.resources.values()) {
        push(this.byType, resource.type, resource);
        push(this.byId, resource.logicalId, resource);
      }
    }
  }

  /** The resources of a type, such as `AWS::Route53::RecordSet`, in the order of stacks and templates. */
  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * The resource with an id, which is a logical id or `STACK/ID`.
   *
   * @throws HeadgateError HM2001 if there is none, HM2002 if there are several.
   */
  find(id: string, types?: readonly string[]): Resource {
    const slash = id.lastIndexOf('/');
    const named = this.byId.get(id.slice(slash + 1)) ?? [];
    const inStack = slash < 0 ? named : named.filter((resource) => resource.stack.name === id.slice(0, slash));
    const found = types ? inStack.filter((resource) => types.includes(resource.type)) : inStack;
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      const choices = found.map(resourceKey).join(', ');
      throw new HeadgateError('HM2002', `'${id}' stands in several stacks: ${choices}. Write it with its stack.`);
    }
    const known = types ? types.flatMap((type) => this.ofType(type)) : [];
    const hint = known.length === 0 ? '' : ` There are: ${known.slice(0, 20).map(resourceKey).join(', ')}.`;
    if (inStack.length > 0) {
      throw new HeadgateError('HM2001', `${describeResource(inStack[0]!)} isn't one of ${types!.join(', ')}.${hint}`);
    }
    const ids = known.flatMap((resource) => [resource.logicalId, resourceKey(resource)]);
    throw new HeadgateError('HM2001', `No resource has the id '${id}'${didYouMean(id, ids) || '.'}${hint}`);
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
