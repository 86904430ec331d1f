import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Member {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string; readonly remarks?: string };
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly static?: boolean;
  readonly type?: { readonly primitive?: string };
  readonly returns?: { readonly type: { readonly primitive?: string } };
  readonly parameters?: { readonly name: string; readonly type: { readonly primitive?: string } }[];
}

interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly datatype?: boolean;
  readonly docs?: Member['docs'];
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly members?: Member[];
}

/** What jsii made of the sources: `npm run build:lib` writes it. */
const assembly = JSON.parse(readFileSync(join(__dirname, '..', '.jsii'), 'utf8'));
const types = Object.values(assembly.types) as Type[];
const structs = types.filter(({ datatype }) => datatype);

function each(pick: (type: Type) => Member[] | undefined): [string, Member][] {
  return types.flatMap((type) =>
    (pick(type) ?? []).map((member): [string, Member] => [`${type.fqn}.${member.name}`, member]),
  );
}

describe('the public API', () => {
  test('has one submodule a layer, in the order of the road', () => {
    expect(Object.keys(assembly.submodules).sort()).toEqual(
      ['balancing', 'core', 'dns', 'edge', 'fleet', 'health', 'patterns', 'waf'].map((name) => `cdk-headgate.${name}`),
    );
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

  test('has no type that jsii turned into any', () => {
    const anys = [
      ...each(({ properties }) => properties).filter(([, { type }]) => type?.primitive === 'any'),
      ...each(({ methods }) => methods).filter(
        ([, { returns, parameters }]) =>
          returns?.type.primitive === 'any' || parameters?.some(({ type }) => type.primitive === 'any'),
      ),
    ].map(([name]) => name);
    expect(anys).toEqual([]);
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
      type: `${type.kind} ${type.fqn}`,
      members: [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])]
        .map(({ name, optional }) => `${name}${optional ? '?' : ''}`)
        .sort(),
    }));
    expect(signature).toMatchSnapshot();
  });
});
