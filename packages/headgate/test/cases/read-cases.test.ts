import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCases, readCases } from '../../lib/cases';

const REQUEST = 'request: { url: https://a.example/ }';

/** A file of one case with lines in the place of its request and expectations. */
const caseOf = (lines: string) => `cases:\n  - name: one\n    ${lines}`;

test('a case file in YAML has all that a case can have', () => {
  const text = `
cases:
  - name: everything
    given: [region=us-east-1, 'targets=Blue:1/3']
    request:
      url: https://shop.example.com/api?x=1
      method: POST
      headers: { X-Debug: '1', __proto__: 'kept' }
      cookies: { AWSALBTG: Blue }
      clientIp: 2001:db8::1
      clientRegion: eu-west-1
      clientCountry: de
      httpVersion: '1.1'
      entry: Shop/Lb
    expect:
      - { destination: Shop/Blue, type: target-group, share: 0.9, tolerance: 0.01 }
      - { status: 301, location: 'https://a.example/' }
`;
  const [one] = parseCases(text, 'traffic.yaml');
  expect(one).toEqual({
    name: 'everything',
    given: ['region=us-east-1', 'targets=Blue:1/3'],
    request: {
      url: 'https://shop.example.com/api?x=1',
      method: 'POST',
      headers: expect.objectContaining({ 'X-Debug': '1' }),
      cookies: { AWSALBTG: 'Blue' },
      clientIp: '2001:db8::1',
      clientRegion: 'eu-west-1',
      clientCountry: 'de',
      httpVersion: '1.1',
      entry: 'Shop/Lb',
    },
    expect: [
      { destination: 'Shop/Blue', type: 'target-group', share: 0.9, tolerance: 0.01 },
      { status: 301, location: 'https://a.example/' },
    ],
  });
});

test.each(['traffic.json', 'traffic.JSONC'])('a case file in JSON has comments and trailing commas: %s', (path) => {
  const text = `\ufeff{ // why
    "cases": [{ "name": "x", "request": { "url": "http://a.example" }, "expect": [{ "status": 503 }], }] }`;
  expect(parseCases(text, path)).toHaveLength(1);
});

test('a case file can name its schema, as editors have it', () => {
  const cases = '"cases": [{ "name": "x", "request": { "url": "http://a.example" }, "expect": [{ "status": 503 }] }]';
  expect(parseCases(`{ "$schema": "./cases.schema.json", ${cases} }`, 'traffic.json')).toHaveLength(1);
});

describe('fails in one line', () => {
  const template = 'is a template, not a case file: templates are the paths, and --cases takes the cases.';

  test.each([
    ['Conditions:\n  C: !Equals [a, b]\nResources:\n  A: { Type: T }\n', template],
    ['Resources:\n  A: { Type: T }\n', template],
    ['{ "Resources": { "A": { "Type": "T" } } }', template],
    ['cases: !Ref Cases\n', 'cannot be parsed: line 1: a case file has no tags such as !Ref.'],
    ['', 'cannot be parsed: expected a document, but the input is empty.'],
    ['cases: [', 'cannot be parsed: line 1: unexpected end of the stream within a flow collection.'],
    ['cases: []\ncases: []', 'cannot be parsed: line 2: duplicated mapping key.'],
    ['a: !!js/function x', 'cannot be parsed: line 1: unknown scalar tag !<tag:yaml.org,2002:js/function>.'],
    ['- 1', "must be a mapping with the key 'cases', got a list."],
    ['cases: {}', 'cases must be a list of cases, got a mapping.'],
    ['cases: []', 'cases must be a list of at least one case, got an empty list.'],
    ['cases: [1]', 'cases[0] must be a mapping, got 1.'],
    ['cases: []\nother: 1', 'cases must be a list of at least one case, got an empty list.'],
    [
      `${caseOf(REQUEST)}\n    expect: [{ status: 1 }]`,
      'cases[0].expect[0].status must be an HTTP status from 100 to 599, got 1.',
    ],
    [
      `${caseOf(REQUEST)}\n    expect: [{ status: 200, share: 2 }]`,
      'cases[0].expect[0].share must be a number from 0 to 1, got 2.',
    ],
    [
      `${caseOf(REQUEST)}\n    expect: [{ status: 200, share: '1' }]`,
      'cases[0].expect[0].share must be a number from 0 to 1, got "1".',
    ],
    [
      `${caseOf(REQUEST)}\n    expect: [{ status: 200, tolerance: -1 }]`,
      'cases[0].expect[0].tolerance must be a number from 0 to 1, got -1.',
    ],
    [
      `${caseOf(REQUEST)}\n    expect: [{ share: 1 }]`,
      "cases[0].expect[0] must be a mapping with at least one of 'destination', 'type', 'status', 'location', got a mapping.",
    ],
    [
      `${caseOf(REQUEST)}\n    expect: [{ status: 200, shares: 1 }]`,
      "cases[0].expect[0] has the unknown key 'shares'; did you mean share?",
    ],
    [
      `${caseOf(REQUEST)}\n    expect: []`,
      'cases[0].expect must be a list of at least one expectation, got an empty list.',
    ],
    [caseOf(REQUEST), 'cases[0].expect must be a list of expectations, got nothing.'],
    [
      `${caseOf(REQUEST)}\n    expect: [{ type: group }]`,
      'cases[0].expect[0].type must be one of target-group, origin, address, fixed-response, redirect, blocked, no-answer, error, got "group".',
    ],
    [`${caseOf('expect: [{ status: 200 }]')}`, 'cases[0].request must be a mapping, got nothing.'],
    [caseOf('requst: { url: x }'), "cases[0] has the unknown key 'requst'; did you mean request?"],
    [caseOf('request: { ulr: x }'), "cases[0].request has the unknown key 'ulr'; did you mean url?"],
    ['csaes: []', "has the unknown key 'csaes'; did you mean cases?"],
    [`${caseOf('request: { method: GET }')}`, 'cases[0].request.url must be a text, got nothing.'],
    [`${caseOf('request: { url: 1 }')}`, 'cases[0].request.url must be a text, got 1.'],
    [`${caseOf('request: { url: "" }')}`, 'cases[0].request.url must be a text that is not empty, got "".'],
    [
      caseOf('request: { url: x, headers: { A: 1 } }'),
      'cases[0].request.headers.A must be a text, in quotes if it looks like a number, got 1.',
    ],
    [
      caseOf('request: { url: x, headers: [A] }'),
      'cases[0].request.headers must be a mapping of names to texts, got a list.',
    ],
    [
      caseOf('request: { url: x, clientIp: 1.2.3 }'),
      'cases[0].request.clientIp must be an IPv4 or IPv6 address, got "1.2.3".',
    ],
    [
      caseOf('request: { url: x, clientRegion: Ireland }'),
      'cases[0].request.clientRegion must be a Region such as eu-west-1, got "Ireland".',
    ],
    [
      caseOf('request: { url: x, clientCountry: DEU }'),
      'cases[0].request.clientCountry must be the two letters of a country in ISO 3166, such as DE, got "DEU".',
    ],
    [
      caseOf('request: { url: x, httpVersion: 2 }'),
      "cases[0].request.httpVersion must be one of '1.0', '1.1', '2', '3', in quotes, got 2.",
    ],
    [
      caseOf('given: region=us-east-1'),
      'cases[0].given must be a list of faults such as region=us-east-1, got "region=us-east-1".',
    ],
    [
      caseOf(`x: 1\n    y: 2\n    ${REQUEST}\n    expect: [{ status: 200 }]`),
      "cases[0] has the unknown keys 'x', 'y'.",
    ],
    [
      `${caseOf(REQUEST)}\n    expect: [{ status: 200 }]\n  - name: one\n    ${REQUEST}\n    expect: [{ status: 200 }]`,
      "cases[1].name is 'one', as cases[0].name is; give each its own.",
    ],
    ['cases: &x [*x]', 'is nested deeper than 200 levels.'],
    [`cases: ${'['.repeat(300)}`, 'cannot be parsed: line 1: nesting exceeded maxDepth (200).'],
    [`cases: { ? { a: 1 } : 2 }`, 'cannot be parsed: line 1: '],
  ])('%j', (text, message) => {
    expect(() => parseCases(text, 'traffic.yaml')).toThrow(
      expect.objectContaining({ code: 'HM3001', message: expect.stringMatching(/^traffic\.yaml:? /) }),
    );
    expect(() => parseCases(text, 'traffic.yaml')).toThrow(message);
  });

  test('JSON that can not be parsed', () => {
    expect(() => parseCases('{\n "cases": [,]', 'traffic.json')).toThrow(
      /^traffic\.json: cannot be parsed: line 2: \w+\.$/,
    );
  });

  test('JSON with a key that stands twice', () => {
    expect(() => parseCases('{ "cases": [],\n "cases": [] }', 'traffic.json')).toThrow(
      "traffic.json: cannot be parsed: line 2: the key 'cases' stands twice in one mapping.",
    );
  });

  test('JSON whose keys are those that objects have by nature', () => {
    const text = '{ "__proto__": { "cases": [{ "name": "x" }] } }';
    expect(() => parseCases(text, 'traffic.json')).toThrow(/^traffic\.json: has the unknown key '__proto__'\.$/);
  });

  test.each(['['.repeat(100_000), `{"a":${'['.repeat(300)}${']'.repeat(300)}}`])(
    'JSON that is too deep (%#)',
    (text) => {
      expect(() => parseCases(text, 'traffic.json')).toThrow(/^traffic\.json: is nested .*deep/);
    },
  );
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a file is read by its name', () => {
    const path = join(folder, 'traffic.yaml');
    writeFileSync(path, `${caseOf(REQUEST)}\n    expect: [{ status: 200 }]`);
    expect(readCases(path)).toHaveLength(1);
  });

  test('fails for a file that is not there', () => {
    expect(() => readCases(join(folder, 'none.yaml'))).toThrow(/none\.yaml: doesn't exist\.$/);
  });

  test('fails for a folder', () => {
    expect(() => readCases(folder)).toThrow(/: isn't a file\.$/);
  });
});
