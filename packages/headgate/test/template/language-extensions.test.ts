import { Traffic } from '../../lib/traffic';
import { failure } from '../support/files';
import { evaluated, plain, shop } from '../support/template';

const EXTENSIONS = { Transform: 'AWS::LanguageExtensions' };

test('loops give resources, outputs and conditions', () => {
  const templates = shop({
    ...EXTENSIONS,
    Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'Blue,Green' } },
    Conditions: { 'Fn::ForEach::C': ['N', ['Blue', 'Green'], { 'Is${N}': { 'Fn::Equals': ['${N}', 'Blue'] } }] },
    Resources: {
      'Fn::ForEach::R': [
        'Name',
        { Ref: 'Names' },
        {
          '${Name}Targets': {
            Type: 'T',
            Properties: {
              Name: { Ref: 'Name' },
              Text: { 'Fn::Sub': 'x-${Name}' },
              First: { 'Fn::If': ['Is${Name}', 1, 2] },
            },
          },
        },
      ],
    },
    Outputs: { 'Fn::ForEach::O': ['N', ['Blue'], { '${N}Out': { Value: { Ref: '${N}Targets' } } }] },
  });
  expect(templates.ofType('T').map(({ logicalId, properties }) => [logicalId, plain(properties)])).toEqual([
    ['BlueTargets', { Name: 'Blue', Text: 'x-Blue', First: 1 }],
    ['GreenTargets', { Name: 'Green', Text: 'x-Green', First: 2 }],
  ]);
  expect(plain(templates.stacks[0]!.outputs.get('BlueOut'))).toBe('<${Shop/BlueTargets}>');
  expect(templates.warnings).toEqual([]);
});

test('loops stand inside each other and in properties', () => {
  const inner = ['B', ['x', 'y'], { '${A}${B}': { 'Fn::Join': ['', ['${A}', '-', { Ref: 'B' }]] } }];
  const loop = { keep: 0, 'Fn::ForEach::A': ['A', ['1', '2'], { 'Fn::ForEach::B': inner }] };
  expect(evaluated(loop, EXTENSIONS)).toEqual({ keep: 0, '1x': '1-x', '1y': '1-y', '2x': '2-x', '2y': '2-y' });
});

test('&{Name} leaves letters and digits only', () => {
  const loop = { 'Fn::ForEach::L': ['Zone', ['us-east-1a'], { 'Z&{Zone}': '${Zone}' }] };
  expect(evaluated(loop, EXTENSIONS)).toEqual({ Zuseast1a: 'us-east-1a' });
});

test('a loop over a list that is not known is left out with a warning', () => {
  const templates = shop({
    ...EXTENSIONS,
    Parameters: { Names: { Type: 'CommaDelimitedList' } },
    Resources: { 'Fn::ForEach::R': ['N', { Ref: 'Names' }, { '${N}': { Type: 'T' } }] },
  });
  expect(templates.ofType('T')).toEqual([]);
  expect(templates.warnings).toEqual([
    "Shop: Resources: Fn::ForEach::R runs over a list that isn't known, so what it gives is left out.",
  ]);
});

test('what needs the transform is warned of without it', () => {
  const templates = shop({ Resources: { It: { Type: 'T', Properties: { value: { 'Fn::Length': [1] } } } } });
  expect(templates.find('It').properties).toEqual({ value: 1 });
  expect(templates.warnings).toEqual([
    'Shop: Fn::Length needs `Transform: AWS::LanguageExtensions`, which the template lacks.',
  ]);
});

test.each([
  [{ 'Fn::ForEach::L': ['N', ['a']] }, 'Fn::ForEach::L takes a list of 3 values, got 2'],
  [{ 'Fn::ForEach::L': [1, ['a'], {}] }, 'Fn::ForEach::L takes the name of a variable, a list and a mapping'],
  [{ 'Fn::ForEach::L': ['N', 'a', {}] }, 'the list of Fn::ForEach::L must be a list'],
  [{ 'Fn::ForEach::L': ['N', [{ a: 1 }], {}] }, 'the items of the list of Fn::ForEach::L must be texts'],
  [{ 'Fn::ForEach::L': ['N', ['a', 'b'], { same: 1 }] }, "Fn::ForEach gives the key 'same' twice"],
])('fails for %j', (loop, message) => {
  expect(failure(() => evaluated(loop, EXTENSIONS))).toContain(`HM1005 Shop: It (T): ${message}`);
});

test('loops that multiply are refused before they fill the memory', () => {
  const many = Array.from({ length: 60 }, (_, index) => `v${index}`);
  let body: object = { '${A}${B}${C}${D}${E}': 1 };
  for (const name of ['A', 'B', 'C', 'D', 'E']) body = { [`Fn::ForEach::${name}`]: [name, many, body] };
  expect(failure(() => evaluated(body, EXTENSIONS))).toBe(
    'HM1004 Shop: It (T): the functions of all templates give too much together.',
  );
});

test('macros are not run: what they would make is unresolved, and a warning names them', () => {
  const templates = shop({
    Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions', { Name: 'Mine' }],
    Resources: {
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x' } },
      It: { Type: 'T', Properties: { value: { Ref: 'ServerlessRestApi' }, 'Fn::Transform': { Name: 'Other' } } },
    },
  });
  expect(plain(templates.find('It').properties)).toEqual({ value: '<Shop/${ServerlessRestApi}>' });
  expect(templates.warnings).toEqual([
    "Shop: the macro AWS::Serverless-2016-10-31 isn't run: the template is read as it stands.",
    "Shop: the macro Mine isn't run: the template is read as it stands.",
    "Shop: the macro AWS::Include isn't run: the template is read as it stands.",
    "Shop: It (T): what Other gives isn't known, since macros aren't run.",
  ]);
});

describe('what a macro includes', () => {
  const INCLUDE = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x' } } };
  const B = 'AWS::ElasticLoadBalancingV2';
  const balancer = (rule: object) => ({
    Lb: { Type: `${B}::LoadBalancer` },
    L: {
      Type: `${B}::Listener`,
      Properties: {
        LoadBalancerArn: { Ref: 'Lb' },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      },
    },
    Rule: rule,
  });
  const ask = (template: object) => {
    const { outcomes, warnings } = new Traffic(shop(template)).request({ url: 'http://example.com/a' });
    return { ends: outcomes.map(({ status, quality }) => [status, quality]), warnings };
  };
  const properties = {
    ListenerArn: { Ref: 'L' },
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
  };

  test('into properties may be any of those that are not written', () => {
    const rule = { Type: `${B}::ListenerRule`, Properties: { ...properties, ...INCLUDE } };
    const { ends, warnings } = ask({ Resources: balancer(rule) });
    expect(ends).toEqual([[null, 'bounded']]);
    expect(warnings).toEqual([
      "Shop: Rule (AWS::ElasticLoadBalancingV2::ListenerRule): what AWS::Include gives isn't known, since macros aren't run.",
      "Shop/Rule (AWS::ElasticLoadBalancingV2::ListenerRule): Actions isn't known, so nobody knows who answers.",
    ]);
  });

  test('as a whole resource leaves it out', () => {
    const { ends, warnings } = ask({ Resources: balancer(INCLUDE) });
    expect(ends).toEqual([[404, 'exact']]);
    expect(warnings).toEqual([
      "Shop: Rule: what AWS::Include gives isn't known, since macros aren't run.",
      'Shop: Rule is left out, since a macro gives what it is.',
    ]);
  });

  test('into Mappings leaves what is looked up there unknown', () => {
    const Actions = [
      { Type: 'fixed-response', FixedResponseConfig: { StatusCode: { 'Fn::FindInMap': ['Codes', 'a', 'b'] } } },
    ];
    const rule = { Type: `${B}::ListenerRule`, Properties: { ...properties, Actions } };
    const { ends, warnings } = ask({ Mappings: INCLUDE, Resources: balancer(rule) });
    expect(ends).toEqual([[null, 'exact']]);
    expect(warnings).toContainEqual(expect.stringContaining("StatusCode isn't known"));
  });
});
