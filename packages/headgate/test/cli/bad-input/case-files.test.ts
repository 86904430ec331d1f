import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { placeWith, refusalOf } from '../../support/refusals';

const TEMPLATE = { Resources: { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } } };
const REQUEST = 'request: { url: http://shop.example.com/ }';
const CASE = `cases:\n  - name: one\n    ${REQUEST}\n    expect: [{ status: 503 }]\n`;

const BILLION_LAUGHS = Array.from({ length: 12 }, (_, level) => {
  const item = level === 0 ? 'x' : `*a${level - 1}`;
  return `a${level}: &a${level} [${Array(10).fill(item).join(', ')}]`;
}).join('\n');

const place = placeWith({ 'shop.json': TEMPLATE, 'large.yaml': '' });
truncateSync(join(place.folder, 'large.yaml'), 60 * 1024 * 1024);
symlinkSync('itself.yaml', join(place.folder, 'itself.yaml'));
execFileSync('mkfifo', [join(place.folder, 'pipe.yaml')]);

const refused = (file: string) => refusalOf(place, ['check', 'shop.json', '--cases', file]);

describe('a case file', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['empty.yaml', '', 'empty.yaml: cannot be parsed: expected a document, but the input is empty (HM3001)'],
    ['empty.json', '', 'empty.json: cannot be parsed: line 1: '],
    ['braces.json', '{}', 'braces.json: cases must be a list of cases, got nothing (HM3001)'],
    ['cut.json', '{ "cases": [{ "name": ', 'cut.json: cannot be parsed: line 1: ValueExpected (HM3001)'],
    ['cut.yaml', 'cases:\n  - { name: ', 'cut.yaml: cannot be parsed: line 2: '],
    ['twice.yaml', `${CASE}cases: []`, 'twice.yaml: cannot be parsed: line 5: duplicated mapping key (HM3001)'],
    ['twice.json', '{"cases": [],\n"cases": []}', "line 2: the key 'cases' stands twice in one mapping (HM3001)"],
    ['nature.json', '{"__proto__": {"cases": []}}', "nature.json: has the unknown key '__proto__'"],
    ['nature.yaml', `${CASE}__proto__: 1`, "nature.yaml: has the unknown key '__proto__'"],
    ['key.yaml', `${CASE}? [a]\n: 1`, 'key.yaml: '],
    ['nul.yaml', `${CASE}\0`, "nul.yaml:5: holds a NUL byte, so it isn't text (HM3001)"],
    ['utf16.yaml', Buffer.from(`\ufeff${CASE}`, 'utf16le'), 'utf16.yaml: is in UTF-16. Save it as UTF-8 (HM3001)'],
    [
      'latin1.yaml',
      Buffer.from(`${CASE}# \u00fc`, 'latin1'),
      "latin1.yaml: isn't valid UTF-8. Save it as UTF-8 (HM3001)",
    ],
    [
      'bomb.yaml',
      `${BILLION_LAUGHS}\n${CASE}`,
      'bomb.yaml: has more than 1000000 values (aliases written out) (HM3001)',
    ],
    ['loop.yaml', 'cases: &a [*a]', 'loop.yaml: is nested deeper than 200 levels (HM3001)'],
    [
      'deep.yaml',
      `cases: ${'['.repeat(10_000)}`,
      'deep.yaml: cannot be parsed: line 1: nesting exceeded maxDepth (200) (HM3001)',
    ],
    ['deep.json', `{"cases": ${'['.repeat(10_000)}`, 'deep.json: '],
    ['escape.yaml', `${CASE}"\\e[31m\\u202E": 1`, "escape.yaml: has the unknown key '\\x1b[31m\\u202e'"],
    [
      'type.yaml',
      CASE.replace('503', '"503"'),
      'cases[0].expect[0].status must be an HTTP status from 100 to 599, got "503"',
    ],
    ['same.yaml', `${CASE}${CASE.split('\n').slice(1).join('\n')}`, "cases[1].name is 'one', as cases[0].name is"],
    [
      'url.yaml',
      CASE.replace('http:', 'ftp:'),
      "url.yaml: cases[0].request of 'one': The URL 'ftp://shop.example.com/' must start with",
    ],
    [
      'fault.yaml',
      CASE.replace('request', 'given: [constructor=x]\n    request'),
      "fault.yaml: cases[0].given of 'one': The fault 'constructor=x' isn't usable",
    ],
    [
      'id.yaml',
      CASE.replace('request', 'given: [target-group=Nowhere]\n    request'),
      "id.yaml: cases[0].given of 'one': No resource has the id 'Nowhere'",
    ],
    [
      'entry.yaml',
      CASE.replace('/ }', '/, entry: toString }'),
      "entry.yaml: cases[0].request of 'one': No resource has the id 'toString'",
    ],
  ])(
    '%s',
    async (name, content, line) => {
      place.write(name, content);
      expect(await refused(name)).toContain(line);
    },
    10_000,
  );

  test.each([
    ['missing.yaml', "missing.yaml: doesn't exist (HM3001)"],
    ['large.yaml', 'large.yaml: is larger than 50 MiB, the most that is read (HM3001)'],
    ['itself.yaml', 'itself.yaml: is a link that leads to itself (HM3001)'],
    ['pipe.yaml', "pipe.yaml: isn't a file (HM3001)"],
    ['.', "isn't a file (HM3001)"],
    ['/dev/zero', "/dev/zero: isn't a file (HM3001)"],
    ['/etc/passwd', '/etc/passwd'],
  ])(
    '%s',
    async (file, line) => {
      const refusal = await refused(file);
      expect(refusal).toContain(line);
      expect(refusal).not.toContain('/bin/');
    },
    10_000,
  );
});
