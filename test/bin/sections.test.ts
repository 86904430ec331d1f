import { chosenDefaults, renderDefaults } from '../../bin/report/defaults';
import { deployOrder, renderNextStep } from '../../bin/report/next-step';
import { COLOUR, renderTree, wrap } from '../../bin/report/render';
import { overLimits, renderResources } from '../../bin/report/resources';
import { buildShop } from '../../bin/shop';
import { assemblyOf, stackOf } from './assemblies';

const shop = assemblyOf((app) => void buildShop(app, { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' }));
const defaultAt = (path: string, value: string) => ({
  path,
  type: 'cdk-headgate:default',
  data: { prop: 'size', value, why: 'it is enough' },
});

describe('defaults that were chosen', () => {
  test('are told once with the number of places, by prop, value and kind', () => {
    const metadata = [
      defaultAt('Shop/a/Shop/Fleets/Blue', 'small'),
      defaultAt('Shop/a/Shop/Fleets/Green', 'small'),
      defaultAt('Shop/b/Shop/Fleets/Blue', 'big'),
      defaultAt('Shop/b/Shop/Vpc', 'small'),
      { path: 'Shop/b', type: 'something else', data: {} },
    ];
    expect(chosenDefaults([stackOf({}, { metadata })])).toEqual([
      { kind: 'Fleet', prop: 'size', value: 'big', why: 'it is enough', places: 1 },
      { kind: 'Fleet', prop: 'size', value: 'small', why: 'it is enough', places: 2 },
      { kind: 'Vpc', prop: 'size', value: 'small', why: 'it is enough', places: 1 },
    ]);
  });

  test('of the reference app are said with their reasons', () => {
    const defaults = chosenDefaults(shop);
    expect(defaults).toContainEqual(expect.objectContaining({ kind: 'Fleet', prop: 'instanceType', places: 4 }));
    expect(defaults).toContainEqual(
      expect.objectContaining({ kind: 'LoadBalancer', prop: 'deletionProtection', places: 2 }),
    );
    const text = renderDefaults(defaults);
    expect(text).toMatch(/^ {2}Vpc × 2 +natGateways: one a zone\n +the loss of a zone/m);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('may be none', () => {
    expect(renderDefaults([])).toBe('  none: every prop was given');
  });
});

describe('resources', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, { Type: 'AWS::SNS::Topic' }]));

  test('are counted against what CloudFormation takes', () => {
    const text = renderResources([stackOf(many(250), { path: 'Shop/a', templateBytes: 524_288 }), stackOf(many(2))]);
    expect(text.split('\n')).toEqual([
      '  stack   resources  of 500    bytes  of 1,048,576',
      '  Shop/a        250    50 %  524,288          50 %',
      '  Stack           2   0.4 %      100           0 %',
      '  252 resources in 2 stacks',
    ]);
  });

  test.each([
    [500, 1_048_576, 0],
    [501, 1_048_576, 1],
    [500, 1_048_577, 1],
    [501, 1_048_577, 2],
  ])('%d in a template of %d bytes are %d problems', (count, templateBytes, problems) => {
    expect(overLimits([stackOf(many(count), { templateBytes })])).toHaveLength(problems);
  });

  test('over a limit are told with the stack, the number and the way out', () => {
    expect(overLimits([stackOf(many(501))])).toEqual([
      "Stack has 501 resources, over CloudFormation's 500: split the stack",
    ]);
  });
});

describe('the next step', () => {
  const ROAD = { names: ['shop.example.com'], openRegions: [], guardedRegions: [] };

  test('is the deploy command, with what is not known yet left open', () => {
    const lines = renderNextStep(shop, {}, ROAD).split('\n');
    expect(lines.at(-1)?.trim()).toBe('npx cdk deploy --all -c account=… -c domain=… -c hostedZoneId=…');
    expect(lines).toContain(
      '  account  credentials of an AWS account that is bootstrapped in eu-west-1, us-east-1, us-west-2:',
    );
    expect(lines).toContain('             npx cdk bootstrap aws://…/eu-west-1 aws://…/us-east-1 aws://…/us-west-2');
  });

  test('takes over what was given, fit for a shell', () => {
    const given = { domain: 'a.org', account: '1', size: "a 'b'" };
    const text = renderNextStep(shop, given, ROAD);
    expect(text).toContain(
      "npx cdk deploy --all -c account=1 -c domain=a.org -c hostedZoneId=… -c 'size=a '\\''b'\\'''",
    );
    expect(text).toContain('aws://1/us-west-2');
    expect(text).toContain('the public hosted zone a.org,');
  });

  test('keeps a command in one line, so that it can be copied', () => {
    const domain = `${'a'.repeat(60)}.example.com`;
    expect(renderNextStep(shop, { domain }, ROAD)).toContain(
      `npx cdk deploy --all -c account=… -c domain=${domain} -c hostedZoneId=…`,
    );
  });

  test('warns of balancers that the world may reach', () => {
    expect(renderNextStep(shop, {}, ROAD)).not.toContain('warning');
    expect(renderNextStep(shop, {}, { ...ROAD, openRegions: ['eu-west-1'] })).toMatch(
      /^ {2}warning {2}the balancers in eu-west-1 take connections from the whole internet/m,
    );
  });

  test('names what clients will ask for, as the templates have it', () => {
    const text = renderNextStep(shop, {}, { ...ROAD, names: ['store.example.org'] });
    expect(text.replace(/\s+/g, ' ')).toContain('Clients will ask for store.example.org.');
  });

  test('says that an edge in front of a live service takes two deployments, when balancers demand its secret', () => {
    expect(renderNextStep(shop, {}, ROAD)).not.toContain('live?');
    const text = renderNextStep(shop, {}, { ...ROAD, guardedRegions: ['eu-west-1'] });
    expect(text).toMatch(/^ {2}live\? {4}the balancers in eu-west-1 demand a secret/m);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'put one in two deployments, the first with originAccess: OriginAccess.internet()',
    );
  });

  test('comes in the order control, sites, routing, edge', () => {
    expect(deployOrder(shop)).toEqual([
      ['Shop/control'],
      ['Shop/us-east-1', 'Shop/eu-west-1'],
      ['Shop/routing'],
      ['Shop/edge'],
    ]);
  });

  test('fails when stacks depend on each other in a circle', () => {
    const stacks = [
      stackOf({}, { id: 'A', path: 'A', dependencies: ['B'] }),
      stackOf({}, { id: 'B', path: 'B', dependencies: ['A'] }),
    ];
    expect(() => deployOrder(stacks)).toThrow('the stacks A, B depend on each other in a circle');
  });
});

describe('drawing', () => {
  test('keeps the guides beside lines that are broken', () => {
    const long = `${'word '.repeat(30)}end`;
    const text = renderTree({
      label: 'root',
      children: [
        { label: long, children: [{ label: 'leaf', children: [] }] },
        { label: 'last', note: '(note)', children: [] },
      ],
    });
    const lines = text.split('\n');
    expect(lines[1]).toMatch(/^├─ word /);
    expect(lines[2]).toMatch(/^│ {2}│ {2}word .*end$/);
    expect(lines.slice(3)).toEqual(['│  └─ leaf', '└─ last  (note)']);
  });

  test('makes names stand out and notes recede, without changing where lines break', () => {
    const node = { label: 'root', note: '(note)', children: [] };
    expect(renderTree(node, COLOUR)).toBe(
      '\u001b[1mroot\u001b[22m  \u001b[2m(note)\u001b[22m'.replace('  ', ' \u001b[2m\u001b[22m '),
    );
  });

  test('leaves a word whole that is longer than a line', () => {
    const url = `https://${'a'.repeat(120)}`;
    expect(wrap(`see ${url} there`, '  ')).toBe(`  see\n  ${url}\n  there`);
  });
});
