import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readCloudAssembly, readTemplates } from '../../lib/template';
import { failure, scratch } from '../support/files';
import { plain } from '../support/template';

const FIXTURE = join(__dirname, 'fixtures/assembly');
const files = scratch();

const stack = (templateFile: unknown, others: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/us-east-1',
  properties: { templateFile },
  ...others,
});
const LB = { Resources: { Lb: { Type: 'T' } } };

test('reads the stacks of an assembly, its stages and nested stacks', () => {
  const templates = readTemplates([FIXTURE]);
  expect(templates.warnings).toEqual([]);
  expect(templates.stacks.map(({ name, region, resources }) => [name, region, resources.size])).toEqual([
    ['Shop', 'eu-west-1', 4],
    ['Shop/Nested', 'eu-west-1', 2],
    ['Shop/Other', 'eu-west-1', 1],
    ['Agnostic', undefined, 1],
    ['assembly-Prod/ProdShop', 'us-east-1', 1],
  ]);
});

test('a stack has the name of its deployment if no other has', () => {
  const folder = files({
    'manifest.json': {
      artifacts: { A: stack('a.json', { properties: { templateFile: 'a.json', stackName: 'Live' } }) },
    },
    'a.json': LB,
  });
  expect(readTemplates([folder]).find('Live/Lb').stack.name).toBe('Live');
});

test('nested stacks take parameters from the one around them, and give outputs back', () => {
  const templates = readTemplates([FIXTURE]);
  expect(plain(templates.find('Shop/Nested/Listener').properties)).toEqual({
    LoadBalancerArn: '<${Shop/Lb}>',
    Region: 'eu-west-1',
    Account: '123456789012',
    Name: '<Shop/Nested/${AWS::StackName}>',
  });
  expect(plain(templates.find('It').properties)).toEqual({ Targets: '<${Shop/Nested/Targets}>' });
});

test('AWS::Region is given to stacks for any Region only', () => {
  const templates = readTemplates([FIXTURE], { parameters: { 'Agnostic/AWS::Region': 'eu-north-1' } });
  expect(plain(templates.find('Zone').properties)).toEqual({ Name: '<eu-north-1.${AWS::AccountId}>' });
  expect(templates.find('assembly-Prod/ProdShop/Lb').stack.region).toBe('us-east-1');
});

test('an assembly that the CDK holds in memory is read from its folder', () => {
  expect(readCloudAssembly({ directory: FIXTURE }).stacks).toHaveLength(5);
});

test('stacks of the same name are told apart by their paths', () => {
  const folder = files({ 'a/shop.template.json': LB, 'b/shop.yaml': 'Resources: { Lb: { Type: T } }' });
  const paths = ['a/shop.template.json', 'b/shop.yaml'].map((file) => join(folder, file));
  expect(readTemplates(paths).stacks.map(({ name }) => name)).toEqual([join(folder, 'a/shop'), join(folder, 'b/shop')]);
  expect(readTemplates(paths.slice(0, 1)).stacks[0]?.name).toBe('shop');
  expect(failure(() => readTemplates([paths[0]!, paths[0]!]), folder)).toBe(
    'HM1001 a/shop.template.json: was given twice.',
  );
});

test.each<[object, string]>([
  [{}, 'manifest.json: has no stack.'],
  [{ artifacts: [] }, "manifest.json: isn't that of a cloud assembly: artifacts must be a mapping."],
  [{ artifacts: { A: 1 } }, "manifest.json: artifact 'A' must be a mapping."],
  [{ artifacts: { A: stack(undefined) } }, "manifest.json: artifact 'A' must have a templateFile."],
  [{ artifacts: { A: stack(7) } }, "manifest.json: artifact 'A' must have a templateFile."],
  [{ artifacts: { A: stack('b.json') } }, "manifest.json: 'b.json' isn't there."],
  [
    { artifacts: { A: stack('../b.json') } },
    "manifest.json: '../b.json' leads out of the cloud assembly, so it isn't read.",
  ],
  [{ artifacts: { A: stack('/etc/passwd') } }, "manifest.json: '/etc/passwd' leads out of the cloud assembly"],
  [{ artifacts: { A: stack('C:\\b.json') } }, 'leads out of the cloud assembly'],
  [{ artifacts: { A: stack('link.json') } }, "manifest.json: 'link.json' leads out of the cloud assembly"],
  [
    { artifacts: { A: stack('a.json', { environment: 'x' }) } },
    "the environment of artifact 'A' must be aws://ACCOUNT/REGION",
  ],
  [{ artifacts: { S: { type: 'cdk:cloud-assembly' } } }, "manifest.json: artifact 'S' must have a directoryName."],
  [{ artifacts: { S: { type: 'cdk:cloud-assembly', properties: { directoryName: '..' } } } }, "'..' leads out"],
  [
    { artifacts: { S: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } },
    'holds too many assemblies',
  ],
])('fails for the manifest %j', (manifest, message) => {
  const folder = files({ 'manifest.json': manifest, 'a.json': LB });
  symlinkSync(join(FIXTURE, 'Agnostic.template.json'), join(folder, 'link.json'));
  const found = failure(() => readTemplates([folder]), folder);
  expect(found).toMatch(/^HM1010 /);
  expect(found).toContain(message);
});

test('nested stacks without metadata are found by the assets of the assembly', () => {
  const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/bucket/4e1c.json']] };
  const source = { path: 'N.nested.template.json', packaging: 'file' };
  const folder = files({
    'manifest.json': {
      artifacts: {
        A: stack('a.json'),
        'A.assets': { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } },
      },
    },
    'A.assets.json': { files: { '4e1c': { source, destinations: { here: { objectKey: '4e1c.json' } } } } },
    'a.json': { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } } },
    'N.nested.template.json': LB,
  });
  const templates = readTemplates([folder]);
  expect(templates.find('A/N/Lb').type).toBe('T');
  expect(templates.warnings).toEqual([]);
});

test('fails for a folder without a manifest, and for what is not there', () => {
  const folder = files({ 'a.json': LB });
  expect(failure(() => readTemplates([folder]))).toMatch(
    /^HM1010 .*: is no cloud assembly: it has no manifest\.json\./,
  );
  expect(failure(() => readTemplates([join(folder, 'b.json')]), folder)).toBe("HM1001 b.json: doesn't exist.");
});

test('fails for the template of a nested stack outside of the assembly', () => {
  const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': '../secret.json' } };
  const folder = files({
    'manifest.json': { artifacts: { A: stack('a.json') } },
    'a.json': { Resources: { Nested: nested } },
  });
  expect(failure(() => readTemplates([folder]), folder)).toContain(
    "HM1010 a.json: Nested: the template '../secret.json' leads out",
  );
});

describe('nested stacks of plain templates', () => {
  const nest = (TemplateURL: unknown, Parameters: object = {}) => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL, Parameters },
  });
  const inner = {
    Parameters: { Name: { Type: 'String', Default: 'none' } },
    Resources: { In: { Type: 'T', Properties: { Name: { Ref: 'Name' } } } },
    Outputs: { Out: { Value: { Ref: 'In' } } },
  };

  test('are read from files beside them', () => {
    const outer = {
      Parameters: { Name: { Type: 'String', Default: 'outer' } },
      Resources: {
        N: nest('./parts/in.json', { Name: { Ref: 'Name' } }),
        It: { Type: 'It', Properties: { V: { 'Fn::GetAtt': ['N', 'Outputs.Out'] } } },
      },
    };
    const path = join(files({ 'out.json': outer, 'parts/in.json': inner }), 'out.json');
    const templates = readTemplates([path]);
    expect(templates.find('out/N/In').properties).toEqual({ Name: 'outer' });
    expect(plain(templates.find('It').properties)).toEqual({ V: '<${out/N/In}>' });
    const named = (parameters: Record<string, string>) =>
      readTemplates([path], { parameters }).find('In').properties.Name;
    expect(named({ Name: 'a' })).toBe('a');
    expect(named({ 'out/N/Name': 'b' })).toBe('b');
  });

  test('keep what is passed to them when a parameter of that name is given for all stacks', () => {
    const outer = { Parameters: { Name: { Type: 'String' } }, Resources: { N: nest('in.json', { Name: 'fixed' }) } };
    const path = join(files({ 'out.json': outer, 'in.json': inner }), 'out.json');
    expect(readTemplates([path], { parameters: { Name: 'a' } }).find('In').properties).toEqual({ Name: 'fixed' });
  });

  test('stay symbolic with a warning if they are elsewhere', () => {
    const outer = {
      Resources: {
        A: nest('https://s3.amazonaws.com/x.json'),
        B: nest('../x.json'),
        C: nest('gone.json'),
        It: { Type: 'It', Properties: { V: { 'Fn::GetAtt': ['A', 'Outputs.Out'] } } },
      },
    };
    const folder = files({ 'out.json': outer });
    const templates = readTemplates([join(folder, 'out.json')]);
    expect(plain(templates.find('It').properties)).toEqual({ V: '<out/${A.Outputs.Out}>' });
    expect(templates.warnings.map((warning) => warning.split(folder).join('.'))).toEqual([
      "./out.json: the nested stack A isn't read, since its template isn't a file beside this one.",
      "./out.json: the nested stack B isn't read, since its template '../x.json' is outside of ..",
      "./out.json: the nested stack C isn't read, since its template 'gone.json' isn't there.",
    ]);
  });

  test('fail if they are nested in themselves, or multiply', () => {
    const loop = files({
      'a.json': { Resources: { N: nest('b.json') } },
      'b.json': { Resources: { N: nest('a.json') } },
    });
    expect(failure(() => readTemplates([join(loop, 'a.json')]), loop)).toBe(
      'HM1008 b.json: the nested stack N is nested in itself.',
    );
    const doubling: Record<string, unknown> = { '30.json': inner };
    for (let n = 0; n < 30; n++)
      doubling[`${n}.json`] = { Resources: { A: nest(`${n + 1}.json`), B: nest(`${n + 1}.json`) } };
    const folder = files(doubling);
    expect(failure(() => readTemplates([join(folder, '0.json')]), folder)).toMatch(/^HM1004 .*more than 2000 stacks/);
  });

  test('fail if an output is not theirs', () => {
    const it = { Type: 'It', Properties: { V: { 'Fn::GetAtt': ['N', 'Outputs.Gone'] } } };
    const folder = files({ 'out.json': { Resources: { N: nest('in.json'), It: it } }, 'in.json': inner });
    const templates = readTemplates([join(folder, 'out.json')]);
    expect(failure(() => templates.find('It').properties, folder)).toBe(
      "HM1006 out.json: It (It): Fn::GetAtt to output 'Gone', which in.json doesn't have.",
    );
  });
});
