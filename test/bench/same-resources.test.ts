import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildShop } from '../../bin/shop';
import { buildPlainShop } from './plain/shop';
import { copyPrograms } from './programs';
import { REGIONS } from './regions';
import { resourcesOf, type StackResources, stacksOf, wiringOf } from './same-resources';

const SHOP = { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE', regions: REGIONS.slice(0, 2) };
const SITE = 'Shop-us-east-1';

type Stacks = Record<string, StackResources>;
// biome-ignore lint/suspicious/noExplicitAny: the shape is CloudFormation's.
type Resources = Record<string, any>;

let withPackage: Stacks;
let plain: Stacks;

beforeAll(() => {
  const programs = mkdtempSync(join(tmpdir(), 'headgate-programs-'));
  try {
    copyPrograms(programs);
    const ours = new App();
    buildShop(ours, SHOP);
    withPackage = stacksOf(ours);
    const theirs = new App();
    buildPlainShop(theirs, { ...SHOP, programs });
    plain = stacksOf(theirs);
  } finally {
    rmSync(programs, { recursive: true });
  }
});

describe('the shop of the benchmark, with the package and without, has the same', () => {
  test('stacks, in the same Regions and order', () => {
    const outline = (stacks: Stacks) =>
      Object.fromEntries(Object.entries(stacks).map(([name, { region, after }]) => [name, { region, after }]));
    expect(outline(plain)).toEqual(outline(withPackage));
    expect(Object.keys(plain)).toHaveLength(5);
  });

  test.each(['Shop-control', 'Shop-us-east-1', 'Shop-eu-west-1', 'Shop-routing', 'Shop-edge'])(
    'resources in %s',
    (name) => {
      expect(resourcesOf(plain[name]!)).toEqual(resourcesOf(withPackage[name]!));
      expect(wiringOf(plain[name]!)).toEqual(wiringOf(withPackage[name]!));
    },
  );
});

describe('the comparison sees', () => {
  const first = (resources: Resources, type: string) => Object.values(resources).find(({ Type }) => Type === type);
  const all = (resources: Resources, type: string) => Object.values(resources).filter(({ Type }) => Type === type);
  const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
  const shares = (resources: Resources) =>
    all(resources, LISTENER_RULE).find(({ Properties }) => Properties.Priority === 46_876).Properties.Actions[0]
      .ForwardConfig.TargetGroups;

  test.each<[string, (resources: Resources) => void]>([
    ['another weight', (resources) => (shares(resources)[0].Weight = 91)],
    [
      'groups that have swapped their weights',
      (resources) => {
        const [blue, green] = shares(resources);
        [blue.Weight, green.Weight] = [green.Weight, blue.Weight];
        shares(resources).reverse();
      },
    ],
    [
      'another interval of a health check',
      (resources) =>
        (first(resources, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties.HealthCheckIntervalSeconds = 6),
    ],
    [
      'a property that is missing',
      (resources) => delete first(resources, 'AWS::ElasticLoadBalancingV2::Listener').Properties.SslPolicy,
    ],
    [
      'a tag beside the name',
      (resources) => first(resources, 'AWS::EC2::VPC').Properties.Tags.push({ Key: 'Team', Value: 'shop' }),
    ],
    ['a name that is no path', (resources) => (first(resources, 'AWS::EC2::VPC').Properties.Tags[0].Value = 'Network')],
    [
      'the text around a path',
      (resources) => (first(resources, 'AWS::EC2::SecurityGroup').Properties.GroupDescription += '!'),
    ],
    ['a resource that is missing', (resources) => delete resources[Object.keys(resources)[0]!]],
    ['a resource that is there twice', (resources) => (resources.Twice = first(resources, 'AWS::EC2::EIP'))],
    [
      'an order that nobody keeps',
      (resources) => delete all(resources, LISTENER_RULE).find((rule) => rule.DependsOn).DependsOn,
    ],
    [
      'a bucket that goes with its stack',
      (resources) => (first(resources, 'AWS::S3::Bucket').DeletionPolicy = 'Delete'),
    ],
    [
      'a bucket that goes when it is replaced',
      (resources) => (first(resources, 'AWS::S3::Bucket').UpdateReplacePolicy = 'Delete'),
    ],
    [
      'servers that are not waited for',
      (resources) => delete first(resources, 'AWS::AutoScaling::AutoScalingGroup').CreationPolicy,
    ],
    [
      'a reference to a resource of another type',
      (resources) =>
        (first(resources, 'AWS::EC2::FlowLog').Properties.LogGroupName = { Ref: Object.keys(resources)[0] }),
    ],
    [
      'another attribute of the same resource',
      (resources) => (first(resources, 'AWS::Lambda::Permission').Properties.FunctionName['Fn::GetAtt'][1] = 'Name'),
    ],
  ])('%s', (_, change) => {
    const changed: StackResources = structuredClone(plain[SITE]!);
    change(changed.template.Resources!);
    expect({ resources: resourcesOf(changed), wiring: wiringOf(changed) }).not.toEqual({
      resources: resourcesOf(plain[SITE]!),
      wiring: wiringOf(plain[SITE]!),
    });
  });

  test('no difference in ids', () => {
    const { template, pathTexts, ...rest } = plain[SITE]!;
    const ids = Object.keys(template.Resources!).filter((id) => /[0-9A-F]{8}$/.test(id));
    const renamed = ids.reduce(
      (text, id, index) => text.replaceAll(`"${id}"`, `"Renamed${index}"`),
      JSON.stringify(template),
    );
    const other = {
      ...rest,
      template: JSON.parse(renamed),
      pathTexts: [...pathTexts, ...ids.map((_, index) => `Renamed${index}`)],
    };
    expect(Object.keys(other.template.Resources)).not.toEqual(Object.keys(template.Resources!));
    expect(resourcesOf(other)).toEqual(resourcesOf(plain[SITE]!));
    expect(wiringOf(other)).toEqual(wiringOf(plain[SITE]!));
  });
});
