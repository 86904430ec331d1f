import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { ASKED, explainRefusal, placeWith, refusalOf } from '../../support/refusals';

const GOOD = { Resources: { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } } };
const YAML = 'Resources:\n  Lb:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n';

/** Lists of aliases of lists of aliases. */
const BILLION_LAUGHS = Array.from({ length: 12 }, (_, level) => {
  const item = level === 0 ? 'x' : `*a${level - 1}`;
  return `a${level}: &a${level} [${Array(10).fill(item).join(', ')}]`;
}).join('\n');

describe('a file that holds no template', () => {
  test.each<[string, string | object, string]>([
    ['empty.json', '', 'empty.json: is empty (HM1002)'],
    ['blank.yaml', ' \n\t\n', 'blank.yaml: is empty (HM1002)'],
    ['braces.json', '{}', "braces.json: has no Resources, so it isn't a CloudFormation template (HM1002)"],
    ['list.json', '[]', "list.json: isn't a template: it must hold a mapping (HM1002)"],
    ['text.yaml', 'hello', "text.yaml: isn't a template: it must hold a mapping (HM1002)"],
    ['cut.json', JSON.stringify(GOOD).slice(0, -5), "cut.json:1: isn't valid JSON: unexpected end of string (HM1003)"],
    ['cut.yaml', `${YAML}    Properties: { Name: "x`, 'cut.yaml:4: '],
    ['tab.yaml', 'Resources:\n\tLb: 1', 'tab.yaml:2: '],
    ['tag.yaml', `${YAML}    Properties: !!js/function x`, 'tag.yaml:4: '],
    ['twice.json', '{"Resources": {},\n"Resources": {}}', "twice.json:2: the key 'Resources' stands twice"],
    ['twice.yaml', 'Resources: {}\nResources: {}', "twice.yaml:2: the key 'Resources' stands twice"],
    ['key.yaml', `${YAML}    Properties: { ? { a: 1 } : 2 }`, "isn't valid YAML: a key must be a text (HM1003)"],
    ['keys.json', '{"__proto__": {"Resources": {}}}', 'keys.json: has no Resources'],
    ['nul.json', `${JSON.stringify(GOOD)}\0`, "nul.json:1: holds a NUL byte, so it isn't text (HM1003)"],
    [
      'utf16.json',
      Buffer.from(`\ufeff${JSON.stringify(GOOD)}`, 'utf16le'),
      'utf16.json: is in UTF-16. Save it as UTF-8',
    ],
    ['latin1.yaml', Buffer.from(`${YAML}# \u00fc`, 'latin1'), "latin1.yaml: isn't valid UTF-8. Save it as UTF-8"],
    [
      'escape.json',
      '{"Resources": {"\\u001b[31mA\\u202e\\n": {}}}',
      'escape.json: Resources.\\x1b[31mA\\u202e\\x0a must have a Type',
    ],
    [
      'bomb.yaml',
      `${BILLION_LAUGHS}\n${YAML}`,
      'bomb.yaml: has more than 1000000 values (aliases written out) (HM1004)',
    ],
    ['loop.yaml', `a: &a [*a]\n${YAML}`, 'loop.yaml: is nested deeper than 200 levels (HM1004)'],
    ['deep.json', `{"Resources": ${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`, 'deep.json: is nested'],
    ['deep.yaml', `Resources: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'deep.yaml:1: '],
    ['deeper.json', '['.repeat(1_000_000), 'deeper.json: is nested too deep to be read (HM1004)'],
    ['deep-blocks.yaml', Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), 'deep-blocks.yaml:'],
    ['many.json', `{"Resources": [${'1,'.repeat(1_000_001)}1]}`, 'many.json: has more than 1000000 values (HM1004)'],
  ])(
    '%s',
    async (name, content, line) => {
      expect(await explainRefusal(name, content)).toContain(line);
    },
    10_000,
  );
});

test('a template with a byte order mark is read', async () => {
  expect(await explainRefusal('mark.json', `\ufeff{"Resources": {}}`)).toMatch(
    /^The templates have nowhere to enter.*HM2005/,
  );
});

describe('a path that is no template', () => {
  const place = placeWith({ 'good.json': GOOD, 'large.json': '{}', 'folder/x.json': GOOD });
  truncateSync(join(place.folder, 'large.json'), 60 * 1024 * 1024);
  symlinkSync('itself.json', join(place.folder, 'itself.json'));
  execFileSync('mkfifo', [join(place.folder, 'pipe.json')]);

  test.each<[string, string]>([
    ['missing.json', "missing.json: doesn't exist (HM1001)"],
    ['large.json', 'large.json: is larger than 50 MiB, the most that is read (HM1004)'],
    ['itself.json', 'itself.json: is a link that leads to itself (HM1001)'],
    ['pipe.json', "pipe.json: isn't a file (HM1001)"],
    ['/dev/zero', "/dev/zero: isn't a file (HM1001)"],
    [
      'folder',
      'folder: is no cloud assembly: it has no manifest.json. Give a file, or the folder of cdk synth (HM1010)',
    ],
    ['/etc/passwd', '/etc/passwd'],
    ['good.json/x', 'good.json/x: cannot be read (ENOTDIR) (HM1001)'],
    [`${'x'.repeat(5_000)}.json`, 'cannot be read (ENAMETOOLONG) (HM1001)'],
    ['a\0b.json', 'a\\x00b.json: cannot be read'],
  ])(
    '%s',
    async (path, line) => {
      const refusal = await refusalOf(place, ['explain', path, ...ASKED]);
      expect(refusal).toContain(line);
      // Of a file that is none of ours, nothing is told.
      expect(refusal).not.toContain('root:');
    },
    10_000,
  );
});

describe('a usage error has a hint', () => {
  const place = placeWith({ 'good.json': GOOD });
  test.each([
    [['explain', 'good.json', '--url', 'ftp://x'], 'HM2004'],
    [['explain', 'good.json', ...ASKED, '--client-ip', '1.2.3'], 'HM4001'],
    [['explain', 'good.json', ...ASKED, '--fault', '__proto__=x'], 'HM2003'],
    [['explain', 'good.json', ...ASKED, '--fault', 'targets=Lb:1/1'], 'HM2001'],
    [['explain', 'good.json', ...ASKED, '--entry', 'constructor'], 'HM2001'],
    [['explain', 'good.json', ...ASKED, '--parameter', '__proto__=1'], 'HM1007'],
    [['explain', 'good.json', '--url', `http://${'a'.repeat(70_000)}:99999/`], 'HM2004'],
    [['explain'], 'HM4001'],
    [['__proto__'], 'HM4001'],
    [['explain', 'good.json', ...ASKED, '--\u001b[31mred'], 'HM4001'],
  ])('%j', async (argv, code) => {
    expect(await refusalOf(place, argv)).toContain(code);
  });
});
