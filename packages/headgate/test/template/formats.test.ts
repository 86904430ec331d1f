import { join } from 'node:path';
import fc from 'fast-check';
import { readTemplates, type Value } from '../../lib/template';
import { failure, scratch } from '../support/files';
import { plain } from '../support/template';
import { toYaml } from '../support/yaml';

const files = scratch();

/** The properties of the resource It in a file. */
function properties(name: string, content: string | Uint8Array): Value {
  return readTemplates([join(files({ [name]: content }), name)]).find('It').properties;
}

const yaml = (value: string) =>
  `Resources:\n  Lb: { Type: T }\n  It:\n    Type: T\n    Properties:\n      V: ${value}\n`;

test.each<[string, unknown]>([
  ['!Ref Lb', '<${shop/Lb}>'],
  ['!GetAtt Lb.DNSName', '<${shop/Lb.DNSName}>'],
  ['!GetAtt Lb.Endpoint.Address', '<${shop/Lb.Endpoint.Address}>'],
  ['!GetAtt [Lb, DNSName]', '<${shop/Lb.DNSName}>'],
  ["!Sub 'x-${Lb}'", '<x-${shop/Lb}>'],
  ["!Sub ['${A}', { A: b }]", 'b'],
  ['!Join [ -, [a, !Ref Lb]]', '<a-${shop/Lb}>'],
  ["!Select [1, !Split [',', 'a,b']]", 'b'],
  ["!Select [0, !GetAZs '']", '<${zone 1 of AWS::Region}>'],
  ['!Base64 hello', 'aGVsbG8='],
  ['!ToJsonString { a: 1 }', '{"a":1}'],
  ['!Length [a, b]', 2],
  ['!ImportValue X', '<${Fn::ImportValue X}>'],
  ['!Cidr [10.0.0.0/16, 2, 8]', ['10.0.0.0/24', '10.0.1.0/24']],
  ['{ Fn::Join: ["", [a, b]] }', 'ab'],
  ['2010-09-09', '2010-09-09'],
  ['2010-09-09T00:00:00Z', '2010-09-09T00:00:00Z'],
  ['yes', true],
  ['off', false],
  ['[True, NO, On]', [true, false, true]],
  ['[y, n, Y, N]', ['y', 'n', 'Y', 'N']],
  ['{ n: a }', { n: 'a' }],
  ["'yes'", 'yes'],
  ['0755', 493],
  ['8080', 8080],
  ['012345678901', '012345678901'],
  ['~', undefined],
  ['{ 80: a }', { 80: 'a' }],
  ['|\n        a\n        b\n', 'a\nb\n'],
])('YAML reads %s', (text, expected) => {
  const map = properties('shop.yaml', yaml(text)) as { V?: Value };
  expect(map.V === null ? undefined : plain(map.V)).toEqual(expected);
});

test('conditions have short forms', () => {
  const text = [
    'Conditions:',
    '  A: !Equals [a, a]',
    '  B: !Or [!Condition A, !Not [!Condition A]]',
    '  C: !And [!Condition A, !Condition B]',
    'Resources:',
    '  It: { Type: T, Condition: C, Properties: { V: !If [C, 1, 2] } }',
  ].join('\n');
  expect(plain(properties('shop.yml', text))).toEqual({ V: 1 });
});

test('anchors, aliases and merge keys are written out', () => {
  const text = 'Resources:\n  Lb: &lb { Type: T, Properties: { A: 1 } }\n  It:\n    <<: *lb\n    Metadata: *lb\n';
  expect(plain(properties('shop.yaml', text))).toEqual({ A: 1 });
});

test('the format is known by the content, not by the name', () => {
  const json = '{ "Resources": { "It": { "Type": "T", "Properties": { "V": 1 } } } }';
  for (const name of ['a.json', 'a.yaml', 'a.template', 'a.txt', 'a'])
    expect(plain(properties(name, json))).toEqual({ V: 1 });
  for (const name of ['a.json', 'a.template']) expect(plain(properties(name, yaml('1')))).toEqual({ V: 1 });
  expect(plain(properties('a.yaml', '{ Resources: { It: { Type: T, Properties: { V: !Sub a } } } }'))).toEqual({
    V: 'a',
  });
});

test('a byte order mark is no part of the text', () => {
  expect(plain(properties('a.yaml', `\ufeff${yaml('1')}`))).toEqual({ V: 1 });
  expect(plain(properties('a.json', '\ufeff{ "Resources": { "It": { "Type": "T" } } }'))).toEqual({});
});

test.each([
  ['a.json', '{\n "Resources": {\n  "A": 1\n  "B": 2\n }\n}', "HM1003 a.json:4: isn't valid JSON: comma expected."],
  ['a.json', '{\n "Resources": {', "HM1003 a.json:2: isn't valid JSON: it ends too early."],
  ['a.json', '{ // no\n}', "HM1003 a.json:1: isn't valid JSON: invalid comment token."],
  ['a.json', '{\n"a": {},\n"b": 1,\n"a": 2 }', "HM1003 a.json:4: the key 'a' stands twice in one mapping."],
  ['a.json', '[]', "HM1002 a.json: isn't a template: it must hold a mapping."],
  ['a.json', '{}', "HM1002 a.json: has no Resources, so it isn't a CloudFormation template."],
  ['a.json', '', 'HM1002 a.json: is empty.'],
  [
    'a.yaml',
    'Resources:\n  A: !Reff B\n',
    "HM1003 a.yaml:2: !Reff isn't a short form of a function, such as !Ref, !Sub or !GetAtt.",
  ],
  ['a.yaml', 'A: 1\nB: 2\nA: 3\n', "HM1003 a.yaml:3: the key 'A' stands twice in one mapping."],
  ['a.yaml', 'Resources:\n  A: [1,\n', "HM1003 a.yaml:3: isn't valid YAML"],
  ['a.yaml', 'Resources:\n\tA: 1\n', "HM1003 a.yaml:2: isn't valid YAML"],
  ['a.yaml', 'Resources:\n  ? [a]\n  : 1\n', "isn't valid YAML: a key must be a text."],
  ['a.yaml', 'Resources:\n  ? { a: b }\n  : 1\n', "isn't valid YAML: a key must be a text."],
  ['a.yaml', 'Resources: []\n', 'HM1002 a.yaml: Resources must be a mapping'],
  ['a.yaml', 'Resources: {A: 1}\n', 'HM1002 a.yaml: Resources.A must be a mapping.'],
  ['a.yaml', 'Resources: {A: {Properties: {}}}\n', 'HM1002 a.yaml: Resources.A must have a Type.'],
  ['a.yaml', 'Resources: {A: {Type: [1]}}\n', 'HM1002 a.yaml: Resources.A must have a Type.'],
  ['a.yaml', 'just words\n', "HM1002 a.yaml: isn't a template: it must hold a mapping."],
  ['a.yaml', 'a: 1\n---\nb: 1\n', 'HM1003 a.yaml'],
])('%s that holds %j fails', (name, content, message) => {
  const folder = files({ [name]: content });
  expect(failure(() => readTemplates([join(folder, name)]), folder)).toContain(message);
});

/** YAML 1.1 reads `1e-7` as a text. */
const decimal = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Number(number.toFixed(4)));

/** Templates with functions, of values that mean the same in both formats. */
const templates = fc.letrec((tie) => ({
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('yes', '2010-09-09', '007', '<<', '~', '- a: b', '!Ref'),
  ),
  scalar: fc.oneof(tie('text'), fc.integer(), fc.boolean(), decimal),
  call: fc.oneof(
    fc.constant({ Ref: 'Lb' }),
    fc.constant({ 'Fn::GetAtt': ['Lb', 'DNSName'] }),
    fc.record({ 'Fn::Sub': fc.constantFrom('a${Lb}', '${!x}', 'plain: # text') }),
    fc.record({ 'Fn::Join': fc.tuple(fc.constantFrom('-', ':', ''), fc.array(tie('scalar'), { maxLength: 3 })) }),
    fc.record({ 'Fn::Base64': tie('text') }),
  ),
  map: fc.dictionary(
    fc.string({ maxLength: 6 }).filter((key) => !key.startsWith('Fn::') && key !== 'Ref'),
    tie('value'),
    { maxKeys: 4 },
  ),
  value: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('call'), fc.array(tie('value'), { maxLength: 4 }), tie('map')),
})).value;

test('the same template reads the same from JSON and from YAML', () => {
  fc.assert(
    fc.property(templates, (value) => {
      const template = { Resources: { Lb: { Type: 'T' }, It: { Type: 'T', Properties: { V: value } } } };
      const json = properties('shop.json', JSON.stringify(template));
      const short = properties('shop.yaml', toYaml(template));
      expect(plain(short)).toEqual(plain(json));
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});
