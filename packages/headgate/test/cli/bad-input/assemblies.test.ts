import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from '../../support/cli';
import { ASKED, refusalOf } from '../../support/refusals';

const TEMPLATE = { Resources: { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } } };

function manifest(properties: unknown, others: object = {}): object {
  return {
    version: '36.0.0',
    artifacts: { Shop: { type: 'aws:cloudformation:stack', environment: 'aws://1/eu-west-1', properties, ...others } },
  };
}

const stage = (directoryName: unknown) => ({
  artifacts: { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName } } },
});

describe('a cloud assembly', () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace({ 'outside.json': TEMPLATE, 'out/shop.json': TEMPLATE });
    symlinkSync('../outside.json', join(place.folder, 'out', 'link.json'));
    symlinkSync('../out', join(place.folder, 'out', 'itself'));
  });
  afterEach(() => place.remove());

  test.each<[string, string | object, string]>([
    ['that is cut off', '{"artifacts": {', "out/manifest.json:1: isn't valid JSON"],
    ['that is empty', '', 'out/manifest.json: is empty (HM1002)'],
    ['without artifacts', {}, 'out/manifest.json: has no stack (HM1010)'],
    ['whose artifacts are a list', { artifacts: [] }, 'artifacts must be a mapping'],
    ['whose artifact is a text', { artifacts: { Shop: 'x' } }, "artifact 'Shop' must be a mapping"],
    ['without a template', manifest({}), "artifact 'Shop' must have a templateFile"],
    ['whose template is a mapping', manifest({ templateFile: {} }), "artifact 'Shop' must have a templateFile"],
    [
      'of nowhere',
      manifest({ templateFile: 'shop.json' }, { environment: 1 }),
      "the environment of artifact 'Shop' must be",
    ],
    ['whose template is missing', manifest({ templateFile: 'none.json' }), "'none.json' isn't there"],
    ['that leads to ../', manifest({ templateFile: '../outside.json' }), 'leads out of the cloud assembly'],
    ['that leads to /etc/passwd', manifest({ templateFile: '/etc/passwd' }), 'leads out of the cloud assembly'],
    ['with a link that leads out', manifest({ templateFile: 'link.json' }), 'leads out of the cloud assembly'],
    ['whose template is a folder', manifest({ templateFile: '.' }), "isn't a file (HM1001)"],
    ['with NUL in a path', manifest({ templateFile: 'a\0b' }), "'a\\x00b' leads out of the cloud assembly"],
    ['in itself', stage('.'), 'out/manifest.json: holds too many assemblies'],
    ['in itself by a link', stage('itself'), 'holds too many assemblies'],
    ['whose stage leads out', stage('..'), 'leads out of the cloud assembly'],
    ['whose stage is a number', stage(1), "artifact 'Stage' must have a directoryName"],
  ])(
    '%s',
    async (_, content, line) => {
      place.write('out/manifest.json', content);
      const refusal = await refusalOf(place, ['explain', 'out', ...ASKED]);
      expect(refusal).toMatch(/^out[/:]/);
      expect(refusal).toContain(line);
    },
    10_000,
  );

  test('with an asset that leads out', async () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': '../outside.json' } };
    place.write('out/shop.json', { Resources: { Nested: nested } });
    place.write('out/manifest.json', manifest({ templateFile: 'shop.json' }));
    expect(await refusalOf(place, ['explain', 'out', ...ASKED])).toMatch(
      /^out\/shop\.json: Nested: .* leads out of out, so it isn't read/,
    );
  });

  test('with a stack that is nested in itself', async () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'shop.json' } };
    place.write('out/shop.json', { Resources: { Nested: nested } });
    place.write('out/manifest.json', manifest({ templateFile: 'shop.json' }));
    expect(await refusalOf(place, ['explain', 'out', ...ASKED])).toContain('is nested in itself (HM1008)');
  });
});
