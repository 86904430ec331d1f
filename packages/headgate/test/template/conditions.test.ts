import { fromObjects } from '../../lib/template';
import { failure } from '../support/files';
import { evaluated, plain, shop } from '../support/template';

const STAGES = {
  Parameters: { Stage: { Type: 'String', Default: 'prod' }, Size: { Type: 'Number' } },
  Conditions: {
    Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    Big: { 'Fn::Equals': [{ Ref: 'Size' }, 9] },
    NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] },
    Both: { 'Fn::And': [{ Condition: 'Prod' }, { 'Fn::Not': [{ Condition: 'Big' }] }] },
    Either: { 'Fn::Or': [{ Condition: 'NotProd' }, { Condition: 'Big' }] },
    Same: { 'Fn::Equals': [{ Ref: 'Size' }, { Ref: 'Size' }] },
  },
};

const pick = (name: string) => ({ 'Fn::If': [name, 'yes', { Ref: 'AWS::NoValue' }] });

test.each([
  ['Prod', 'yes'],
  ['NotProd', null],
  ['Both', 'yes'],
  ['Either', null],
  ['Same', 'yes'],
])('Fn::If by %s gives %j', (name, expected) => {
  expect(plain(evaluated(pick(name), STAGES))).toBe(expected);
});

test('numbers and texts compare as texts', () => {
  expect(evaluated(pick('Big'), STAGES, { parameters: { Size: '9' } })).toBe('yes');
});

test('resources and outputs whose condition is false are left out', () => {
  const templates = shop({
    ...STAGES,
    Resources: { A: { Type: 'T', Condition: 'Prod' }, B: { Type: 'T', Condition: 'NotProd' } },
    Outputs: { A: { Value: 'a', Condition: 'Prod' }, B: { Value: { Ref: 'B' }, Condition: 'NotProd' } },
  });
  expect(templates.ofType('T').map(({ logicalId }) => logicalId)).toEqual(['A']);
  expect([...templates.stacks[0]!.outputs]).toEqual([['A', 'a']]);
});

describe('a comparison with a value that is not known', () => {
  test('is false, and the warning says how to give it', () => {
    const templates = shop({ ...STAGES, Resources: { A: { Type: 'T', Condition: 'Big' } } });
    expect(templates.ofType('T')).toEqual([]);
    expect(templates.warnings).toEqual([
      "Shop: the condition 'Big' was read as false, since ${Size} isn't known and so taken to be different from what it is " +
        'compared with. Give it with --parameter Size=VALUE.',
    ]);
  });

  test('is warned of under the condition that is used', () => {
    const templates = shop({ ...STAGES, Resources: { A: { Type: 'T', Condition: 'Both' } } });
    expect(templates.ofType('T')).toHaveLength(1);
    expect(templates.warnings).toHaveLength(1);
    expect(templates.warnings[0]).toContain("the condition 'Both' was read as true");
  });

  test('is not warned of if nothing uses it', () => {
    const resources = { A: { Type: 'T', Condition: 'Prod' }, Cdk: { Type: 'AWS::CDK::Metadata', Condition: 'Big' } };
    expect(shop({ ...STAGES, Resources: resources }).warnings).toEqual([]);
  });

  test('is warned of when a property that uses it is read', () => {
    const templates = shop({ ...STAGES, Resources: { A: { Type: 'T', Properties: { Value: pick('Big') } } } });
    expect(templates.warnings).toEqual([]);
    expect(templates.find('A').properties).toEqual({});
    expect(templates.warnings).toHaveLength(1);
  });

  test('names the pseudo parameter inside of other functions', () => {
    const here = { 'Fn::Equals': [{ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'x'] }, ''] };
    const templates = shop(
      { Mappings: { M: {} }, Conditions: { Here: here }, Resources: { A: { Type: 'T', Condition: 'Here' } } },
      { region: null },
    );
    expect(templates.warnings[0]).toContain('--parameter AWS::Region=VALUE');
  });
});

test('fails for conditions that are not there, not usable or in a circle', () => {
  const withCondition = (conditions: object) => () =>
    shop({ Conditions: conditions, Resources: { A: { Type: 'T', Condition: 'C' } } });
  expect(failure(withCondition({}))).toBe("HM1006 Shop: A (T): the condition 'C' isn't in Conditions.");
  expect(failure(withCondition({ C: 'x' }))).toContain("HM1005 Shop: condition 'C': a condition must be one of");
  expect(failure(withCondition({ C: { 'Fn::Equals': ['a'] } }))).toContain(
    'Fn::Equals takes a list of 2 values, got 1',
  );
  expect(failure(withCondition({ C: { 'Fn::Join': ['', []] } }))).toContain("Fn::Join isn't a condition");
  expect(failure(withCondition({ C: { Condition: 'D' }, D: { Condition: 'C' } }))).toBe(
    "HM1008 Shop: condition 'C' depends on itself.",
  );
});

test('fails for a row of conditions that is too long instead of running out of stack', () => {
  const conditions: Record<string, unknown> = { C0: { 'Fn::Equals': ['a', 'a'] } };
  for (let n = 1; n <= 20_000; n++) conditions[`C${n}`] = { 'Fn::Not': [{ Condition: `C${n - 1}` }] };
  const read = () => shop({ Conditions: conditions, Resources: { A: { Type: 'T', Condition: 'C20000' } } });
  expect(failure(read)).toMatch(/^HM1004 .*more than 200 values depend on each other in a row/);
});

test('each stack has conditions of its own', () => {
  const template = (value: string) => ({
    Conditions: { C: { 'Fn::Equals': [value, 'a'] } },
    Resources: { R: { Type: 'T', Condition: 'C' } },
  });
  const templates = fromObjects([
    { name: 'A', template: template('a') },
    { name: 'B', template: template('b') },
  ]);
  expect(templates.ofType('T').map(({ stack }) => stack.name)).toEqual(['A']);
});
