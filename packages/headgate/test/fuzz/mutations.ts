import fc from 'fast-check';

/** A change to the text of a template. */
export type Mutation = (text: string) => string;

/** What stands in the place of a value, to see what a reader makes of a wrong type, a dead reference or an attack. */
const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  [null],
  'AWS::NoValue',
  { Ref: 'Nowhere' },
  { Ref: 'AWS::NoValue' },
  { Ref: 'AWS::Region' },
  { 'Fn::GetAtt': ['Nowhere', 'Arn'] },
  { 'Fn::GetAtt': 'Nowhere' },
  { 'Fn::Sub': '${Nowhere}' },
  { 'Fn::Sub': '${' },
  { 'Fn::If': ['Nowhere', 1, 2] },
  { 'Fn::If': [] },
  { 'Fn::Select': [99, []] },
  { 'Fn::Select': ['x', 'y'] },
  { 'Fn::Join': ['', [{ Ref: 'Nowhere' }, 1, null]] },
  { 'Fn::Split': ['', 'abc'] },
  { 'Fn::FindInMap': ['a', 'b', 'c'] },
  { 'Fn::ImportValue': { Ref: 'AWS::StackName' } },
  { 'Fn::GetAZs': '' },
  { 'Fn::Cidr': ['10.0.0.0/16', 1e9, 8] },
  { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: '/etc/passwd' } } },
  { 'Fn::ForEach::Loop': ['I', ['1', '2'], { 'X${I}': { Type: 'AWS::SNS::Topic' } }] },
  { 'Fn::Unknown': 1 },
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  '(a+)+$',
  '((((((((((a*)*)*)*)*)*)*)*)*)*',
  '*'.repeat(64),
  '?*'.repeat(64),
  '\u001b[31mred\u001b[0m',
  '\u202Ertl',
  '\u0000',
  'a'.repeat(10_000),
  '255.255.255.255/33',
  '::/0',
  '{{resolve:ssm:/x}}',
];
const KEYS = ['__proto__', 'constructor', 'toString', 'Ref', 'Fn::If', 'Properties', 'Type', '', 'x'.repeat(300)];
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  ':',
  '\\',
  '\u0000',
  '\uFEFF',
  '\n',
  '\t',
  '&a ',
  '*a',
  '!Ref ',
  '!!js/function ',
  '- ',
  '%',
  '<<: ',
];

/** Changes of the text itself: cut, doubled, moved, sprinkled. */
const ofText: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.constantFrom('cut', 'drop', 'double', 'insert', 'flip'),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(200),
    fc.constantFrom(...PIECES),
  )
  .map(([kind, where, length, piece]) => (text: string) => {
    const at = Math.floor(where * text.length);
    const before = text.slice(0, at);
    const part = text.slice(at, at + length);
    const after = text.slice(at + length);
    switch (kind) {
      case 'cut':
        return before;
      case 'drop':
        return before + after;
      case 'double':
        return before + part + part + after;
      case 'insert':
        return before + piece + part + after;
      default:
        return before + String.fromCharCode((part.charCodeAt(0) || 0) ^ (length % 127)) + part.slice(1) + after;
    }
  });

/** Changes of the values: one of them is replaced, removed, renamed, wrapped or made to stand in another's place. */
const ofValues: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.constantFrom('replace', 'remove', 'rename', 'wrap', 'swap'),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(...VALUES),
    fc.constantFrom(...KEYS),
  )
  .map(([kind, which, other, value, key]) => (text: string) => {
    let root: unknown;
    try {
      root = JSON.parse(text);
    } catch {
      return text;
    }
    const places = placesIn(root);
    const place = places[which % places.length];
    const there = places[other % places.length];
    if (!place || !there) return text;
    const { parent, name } = place;
    if (kind === 'replace') put(parent, name, value);
    else if (kind === 'wrap') put(parent, name, [parent[name]]);
    else if (kind === 'swap') put(parent, name, structuredClone(there.parent[there.name]));
    else {
      const kept = parent[name];
      delete parent[name];
      if (kind === 'rename' && !Array.isArray(parent)) put(parent, key, kept);
    }
    return JSON.stringify(root);
  });

type Parent = Record<string, unknown>;

function put(parent: Parent, name: string, value: unknown): void {
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function placesIn(value: unknown): { readonly parent: Parent; readonly name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Parent;
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...placesIn(parent[name])]);
}

/** Some changes, one after the other. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof({ weight: 1, arbitrary: ofText }, { weight: 3, arbitrary: ofValues }),
  { minLength: 1, maxLength: 4 },
);
