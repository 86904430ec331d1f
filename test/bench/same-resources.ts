import { createHash } from 'node:crypto';
import { type App, CfnElement, Names, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A template as far as it is compared. */
export interface Template {
  readonly Resources?: Record<string, Resource>;
}

interface Resource {
  readonly Type: string;
  readonly DependsOn?: string | string[];
  readonly [part: string]: unknown;
}

/** What an app makes of one stack. */
export interface StackResources {
  readonly region: string;
  /** The stacks that are deployed before it, by name. */
  readonly after: string[];
  readonly template: Template;
  /** What the CDK writes into texts in place of a construct's path. */
  readonly pathTexts: string[];
}

/** The stacks of an app, by name. */
export function stacksOf(app: App): Record<string, StackResources> {
  const { stacks } = app.synth();
  const constructs = app.node.findAll();
  return Object.fromEntries(
    stacks.map(({ id, stackName, environment, dependencies, template }) => [
      stackName,
      {
        region: environment.region,
        after: stacks.flatMap((other) => (dependencies.includes(other) ? [other.stackName] : [])).sort(),
        template,
        pathTexts: constructs.filter((one) => isInside(one, id)).flatMap(textsOf),
      },
    ]),
  );
}

/**
 * The resources of a stack, free of what each app names as it likes, and sorted:
 *
 * - a logical id, in `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`, is replaced by the type that it stands for;
 * - what the CDK derives from a construct's path is replaced by `<path>`, wherever it stands in a text: the path itself (in tags and
 *   descriptions), the unique id, the unique name, and the logical id (in names of policies and origins).
 *
 * Everything else stays, so two stacks are the same if these lists are equal.
 */
export function resourcesOf({ template, pathTexts }: StackResources): unknown[] {
  const resources = template.Resources ?? {};
  const nameless = namelessBy(pathTexts);
  return sorted(Object.values(resources).map((one) => bare(one, (id) => resources[id]?.Type, nameless)));
}

/** How far the wiring is followed from each resource: a rule's group is told from another by the servers' user data, four steps away. */
const STEPS = 5;

/**
 * A fingerprint of each resource in which an id stands for what is behind it and for what refers to it, and not for its type alone: two
 * fleets that differ can't swap their weights unseen.
 */
export function wiringOf({ template, pathTexts }: StackResources): string[] {
  const resources = Object.entries(template.Resources ?? {});
  const nameless = namelessBy(pathTexts);
  let names = new Map(resources.map(([id, { Type }]) => [id, Type]));
  for (let step = 0; step < STEPS; step++) {
    const before = names;
    const users = new Map(resources.map(([id]) => [id, [] as string[]]));
    const contents = resources.map(([id, resource]) =>
      bare(
        resource,
        (other) => {
          users.get(other)?.push(before.get(id)!);
          return before.get(other);
        },
        nameless,
      ),
    );
    names = new Map(
      resources.map(([id, { Type }], index) => [id, fingerprint(Type, [contents[index], users.get(id)!.sort()])]),
    );
  }
  return [...names.values()].sort();
}

function fingerprint(type: string, content: unknown): string {
  return `${type} ${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`;
}

type NameOf = (logicalId: string) => string | undefined;

/** A part of a template with ids and texts replaced, its keys in order. */
function bare(value: unknown, nameOf: NameOf, nameless: (text: string) => string): unknown {
  if (typeof value === 'string') return nameless(value);
  if (Array.isArray(value)) return value.map((item) => bare(item, nameOf, nameless));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, renamed(key, part, nameOf) ?? bare(part, nameOf, nameless)]),
  );
}

/** What stands under a key that names resources; undefined under any other. */
function renamed(key: string, part: unknown, nameOf: NameOf): unknown {
  const named = (id: string) => nameOf(id) ?? id;
  if (key === 'Ref') return named(part as string);
  if (key === 'Fn::GetAtt' && Array.isArray(part)) return [named(part[0]), ...part.slice(1)];
  if (key === 'Fn::Sub' && typeof part === 'string') {
    return part.replace(/\$\{([A-Za-z0-9]+)(?=[.}])/g, (_, id) => `\${${named(id)}`);
  }
  if (key === 'DependsOn')
    return [part]
      .flat()
      .map((id) => named(id as string))
      .sort();
  return undefined;
}

function namelessBy(pathTexts: string[]): (text: string) => string {
  const longestFirst = [...new Set(pathTexts)].sort((a, b) => b.length - a.length);
  const done = new Map<string, string>();
  return (text) => {
    const known = done.get(text);
    if (known !== undefined) return known;
    const nameless = longestFirst.reduce((rest, one) => rest.replaceAll(one, '<path>'), text);
    done.set(text, nameless);
    return nameless;
  };
}

function isInside(construct: IConstruct, stackId: string): boolean {
  return !Stack.isStack(construct) && construct.node.scopes.some((s) => Stack.isStack(s) && s.artifactId === stackId);
}

function textsOf(construct: IConstruct): string[] {
  const unique = { maxLength: 128, separator: '-', allowedSpecialCharacters: '-_' };
  const texts = [construct.node.path, Names.uniqueId(construct), Names.uniqueResourceName(construct, unique)];
  if (!CfnElement.isCfnElement(construct)) return texts;
  // An element right under its stack is called as its user says, and its id could be any word.
  const logicalId: string = Stack.of(construct).resolve(construct.logicalId);
  return logicalId === construct.node.id ? texts : [...texts, logicalId];
}

function sorted(values: unknown[]): unknown[] {
  const key = (value: unknown) => JSON.stringify(value);
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
