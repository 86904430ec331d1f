import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as layers from '../lib';

/** A type as jsii writes it: a primitive, a named type, a collection of one, or several of which one is meant. */
interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeReference };
  readonly union?: { readonly types: TypeReference[] };
}

interface Member {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string; readonly remarks?: string };
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly static?: boolean;
  readonly variadic?: boolean;
  readonly type?: TypeReference;
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
  readonly parameters?: {
    readonly name: string;
    readonly type: TypeReference;
    readonly optional?: boolean;
    readonly variadic?: boolean;
  }[];
}

interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly initializer?: Omit<Member, 'name'>;
  readonly docs?: Member['docs'];
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly members?: Member[];
}

/** What jsii made of the sources: `npm run build:lib` writes it. */
const assembly = JSON.parse(readFileSync(join(__dirname, '..', '.jsii'), 'utf8'));
const types = Object.values(assembly.types) as Type[];
const structs = types.filter(({ datatype }) => datatype);

/** A type as a reader of TypeScript knows it. */
function textOf(type: TypeReference | undefined): string {
  if (type === undefined) return 'void';
  if (type.collection) return `${type.collection.kind}<${textOf(type.collection.elementtype)}>`;
  return type.union?.types.map(textOf).join(' | ') ?? type.primitive ?? type.fqn ?? '?';
}

/** A member with all that a caller has to give and gets. */
function signatureOf({ name, static: ofClass, optional, immutable, type, returns, parameters }: Member): string {
  const mark = (given: { readonly optional?: boolean }) => (given.optional ? '?' : '');
  const head = `${ofClass ? 'static ' : ''}${type && immutable ? 'readonly ' : ''}${name}${mark({ optional })}`;
  if (type) return `${head}: ${textOf(type)}`;
  const taken = (parameters ?? []).map(
    (one) => `${one.variadic ? '...' : ''}${one.name}${mark(one)}: ${textOf(one.type)}`,
  );
  return `${head}(${taken.join(', ')}): ${textOf(returns?.type)}${mark(returns ?? {})}`;
}

function membersOf({ initializer, properties, methods, members }: Type): string[] {
  return [
    ...(initializer ? [signatureOf({ ...initializer, name: 'constructor' })] : []),
    ...(properties ?? []).map(signatureOf),
    ...(methods ?? []).map(signatureOf),
    ...(members ?? []).map(({ name }) => name),
  ];
}

function each(pick: (type: Type) => Member[] | undefined): [string, Member][] {
  return types.flatMap((type) =>
    (pick(type) ?? []).map((member): [string, Member] => [`${type.fqn}.${member.name}`, member]),
  );
}

describe('the public API', () => {
  test('has one submodule a layer, in the order in which a request meets them', () => {
    const road = ['dns', 'edge', 'waf', 'balancing', 'fleet', 'health', 'core', 'patterns'];
    const barrel = readFileSync(join(__dirname, '..', 'lib', 'index.ts'), 'utf8');
    expect([...barrel.matchAll(/^export \* as (\w+) from/gm)].map(([, name]) => name)).toEqual(road);
    expect(Object.keys(assembly.submodules).sort()).toEqual(road.map((name) => `cdk-headgate.${name}`).sort());
  });

  test('depends on its peers alone', () => {
    expect(Object.keys(assembly.dependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
    expect(assembly.bundled ?? {}).toEqual({});
  });

  test('documents every type', () => {
    expect(types.filter(({ docs }) => !docs?.summary).map(({ fqn }) => fqn)).toEqual([]);
  });

  test('documents every property, and says of every optional one what happens without it', () => {
    const undocumented = structs.flatMap((struct) =>
      (struct.properties ?? [])
        .filter(({ docs, optional }) => !docs?.summary || (optional && !docs.default))
        .map(({ name }) => `${struct.fqn}.${name}`),
    );
    expect(undocumented).toEqual([]);
  });

  test('says no default that says nothing', () => {
    const empty = each(({ properties }) => properties)
      .filter(([, { docs }]) => /^-?\s*(none|undefined|nothing|n\/a)\.?$/i.test(docs?.default ?? ''))
      .map(([name]) => name);
    expect(empty).toEqual([]);
  });

  test('documents every method', () => {
    expect(
      each(({ methods }) => methods)
        .filter(([, { docs }]) => !docs?.summary)
        .map(([name]) => name),
    ).toEqual([]);
  });

  test('has at most 12 members of its own in the properties of a pattern', () => {
    const wide = structs
      .filter(({ namespace }) => namespace === 'patterns')
      .filter(({ properties }) => (properties?.length ?? 0) > 12)
      .map(({ fqn, properties }) => `${fqn}: ${properties?.length}`);
    expect(wide).toEqual([]);
  });

  test('has no type that jsii turned into any, inside of another type neither', () => {
    const all = types.flatMap((type) => membersOf(type).map((signature) => `${type.fqn}.${signature}`));
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter((signature) => /\bany\b/.test(signature.replace(/^[^:(]*/, '')))).toEqual([]);
  });

  test('has everything that a layer exports: jsii drops without a word what it has no form for', () => {
    const known = new Set(types.map(({ namespace, name }) => `${namespace}.${name}`));
    const exported = Object.entries(layers).flatMap(([layer, exports]) =>
      Object.keys(exports).map((name) => `${layer}.${name}`),
    );
    expect(exported.filter((name) => !known.has(name))).toEqual([]);
    expect(exported.length).toBeGreaterThan(30);
  });

  test('uses no word as a property that is a keyword in Python', () => {
    const keywords = [
      'from',
      'import',
      'class',
      'def',
      'in',
      'is',
      'not',
      'or',
      'and',
      'lambda',
      'global',
      'with',
      'as',
    ];
    expect(each(({ properties }) => properties).filter(([, { name }]) => keywords.includes(name))).toEqual([]);
  });

  test('gives every construct class an id for property injectors', () => {
    const constructs = ['SiteStack', 'ControlStack', 'RoutingStack', 'EdgeStack'];
    const bases = new Map(types.map((type) => [type.fqn, (type as { base?: string }).base]));
    const without = types
      .filter(({ kind, name }) => kind === 'class' && !constructs.includes(name))
      .filter(({ fqn }) => bases.get(fqn) !== undefined)
      .filter(({ properties }) => !properties?.some(({ name }) => name === 'PROPERTY_INJECTION_ID'))
      .map(({ fqn }) => fqn);
    expect(without).toEqual([]);
  });

  test('is what it was', () => {
    const signature = types.map((type) => ({
      type: [`${type.kind} ${type.fqn}`, type.base ? `extends ${type.base}` : '', ...(type.interfaces ?? [])]
        .filter((part) => part)
        .join(', '),
      members: membersOf(type).sort(),
    }));
    expect(signature).toMatchSnapshot();
  });
});
