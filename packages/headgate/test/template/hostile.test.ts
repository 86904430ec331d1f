import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplates, type Templates } from '../../lib/template';
import { Traffic } from '../../lib/traffic';
import { failure, scratch } from '../support/files';
import { plain } from '../support/template';

const files = scratch();

function read(content: string | Uint8Array, name = 'a.yaml'): Templates {
  return readTemplates([join(files({ [name]: content }), name)]);
}

/** The start of the error that a file fails with, without its folder. */
function refusal(content: string | Uint8Array, name = 'a.yaml'): string {
  const folder = files({ [name]: content });
  return failure(() => {
    for (const stack of readTemplates([join(folder, name)]).stacks) {
      for (const { properties } of stack.resources.values()) plain(properties);
    }
  }, folder);
}

const property = (value: string) => `Resources:\n  It:\n    Type: T\n    Properties:\n      V: ${value}\n`;

describe('keys that objects have by nature', () => {
  test.each(['a.json', 'a.yaml'])('are keys like any other in %s', (name) => {
    const text = '{"Resources":{"__proto__":{"Type":"T","Properties":{"__proto__":{"x":1},"constructor":2}}}}';
    const templates = read(text, name);
    const { properties } = templates.find('__proto__');
    expect(Object.keys(properties)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(properties)).toBe('{"__proto__":{"x":1},"constructor":2}');
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('are no parameters, conditions, maps or variables', () => {
    expect(refusal(property('!Ref constructor'))).toContain("HM1006 a.yaml: It (T): Ref to 'constructor'");
    expect(refusal(property('!Sub ["${toString}", {}]'))).toContain("HM1006 a.yaml: It (T): Ref to 'toString'");
    expect(refusal(property('!If [constructor, 1, 2]'))).toContain("the condition 'constructor' isn't in Conditions");
    expect(refusal(property('!FindInMap [__proto__, a, b]'))).toContain("the mapping '__proto__'");
  });
});

describe('encodings', () => {
  test.each([
    ['with a mark', Buffer.from(`\ufeff${property('1')}`, 'utf16le')],
    ['without a mark', Buffer.from(property('1'), 'utf16le')],
    ['the other way round', Buffer.from(`\ufeff${property('1')}`, 'utf16le').swap16()],
  ])('UTF-16 %s is refused', (_, bytes) => {
    expect(refusal(bytes)).toBe('HM1003 a.yaml: is in UTF-16. Save it as UTF-8.');
  });

  test('bytes that are no text are refused', () => {
    expect(refusal(`${property('1')}\0`)).toBe("HM1003 a.yaml:6: holds a NUL byte, so it isn't text.");
    expect(refusal(Buffer.from([0x41, 0xff, 0x41]))).toBe("HM1003 a.yaml: isn't valid UTF-8. Save it as UTF-8.");
  });
});

describe('files that are too large or too deep', () => {
  test('a file above 50 MiB is refused with the limit', () => {
    const folder = files({ 'a.json': '{}' });
    truncateSync(join(folder, 'a.json'), 50 * 1024 * 1024 + 1);
    expect(failure(() => readTemplates([join(folder, 'a.json')]), folder)).toBe(
      'HM1004 a.json: is larger than 50 MiB, the most that is read.',
    );
  });

  test.each([
    ['a.json', `{"Resources":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`, 'is nested deeper than 200 levels'],
    ['a.json', '['.repeat(1_000_000), 'nested too deep'],
    ['a.json', `{"a":${'['.repeat(900_000)}${']'.repeat(900_000)}}`, 'is nested'],
    ['a.json', `{"a":[${'1,'.repeat(1_000_001)}1]}`, 'has more than 1000000 values'],
    ['a.yaml', property('['.repeat(300)), 'maxDepth'],
    ['a.yaml', property('['.repeat(500_000)), 'maxDepth'],
    ['a.yaml', `a:\n${'- 1\n'.repeat(600_000)}`, 'has more than 1000000 values'],
  ])('%s is refused (%#)', (name, content, message) => {
    const found = refusal(content, name);
    expect(found).toMatch(/^HM1004 /);
    expect(found).toContain(message);
  });

  describe('more resources than anybody deploys', () => {
    const many = (count: number) =>
      `{"Resources":{${Array.from({ length: count }, (_, n) => `"R${n}":{"Type":"T"}`).join(',')}}}`;
    const loop = (count: number) => ({
      Transform: 'AWS::LanguageExtensions',
      Resources: {
        'Fn::ForEach::Each': ['N', Array.from({ length: count }, (_, n) => `${n}`), { 'R${N}': { Type: 'T' } }],
      },
    });

    test('are refused before anything is made of them', () => {
      const text = many(499_000);
      expect(refusal(text, 'a.json')).toBe('HM1004 a.json: has 499000 resources, more than the 10000 that are read.');
    });

    test('are refused where loops give them', () => {
      expect(refusal(JSON.stringify(loop(10_001)), 'a.json')).toBe(
        'HM1004 a.json: has 10001 resources, more than the 10000 that are read.',
      );
      expect(read(JSON.stringify(loop(10_000)), 'a.json').ofType('T')).toHaveLength(10_000);
    });

    test('are refused in memory too', () => {
      expect(failure(() => Traffic.fromTemplate(JSON.parse(many(10_001))))).toMatch(
        /^HM1004 Stack: has 10001 resources/,
      );
    });

    test('are refused in several files together', () => {
      const names = Array.from({ length: 11 }, (_, n) => `${n}.json`);
      const folder = files(Object.fromEntries(names.map((name) => [name, many(9_999)])));
      expect(failure(() => readTemplates(names.map((name) => join(folder, name))), folder)).toBe(
        'HM1004 10.json: more than 100000 resources in all stacks together.',
      );
    });
  });

  test('aliases that multiply are refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 12; n++)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    expect(refusal(lines.join('\n'))).toBe('HM1004 a.yaml: has more than 1000000 values (aliases written out).');
  });

  test('aliases that lead to themselves are refused', () => {
    expect(refusal('a: &a [*a]\nResources: {}\n')).toBe('HM1004 a.yaml: is nested deeper than 200 levels.');
    expect(refusal('a: &a { b: *a }\nResources: {}\n')).toBe('HM1004 a.yaml: is nested deeper than 200 levels.');
    expect(refusal(property('&a !Sub [*a]'))).toContain('HM1003 a.yaml:5');
  });

  test('merge keys that multiply are refused', () => {
    const keys = Array.from({ length: 200 }, (_, n) => `k${n}: 1`).join(', ');
    const merges = Array.from({ length: 200 }, (_, n) => `m${n}: { <<: *a }`).join('\n');
    expect(refusal(`a: &a { ${keys} }\n${merges}\n`)).toMatch(/^HM1004 /);
  });

  test('texts that functions put together are limited', () => {
    const text = `Parameters: { P: { Type: String, Default: ${'x'.repeat(1000)} } }\n`;
    expect(refusal(`${text}${property(`!Sub "${'${P}'.repeat(2000)}"`)}`)).toBe(
      'HM1004 a.yaml: It (T): a text would have more than 1048576 characters.',
    );
  });
});

test('a file that was cut off is refused at every place', () => {
  const text = JSON.stringify({ Resources: { A: { Type: 'T', Properties: { V: [1, 'x', { Ref: 'A' }] } } } });
  for (let length = 1; length < text.length; length++) {
    expect(refusal(text.slice(0, length), 'a.json')).toMatch(/^HM1003 a\.json:1: isn't valid JSON: /);
  }
});

test('escape sequences in names are not printed', () => {
  const found = refusal('{"Resources":{"A\\u001b[31m\\n":{"Properties":{}}}}', 'a.json');
  expect(found).toBe('HM1002 a.json: Resources.A\\x1b[31m\\x0a must have a Type.');
});

test('what is not a file is refused without waiting for it', () => {
  const folder = files({});
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(failure(() => readTemplates([join(folder, 'pipe')]), folder)).toBe("HM1001 pipe: isn't a file.");
  expect(failure(() => readTemplates(['/dev/zero']))).toBe("HM1001 /dev/zero: isn't a file.");
});

test.each(['Resources: 1', 'Resources: {A: {Type: T, Properties: 1}}', 'Resources: {A: {Type: T, Condition: [1]}}'])(
  '%s is refused',
  (text) => {
    expect(refusal(text)).toMatch(/^HM1002 a\.yaml: /);
  },
);

test.each(['Parameters', 'Conditions', 'Mappings', 'Outputs'])('%s that are no mapping are refused', (section) => {
  expect(refusal(`${section}: [1]\n${property('1')}`)).toBe(`HM1002 a.yaml: ${section} must be a mapping.`);
  expect(read(`${section}:\n${property('1')}`).find('It').properties).toEqual({ V: 1 });
});
