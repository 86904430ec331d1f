import fc from 'fast-check';
import { parseJson } from '../../lib/template/json';

const parse = (text: string) => parseJson(text, 'a.json');

test.each([
  '{ "a": ":", "b": "\\":", "c\\\\": "\\\\", "d:": [":", { "a": 1 }] }',
  '{ "__proto__": 1, "constructor": { "__proto__": {} } }',
  '[{ "a": 1 }, { "a": 1 }]',
  '{}',
])('%s has each key once', (text) => {
  expect(JSON.stringify(parse(text))).toBe(JSON.stringify(JSON.parse(text)));
});

test.each([
  ['{ "a": { "b": ":", "b": 1 } }', 'b'],
  ['[{ "a\\"": 1, "a\\u0022": 2 }]', 'a"'],
  ['{ "__proto__": 1, "__proto__": 2 }', '__proto__'],
])('%s has the key %s twice', (text, key) => {
  expect(() => parse(text)).toThrow(`a.json:1: the key '${key}' stands twice in one mapping.`);
});

test('whatever JSON has each key once can be read', () => {
  fc.assert(fc.property(fc.json(), (text) => expect(parse(text)).toEqual(JSON.parse(text))));
});
