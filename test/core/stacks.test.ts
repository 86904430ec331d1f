import { App, Fn, NestedStack, Stack, Stage, type Stage as StageType } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ControlStack, EdgeStack, RoutingStack, type ServiceStackProps, ServiceVpc, SiteStack } from '../../lib/core';

type StackClass = new (scope?: Construct, id?: string, props?: ServiceStackProps) => Stack;

const account = '111122223333';
const KINDS: [string, StackClass][] = [
  ['ControlStack', ControlStack],
  ['SiteStack', SiteStack],
  ['RoutingStack', RoutingStack],
  ['EdgeStack', EdgeStack],
];

function zoneTokens(count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }));
}

function zonesOf(stack: Stack): unknown[] {
  return stack.resolve(stack.availabilityZones);
}

/** What the CDK would look up with credentials, in all assemblies of a Stage. */
function lookUps(stage: StageType): unknown[] {
  const assembly = stage.synth();
  return [assembly, ...assembly.nestedAssemblies.map(({ nestedAssembly }) => nestedAssembly)].flatMap(
    ({ manifest }) => manifest.missing ?? [],
  );
}

describe.each(KINDS)('%s', (_, Kind) => {
  const environments: [string, ServiceStackProps][] = [
    ['an account and a Region', { env: { account, region: 'us-east-1' } }],
    ['only a Region', { env: { region: 'us-east-1' } }],
    ['no environment', {}],
  ];

  test.each(environments)('takes its zones at deploy time with %s', (_, props) => {
    const app = new App();
    const stack = new Kind(app, 'Stack', props);
    expect(zonesOf(stack)).toEqual(zoneTokens(3));
    new ServiceVpc(stack, 'Vpc');
    new ec2.Vpc(stack, 'L2');
    expect(lookUps(app)).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::Subnet', 12);
  });

  test.each(environments)('spares its nested stacks the look-up, with %s', (_, props) => {
    const app = new App();
    const nested = new NestedStack(new Kind(app, 'Stack', props), 'Nested');
    new ec2.Vpc(new NestedStack(nested, 'Deeper'), 'Vpc');
    new ec2.Vpc(nested, 'Vpc');
    expect(zonesOf(nested)).toEqual(zoneTokens(3));
    expect(lookUps(app)).toEqual([]);
  });

  test.each(environments)('looks nothing up inside a Stage, with %s', (_, props) => {
    const app = new App();
    const stage = new Stage(app, 'Prod', { env: { account, region: 'us-east-1' } });
    const stack = new Kind(stage, 'Stack', props);
    new ServiceVpc(stack, 'Vpc');
    expect(zonesOf(stack)).toEqual(zoneTokens(3));
    expect(lookUps(app)).toEqual([]);
  });

  test.each([2, 3, 4, 5, 6])('uses %d zones when told so', (availabilityZoneCount) => {
    expect(zonesOf(new Kind(new App(), 'Stack', { availabilityZoneCount }))).toEqual(zoneTokens(availabilityZoneCount));
  });

  test.each([0, 1, 7, 2.5, Number.NaN, -3])('fails with %d zones', (availabilityZoneCount) => {
    expect(() => new Kind(new App(), 'Stack', { availabilityZoneCount })).toThrow(
      `HG0202: 'availabilityZoneCount' must be an integer from 2 (a balancer needs two zones) to 6, got ${availabilityZoneCount}: give the number of zones that the Region has for your account [at Stack]`,
    );
  });

  test('passes on what an L2 stack takes', () => {
    const stack = new Kind(new App(), 'Stack', { stackName: 'a-name', description: 'words', tags: { team: 'shop' } });
    expect([stack.stackName, stack.templateOptions.description, stack.tags.tagValues()]).toEqual([
      'a-name',
      'words',
      { team: 'shop' },
    ]);
  });

  test('stands alone without scope, id or props', () => {
    expect(zonesOf(new Kind())).toEqual(zoneTokens(3));
  });
});

test('a look-up would be seen: a plain stack with account and Region asks for one', () => {
  const app = new App();
  new ec2.Vpc(new Stack(app, 'Stack', { env: { account, region: 'eu-west-1' } }), 'Vpc');
  expect(lookUps(app)).toEqual([expect.objectContaining({ provider: 'availability-zones' })]);
});

describe('the number of zones', () => {
  test('is two in us-west-1, which offers new accounts no third one', () => {
    const stack = new SiteStack(new App(), 'Site', { env: { account, region: 'us-west-1' } });
    expect(zonesOf(stack)).toEqual(zoneTokens(2));
  });

  test('can be raised in us-west-1', () => {
    const props = { env: { region: 'us-west-1' }, availabilityZoneCount: 3 };
    expect(zonesOf(new SiteStack(new App(), 'Site', props))).toEqual(zoneTokens(3));
  });

  test('is two in us-west-1 when the Region comes from the Stage', () => {
    const stage = new Stage(new App(), 'Prod', { env: { account, region: 'us-west-1' } });
    expect(zonesOf(new SiteStack(stage, 'Site'))).toEqual(zoneTokens(2));
  });

  test('is that of each stack alone', () => {
    const app = new App();
    const few = new SiteStack(app, 'Few', { availabilityZoneCount: 2, env: { account, region: 'eu-west-1' } });
    const many = new SiteStack(app, 'Many', { availabilityZoneCount: 5, env: { account, region: 'eu-west-1' } });
    expect([few, many].map((stack) => zonesOf(stack).length)).toEqual([2, 5]);
  });
});

describe('templates', () => {
  const templateWith = (env: ServiceStackProps['env']) => {
    const stack = new SiteStack(new App(), 'Site', { env });
    new ServiceVpc(stack, 'Vpc', { natGateways: 0 });
    return Template.fromStack(stack).toJSON();
  };

  test('are the same with and without an account, apart from the bucket of assets', () => {
    const sameBucket = (template: unknown, region: string) =>
      JSON.parse(
        JSON.stringify(template)
          .replaceAll(`"cdk-hnb659fds-assets-${account}-${region}"`, '"ASSETS"')
          .replaceAll(`{"Fn::Sub":"cdk-hnb659fds-assets-\${AWS::AccountId}-${region}"}`, '"ASSETS"'),
      );
    const region = 'eu-west-1';
    const withAccount = templateWith({ account, region });
    expect(JSON.stringify(withAccount)).toContain(`cdk-hnb659fds-assets-${account}-${region}`);
    expect(sameBucket(withAccount, region)).toEqual(sameBucket(templateWith({ region }), region));
  });
});

describe('EdgeStack', () => {
  test.each(['eu-west-1', 'us-west-2'])('fails in %s', (region) => {
    expect(() => new EdgeStack(new App(), 'Edge', { env: { region } })).toThrow(
      `HG0203: an EdgeStack must be in us-east-1, got a stack in ${region}: put it into a stack with env.region 'us-east-1' [at Edge]`,
    );
  });

  test('fails in a Stage of another Region', () => {
    const stage = new Stage(new App(), 'Prod', { env: { region: 'eu-west-1' } });
    expect(() => new EdgeStack(stage, 'Edge')).toThrow('HG0203: an EdgeStack must be in us-east-1');
  });

  test('may be told of a Region at deploy time', () => {
    expect(() => new EdgeStack(new App(), 'Edge', { env: { region: Fn.ref('AWS::Region') } })).not.toThrow();
  });
});

test.each(KINDS.filter(([name]) => name !== 'EdgeStack'))('%s stands in any Region', (_, Kind) => {
  expect(() => new Kind(new App(), 'Stack', { env: { region: 'ap-southeast-2' } })).not.toThrow();
});
