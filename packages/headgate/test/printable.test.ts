import { printable, printableJson } from '../lib/printable';

test.each([
  ['\x1b[31mred', '\\x1b[31mred'],
  ['two\nlines\r\n', 'two\\x0alines\\x0d\\x0a'],
  ['a\tb\0', 'a\\x09b\\x00'],
  ['\x7f\x9b31m', '\\x7f\\x9b31m'],
  ['abc\u202etxt.exe', 'abc\\u202etxt.exe'],
  ['\u2066x\u2069 \u200f\u061c\ufeff\u2028', '\\u2066x\\u2069 \\u200f\\u061c\\ufeff\\u2028'],
])('%j is made visible', (text, visible) => {
  expect(printable(text)).toBe(visible);
});

test.each(['plain', 'Grüße, 世界', '🚦 👩‍🚒', 'C:\\path'])('%j stays as it is', (text) => {
  expect(printable(text)).toBe(text);
});

test('JSON escapes the same characters and loses none', () => {
  const value = { name: 'a\x1b\x9b\u202e\nb', list: [1, 2] };
  const text = printableJson(value);
  expect(text).toContain('a\\u001b\\u009b\\u202e\\nb');
  expect(text.split('\n')).toHaveLength(7);
  expect(JSON.parse(text)).toEqual(value);
});
