import { Fields, fromObjects } from '../../../lib/template';
import { compileTransformations } from '../../../lib/traffic/firewall/transformations';

function transform(text: string, ...types: readonly string[]): string | undefined {
  const statement = { TextTransformations: types.map((Type, Priority) => ({ Type, Priority })) };
  const templates = fromObjects([{ name: 'S', template: { Resources: { A: { Type: 'T', Properties: statement } } } }]);
  const transformation = compileTransformations(Fields.of(templates.find('A')));
  if (typeof transformation === 'object') throw new Error(transformation.why);
  return transformation ? transformation(text) : text;
}

test.each([
  ['NONE', 'Ab', 'Ab'],
  ['LOWERCASE', 'AbÄ', 'abÄ'],
  ['UPPERCASE', 'abC', 'ABC'],
  ['COMPRESS_WHITE_SPACE', 'a \t\n\r\v\f\u00a0 b', 'a b'],
  ['CMD_LINE', 'C^at  "/etc/Passwd" (LS)', 'cat/etc/passwd(ls)'],
  ['CMD_LINE', 'a,b;;c   d', 'a b c d'],
  ['URL_DECODE', '%2Fa%20b%c3%a9', '/a b\u00c3\u00a9'],
  ['URL_DECODE_UNI', '%u0041%uff21%41', 'AAA'],
  ['HTML_ENTITY_DECODE', '&lt;a href=&quot;x&quot;&gt;&#65;&#x42;&nbsp;', '<a href="x">AB\u00a0'],
  ['BASE64_DECODE', 'YWJj', 'abc'],
  ['BASE64_DECODE_EXT', 'Y-W.J j', 'abc'],
  ['HEX_DECODE', '616263', 'abc'],
  ['SQL_HEX_DECODE', "x=0x414243 ' ", "x=ABC ' "],
  ['ESCAPE_SEQ_DECODE', String.raw`a\x41\0101\n\\\q`, 'aAA\n\\\\q'],
  ['JS_DECODE', String.raw`\u0041\uff21`, 'AA'],
  ['REPLACE_COMMENTS', 'a/*b*/c/*d', 'a c '],
  ['REPLACE_COMMENTS', 'a*/b', 'a*/b'],
  ['REMOVE_NULLS', 'a\0b', 'ab'],
  ['REPLACE_NULLS', 'a\0b', 'a b'],
  ['NORMALIZE_PATH', '/a//b/./c/../d', '/a/b/d'],
  ['NORMALIZE_PATH', '../a/b/../', '../a/'],
  ['NORMALIZE_PATH_WIN', '\\a\\b\\..\\c', '/a/c'],
  ['TRIM', ' \ta b\n', 'a b'],
  ['TRIM_LEFT', ' a ', 'a '],
  ['TRIM_RIGHT', ' a ', ' a'],
  ['REMOVE_WHITESPACE', ' a b\t', 'ab'],
  ['MD5', 'abc', Buffer.from('900150983cd24fb0d6963f7d28e17f72', 'hex').toString('latin1')],
  ['CSS_DECODE', 'plain', 'plain'],
  ['UTF8_TO_UNICODE', 'plain', 'plain'],
])('%s makes %j to %j', (type, text, expected) => expect(transform(text, type)).toBe(expected));

test.each([
  ['URL_DECODE', 'a+b'],
  ['URL_DECODE', '%zz'],
  ['URL_DECODE_UNI', '%u12'],
  ['HTML_ENTITY_DECODE', '&amp;'],
  ['BASE64_DECODE', 'a'],
  ['HEX_DECODE', 'abc'],
  ['SQL_HEX_DECODE', '0xabc'],
  ['CMD_LINE', 'ls ;(ls)'],
  ['JS_DECODE', String.raw`\x41`],
  ['CSS_DECODE', String.raw`ja\vascript`],
  ['REMOVE_COMMENTS_CHAR', 'a -- b'],
  ['UTF8_TO_UNICODE', '\u00c3\u00a9'],
])('%s of %j is not documented', (type, text) => expect(transform(text, type)).toBeUndefined());

test('several run from the lowest priority up, and stop at what is not documented', () => {
  expect(transform('%41', 'URL_DECODE', 'LOWERCASE')).toBe('a');
  expect(transform('+', 'URL_DECODE', 'LOWERCASE')).toBeUndefined();
});

test.each(['CMD_LINE', 'TRIM', 'COMPRESS_WHITE_SPACE', 'REPLACE_COMMENTS', 'SQL_HEX_DECODE', 'NORMALIZE_PATH'])(
  '%s takes time proportional to the text',
  (type) => {
    const started = performance.now();
    for (const piece of [' ', '/*', '0x1', '../', 'a ']) transform(piece.repeat(100_000), type);
    expect(performance.now() - started).toBeLessThan(10_000);
  },
);
