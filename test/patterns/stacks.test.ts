import { App, Stack, Stage } from 'aws-cdk-lib';
import { balancing, core } from '../../lib';
import { makeShop, resourcesOf, type ShopOptions, synthShop, type TemplateJson, templatesOf } from '../support/shop';

describe('the stacks of a global service', () => {
  test('are control, one a Region, routing and edge, named after the service', () => {
    expect(Object.keys(synthShop()).sort()).toEqual([
      'Shop-control',
      'Shop-edge',
      'Shop-eu-west-1',
      'Shop-routing',
      'Shop-us-east-1',
    ]);
  });

  test('are selected by their paths', () => {
    const app = new App();
    const shop = makeShop(app);
    const paths = shop.node.children.filter(Stack.isStack).map((stack) => stack.node.path);
    expect(paths).toEqual(['Shop/control', 'Shop/routing', 'Shop/edge', 'Shop/us-east-1', 'Shop/eu-west-1']);
  });

  test('are deployed in the order control, sites, routing, edge', () => {
    const app = new App();
    makeShop(app);
    const assembly = app.synth();
    const name = (id: string) => assembly.stacks.find((stack) => stack.id === id)?.stackName;
    const before = Object.fromEntries(
      assembly.stacks.map((stack) => [
        stack.stackName,
        stack.dependencies.map((artifact) => name(artifact.id)).filter((dependency) => dependency),
      ]),
    );
    expect(before['Shop-control']).toEqual([]);
    expect(before['Shop-us-east-1']).toEqual(['Shop-control']);
    expect(before['Shop-eu-west-1']).toEqual(['Shop-control']);
    expect(before['Shop-routing']?.sort()).toEqual(['Shop-control', 'Shop-eu-west-1', 'Shop-us-east-1']);
    expect(before['Shop-edge']).toEqual(['Shop-routing']);
  });

  test('stand in the control Region, the sites and us-east-1', () => {
    const app = new App();
    const shop = makeShop(app, { account: '111111111111' });
    expect(shop.controlStack.region).toBe('us-west-2');
    expect(shop.routingStack.region).toBe('us-west-2');
    expect(shop.edgeStack.region).toBe('us-east-1');
    expect(shop.sites.map((site) => Stack.of(site).environment)).toEqual([
      'aws://111111111111/us-east-1',
      'aws://111111111111/eu-west-1',
    ]);
  });
});

test.each([
  ['OriginAccess.secretHeader()', {}],
  ['OriginAccess.internet()', { edge: undefined }],
])('the cloud assembly says that %s was chosen', (value, options) => {
  const app = new App();
  makeShop(app, options);
  const chosen = app
    .synth()
    .stacks.flatMap((stack) => Object.values(stack.metadata).flat())
    .filter(({ type }) => type === 'cdk-headgate:default')
    .map(({ data }) => data as unknown as { prop: string; value: string });
  expect(chosen.filter(({ prop }) => prop === 'originAccess').map((entry) => entry.value)).toEqual([value]);
});

/** Names that stand deeper in a resource than its own do, or say more than its name. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes are CloudFormation's.
const OTHER_NAMES: Record<string, (properties: any) => unknown> = {
  'AWS::CloudFront::CachePolicy': ({ CachePolicyConfig }) => CachePolicyConfig.Name,
  'AWS::CloudFront::Distribution': ({ DistributionConfig }) => DistributionConfig.Aliases,
  'AWS::Route53::RecordSet': ({ Name, Type, SetIdentifier }) => [Name, Type, SetIdentifier],
  'AWS::WAFv2::WebACL': ({ Name, VisibilityConfig }) => [Name, VisibilityConfig.MetricName],
};

/** The names that resources of the templates have, each with its type: `Name`, `BucketName` of a bucket and so on. */
function namesIn(templates: Record<string, TemplateJson>): string[] {
  return (
    Object.values(templates)
      .flatMap((template) => Object.values(template.Resources))
      // An inline policy is named inside of its role.
      .filter(({ Type }) => Type !== 'AWS::IAM::Policy')
      .flatMap(({ Type, Properties = {} }) => {
        const own = Properties.Name ?? Properties[`${Type.split('::').at(-1)}Name`];
        const name = OTHER_NAMES[Type]?.(Properties) ?? own;
        return name === undefined ? [] : [`${Type} ${JSON.stringify(name)}`];
      })
  );
}

describe('inside Stages', () => {
  test('two environments in one account share no stack name and no name of a resource', () => {
    const app = new App();
    const stages = ['Test', 'Prod'].map((name) => {
      const stage = new Stage(app, name, { env: { account: '111111111111' } });
      const domain = core.ServiceDomain.fromHostedZoneAttributes({
        hostedZoneId: 'Z0123456789EXAMPLE',
        zoneName: 'example.com',
        recordName: `${name}-shop`,
      });
      makeShop(stage, { domain });
      return templatesOf(stage);
    });
    expect(Object.keys(stages[0]!)).toContain('Test-Shop-us-east-1');
    expect(Object.keys(stages[1]!)).toContain('Prod-Shop-us-east-1');
    const names = stages.map(namesIn);
    expect(names[0]).toContain('AWS::SecretsManager::Secret "Test-Shop/origin-access/2"');
    expect(names[1]).toContain('AWS::SecretsManager::Secret "Prod-Shop/origin-access/2"');
    expect([...new Set(names[0]!.map((name) => name.split(' ')[0]))].sort()).toEqual([
      'AWS::CloudFront::CachePolicy',
      'AWS::CloudFront::Distribution',
      'AWS::Logs::LogGroup',
      'AWS::Route53::RecordSet',
      'AWS::SecretsManager::Secret',
      'AWS::WAFv2::WebACL',
    ]);
    expect(names[0]!.filter((given) => names[1]!.includes(given))).toEqual([]);
  });

  test('two accounts are synthesized without looking anything up', () => {
    const app = new App();
    for (const account of ['111111111111', '222222222222']) {
      makeShop(new Stage(app, `In${account}`, { env: { account } }));
    }
    const assembly = app.synth();
    expect(assembly.manifest.missing).toBeUndefined();
    for (const nested of assembly.nestedAssemblies) {
      expect(nested.nestedAssembly.manifest.missing).toBeUndefined();
      expect(nested.nestedAssembly.stacks).toHaveLength(5);
    }
  });
});

test('the templates are the same with and without an account, apart from the name of the asset bucket', () => {
  const without = synthShop();
  const with_ = synthShop({ account: '111111111111' });
  const normal = (template: unknown) =>
    JSON.stringify(template)
      .replaceAll('cdk-hnb659fds-assets-111111111111-', 'cdk-hnb659fds-assets-${AWS::AccountId}-')
      .replaceAll(/\{"Fn::Sub":"(cdk-hnb659fds-assets-[^"]*)"\}/g, '"$1"');
  for (const name of Object.keys(without)) {
    expect(differences(JSON.parse(normal(with_[name])), JSON.parse(normal(without[name])))).toEqual([]);
  }
});

/** The places where two templates differ: a whole template in a failure message helps nobody. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? [] : [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}/${key}`),
  );
}

test('rules wait for the first servers of the fleets that they forward to, and the probe for the serving rule', () => {
  const site = synthShop()['Shop-us-east-1']!;
  const waitsFor = (id: string) =>
    site.Resources[id]?.DependsOn?.filter((other) => /AutoScalingGroup|Routes/.test(other));
  expect(waitsFor('ShopRoutesApi1FFEE1C6')).toEqual([
    'ShopFleetsBlueAutoScalingGroupASGCB7674F3',
    'ShopFleetsGreenAutoScalingGroupASGED2CBC24',
  ]);
  expect(waitsFor('ShopRoutesAll3EF7A5DC')).toEqual(['ShopFleetsBlueAutoScalingGroupASGCB7674F3']);
  expect(waitsFor('ShopProbeCFDA9E88')).toContain('ShopRoutesAll3EF7A5DC');
});

test('a monitor behind closed balancers speaks for no Region, and one that reaches its balancer for its own', () => {
  const configuration = (options: ShopOptions) => {
    const site = synthShop(options)['Shop-us-east-1']!;
    const monitor = Object.entries(resourcesOf(site, 'AWS::Lambda::Function')).find(([id]) =>
      id.startsWith('ShopMonitor'),
    );
    return JSON.stringify(monitor?.[1].Properties.Environment).replaceAll('\\', '');
  };
  expect(configuration({})).toContain('"region":"global","protocol":"https","host":"shop.example.com"');
  expect(configuration({ edge: undefined })).toContain(
    '"region":"us-east-1","protocol":"https","host":"us-east-1.origin.shop.example.com"',
  );
});

test('the zones are taken at deploy time, as many as the site says', () => {
  const templates = synthShop({ account: '111111111111', sites: { 'eu-west-1': { availabilityZoneCount: 2 } } });
  const zones = (name: string) =>
    Object.values(resourcesOf(templates[name]!, 'AWS::EC2::Subnet')).map(
      ({ Properties }) => Properties.AvailabilityZone,
    );
  expect(zones('Shop-us-east-1')).toHaveLength(6);
  expect(zones('Shop-eu-west-1')).toHaveLength(4);
  expect(zones('Shop-eu-west-1')[0]).toEqual({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] });
});

describe('a change of the service', () => {
  test('that adds a third Region changes control and routing alone', () => {
    const before = synthShop();
    const after = synthShop({ regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'] });
    const changed = Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    expect(changed.sort()).toEqual(['Shop-control', 'Shop-routing']);
    expect(Object.keys(after)).toContain('Shop-ap-northeast-1');
    const replicas = Object.values(resourcesOf(after['Shop-control']!, 'AWS::SecretsManager::Secret')).map(
      ({ Properties }) => Properties.ReplicaRegions.map(({ Region }: { Region: string }) => Region).sort(),
    );
    expect(replicas).toEqual([
      ['ap-northeast-1', 'eu-west-1', 'us-east-1'],
      ['ap-northeast-1', 'eu-west-1', 'us-east-1'],
    ]);
  });

  test('that takes traffic from a Region leaves its site as it is', () => {
    const before = synthShop();
    const after = synthShop({ sites: { 'eu-west-1': { routed: false } } });
    const changed = Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    expect(changed).toEqual(['Shop-routing']);
    expect(JSON.stringify(after['Shop-routing'])).not.toContain('eu-west-1.origin');
  });

  test('that adds or removes the edge leaves the control stack as it is', () => {
    const originAccess = balancing.OriginAccess.internet();
    expect(synthShop({ edge: undefined, originAccess })['Shop-control']).toEqual(
      synthShop({ originAccess })['Shop-control'],
    );
  });

  test('that closes balancers behind a live edge takes rules of security groups away and makes none', () => {
    const open = synthShop({ originAccess: balancing.OriginAccess.internet() })['Shop-us-east-1']!;
    const closed = synthShop()['Shop-us-east-1']!;
    const prefixLists = (template: TemplateJson) =>
      Object.entries(resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')).filter(
        ([, { Properties }]) => Properties.SourcePrefixListId,
      );
    expect(prefixLists(closed)).toHaveLength(2);
    expect(prefixLists(open)).toEqual(prefixLists(closed));
    const inline = (template: TemplateJson) =>
      Object.values(resourcesOf(template, 'AWS::EC2::SecurityGroup')).flatMap(
        ({ Properties }) => Properties.SecurityGroupIngress ?? [],
      );
    expect(inline(open).length).toBeGreaterThan(0);
    expect(inline(closed)).toEqual([]);
  });

  test('that opens balancers behind a live edge judges requests there, and no addresses, which are those of the edge', () => {
    const open = synthShop({ originAccess: balancing.OriginAccess.internet() })['Shop-us-east-1']!;
    const [webAcl] = Object.values(resourcesOf(open, 'AWS::WAFv2::WebACL'));
    expect(webAcl?.Properties.Rules.map(({ Name }: { Name: string }) => Name)).toEqual([
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
  });

  test('that adds or removes the edge moves no record between stacks, and keeps every record', () => {
    const originAccess = balancing.OriginAccess.internet();
    const withEdge = synthShop({ originAccess });
    const without = synthShop({ edge: undefined, originAccess });
    const records = (templates: ReturnType<typeof synthShop>) =>
      Object.entries(templates).flatMap(([stack, template]) =>
        Object.entries(resourcesOf(template, 'AWS::Route53::RecordSet'))
          .filter(([, { Properties }]) => Properties.Type === 'A')
          .map(([id, { Properties }]) => `${stack} ${id} ${Properties.Name}`),
      );
    expect(records(withEdge)).toEqual(records(without));
    expect(records(without)).toContain('Shop-edge RecordA7D7E84A1 shop.example.com.');
  });

  test('that puts an edge in front sends the secret before any balancer demands it', () => {
    const first = synthShop({ originAccess: balancing.OriginAccess.internet() });
    const second = synthShop();
    // The second deployment reaches the sites first: what the edge sent since the first one must be what they demand.
    expect(second['Shop-control']).toEqual(first['Shop-control']);
    expect(second['Shop-edge']).toEqual(first['Shop-edge']);
    expect(JSON.stringify(first['Shop-us-east-1'])).not.toContain('origin-access');
  });

  test('that opens the balancers again takes no secret away and leaves the edge as it is', () => {
    const before = synthShop({ originAccess: balancing.OriginAccess.secretHeader({ newest: 5 }) });
    const after = synthShop({ originAccess: balancing.OriginAccess.internet({ newest: 5 }) });
    expect(after['Shop-control']).toEqual(before['Shop-control']);
    expect(after['Shop-edge']).toEqual(before['Shop-edge']);
    expect(JSON.stringify(after['Shop-us-east-1'])).not.toContain('origin-access');
  });

  test('that raises the number of the newest secret reaches the sites before the edge', () => {
    const at = (newest: number) => synthShop({ originAccess: balancing.OriginAccess.secretHeader({ newest }) });
    const before = at(2);
    const after = at(3);
    const secrets = (template: unknown) =>
      [...new Set(JSON.stringify(template).match(/Shop\/origin-access\/\d/g))]
        .map((name) => Number(name.slice(-1)))
        .sort();
    // Control makes the new one and keeps the oldest; sites take old and new; the edge, deployed last, sends what sites take already.
    expect(secrets(before['Shop-control'])).toEqual([1, 2]);
    expect(secrets(after['Shop-control'])).toEqual([1, 2, 3]);
    expect(secrets(before['Shop-us-east-1'])).toEqual([1, 2]);
    expect(secrets(after['Shop-us-east-1'])).toEqual([2, 3]);
    expect(secrets(before['Shop-edge'])).toEqual([2]);
    expect(secrets(after['Shop-edge'])).toEqual([3]);
    for (const id of Object.keys(before['Shop-control']!.Resources)) {
      expect(after['Shop-control']!.Resources[id]).toEqual(before['Shop-control']!.Resources[id]);
    }
  });
});
