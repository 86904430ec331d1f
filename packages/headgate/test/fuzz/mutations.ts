import fc from 'fast-check';

/** A change of the text of a file. */
export type TextChange = (text: string) => string;

/** A change of what a file holds, in place. */
export type ValueChange = (holder: { root: unknown }) => void;

/** What stands in the place of a value and can be read: other types, empty and extreme ones, what only a deployment knows. */
const PLAIN: readonly unknown[] = [
  null,
  true,
  'true',
  -1,
  0,
  1,
  0.5,
  999,
  1_000,
  1e308,
  '80',
  '1e3',
  '',
  'x',
  'Blue',
  'one',
  'AWS::NoValue',
  [],
  {},
  [[]],
  [null],
  [1, 'x'],
  [{}],
  { x: 1 },
  { Ref: 'AWS::NoValue' },
  { Ref: 'AWS::Region' },
  { Ref: 'AWS::AccountId' },
  { 'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, 1, '.']] },
  { 'Fn::Sub': '${AWS::AccountId}.example.com' },
  { 'Fn::ImportValue': { Ref: 'AWS::StackName' } },
  { 'Fn::ImportValue': 'elsewhere' },
  { 'Fn::GetAZs': '' },
  { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
  { 'Fn::Split': [',', { 'Fn::ImportValue': 'list' }] },
  { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: '/etc/passwd' } } },
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  '(a+)+$',
  '((((((((((a*)*)*)*)*)*)*)*)*)*',
  '*'.repeat(64),
  '?*'.repeat(64),
  '\u001b[31mred\u001b[0m',
  '\u202Ertl',
  '\u0000',
  '\ud800',
  'a'.repeat(10_000),
  '255.255.255.255/33',
  '10.0.0.0/8',
  '::/0',
  'https://shop.example.com:99999/#{path}?#{query}',
  '#{host}#{port',
  '{{resolve:ssm:/x}}',
];

/** Functions that can't be evaluated: nearly all of them are refused, wherever they stand. */
const BROKEN: readonly unknown[] = [
  { Ref: 'Nowhere' },
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
  { 'Fn::Cidr': ['10.0.0.0/16', 1e9, 8] },
  { 'Fn::ForEach::Loop': ['I', ['1', '2'], { 'X${I}': { Type: 'AWS::SNS::Topic' } }] },
  { 'Fn::Unknown': 1 },
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
const ofText: fc.Arbitrary<TextChange> = fc
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
const ofValues: fc.Arbitrary<ValueChange> = fc
  .tuple(
    fc.constantFrom('replace', 'replace', 'remove', 'rename', 'wrap', 'swap'),
    fc.nat(),
    fc.nat(),
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PLAIN) }, { weight: 1, arbitrary: fc.constantFrom(...BROKEN) }),
    fc.constantFrom(...KEYS),
  )
  .map(([kind, which, other, value, key]) => (holder) => {
    const places = placesIn(holder);
    const { parent, name } = places[which % places.length]!;
    const there = places[other % places.length]!;
    if (kind === 'replace') put(parent, name, copyOf(value));
    else if (kind === 'wrap') put(parent, name, [parent[name]]);
    else if (kind === 'swap') put(parent, name, copyOf(there.parent[there.name]));
    else {
      const kept = parent[name];
      delete parent[name];
      if (kind === 'rename' && !Array.isArray(parent)) put(parent, key, kept);
      if (parent === (holder as unknown)) holder.root = {};
    }
  });

type Parent = Record<string, unknown>;

function put(parent: Parent, name: string, value: unknown): void {
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy of plain data. `structuredClone` makes objects of another realm where tests run. */
export function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy: Parent = {};
  for (const name of Object.keys(value)) put(copy, name, copyOf((value as Parent)[name]));
  return copy;
}

function placesIn(holder: object): readonly { readonly parent: Parent; readonly name: string }[] {
  const places: { parent: Parent; name: string }[] = [];
  const visit = (parent: Parent) => {
    for (const name of Object.keys(parent)) {
      places.push({ parent, name });
      const value = parent[name];
      if (typeof value === 'object' && value !== null) visit(value as Parent);
    }
  };
  visit(holder as Parent);
  return places;
}

/** Some changes of values, and seldom of the text that they are then written as. */
export const mutations = fc.record({
  values: fc.array(ofValues, { maxLength: 3 }),
  texts: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(ofText, { minLength: 1, maxLength: 3 }) },
  ),
});

/** What is done to a file. */
export interface Mutations {
  readonly values: readonly ValueChange[];
  readonly texts: readonly TextChange[];
}
