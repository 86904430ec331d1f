import { fromObjects } from '../../lib/template';
import { failure } from '../support/files';
import { evaluated, plain, shop } from '../support/template';

const PARAMETERS = {
  Parameters: {
    Name: { Type: 'String' },
    Port: { Type: 'Number', Default: 80 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
    Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'prod'] },
    Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/image' },
    Empty: { Type: 'CommaDelimitedList', Default: '' },
  },
};

const all = Object.keys(PARAMETERS.Parameters).map((Ref) => ({ Ref }));

test('parameters have their defaults, and stay symbolic without', () => {
  expect(plain(evaluated(all, PARAMETERS))).toEqual([
    '<Shop/${Name}>',
    '80',
    ['a', 'b'],
    '<Shop/${Subnets}>',
    'test',
    '<us-east-1/{{resolve:ssm:/aws/image}}>',
    [],
  ]);
});

test('parameters are given by hand, for all stacks or for one', () => {
  const parameters = { Name: 'x', 'Shop/Name': 'y', Port: '8080', Subnets: 's-1,s-2', Stage: 'prod', Image: 'ami-1' };
  expect(plain(evaluated(all, PARAMETERS, { parameters }))).toEqual([
    'y',
    '8080',
    ['a', 'b'],
    ['s-1', 's-2'],
    'prod',
    'ami-1',
    [],
  ]);
});

test('a parameter of two stacks is not the same value', () => {
  const template = { ...PARAMETERS, Resources: { R: { Type: 'T', Properties: { Name: { Ref: 'Name' } } } } };
  const templates = fromObjects([
    { name: 'A', template },
    { name: 'B', template },
  ]);
  expect(templates.ofType('T').map(({ properties }) => plain(properties.Name ?? null))).toEqual([
    '<A/${Name}>',
    '<B/${Name}>',
  ]);
});

test('AWS::Region and the like are given where they are not known', () => {
  const refs = [{ Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, { Ref: 'AWS::StackName' }];
  const parameters = { 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '123456789012', 'AWS::StackName': 'Live' };
  expect(evaluated(refs, {}, { region: null, parameters })).toEqual(['eu-west-1', '123456789012', 'Live']);
  expect(shop({}, { region: null, parameters }).stacks[0]?.region).toBe('eu-west-1');
});

test('a Region that changes nothing is warned of', () => {
  expect(shop({}, { parameters: { 'AWS::Region': 'eu-west-1' } }).warnings).toEqual([
    "parameter 'AWS::Region': Shop is for us-east-1, so 'eu-west-1' isn't used for it.",
  ]);
});

test.each([
  [
    { Nmae: 'x' },
    "HM1007 parameter 'Nmae': no template has it; did you mean Name? There are: Name, Port, Zones, Subnets, Stage, Image, Empty.",
  ],
  [{ 'Shop/Nmae': 'x' }, "HM1007 parameter 'Shop/Nmae': no template has it; did you mean Name?"],
  [{ 'Other/Name': 'x' }, "HM1007 parameter 'Other/Name': no stack is named 'Other'. There are: Shop."],
  [{ 'AWS::Moon': 'x' }, "HM1007 parameter 'AWS::Moon': isn't a pseudo parameter."],
  [{ 'AWS::Region': 'Ireland' }, "HM1007 parameter 'AWS::Region': 'Ireland' isn't the name of a Region."],
  [{ 'AWS::Region': 'eu-wset-1' }, "HM1007 parameter 'AWS::Region': 'eu-wset-1' isn't the name of a Region."],
  [{ 'AWS::AccountId': '12' }, "HM1007 parameter 'AWS::AccountId': must be twelve digits, got '12'."],
  [{ Port: 'x' }, "HM1007 Shop: parameter 'Port' must be a number, got 'x'."],
  [{ Stage: 'live' }, "HM1007 Shop: parameter 'Stage' must be one of test, prod, got 'live'."],
])('fails for the parameters %j', (parameters, message) => {
  expect(failure(() => evaluated(all, PARAMETERS, { parameters: parameters as Record<string, string> }))).toContain(
    message,
  );
});

/** What a parameter with some constraints says to a value that is given, or to its default. */
function said(parameter: object, given?: string): string {
  const options = given === undefined ? {} : { parameters: { P: given } };
  const Parameters = { P: { Type: 'String', ...parameter } };
  const template = { Parameters, Resources: { R: { Type: 'T', Properties: { P: { Ref: 'P' } } } } };
  try {
    const templates = shop(template, options);
    return [plain(templates.find('R').properties.P), ...templates.warnings].join(' ');
  } catch (error) {
    return (error as Error).message;
  }
}

describe('constraints of parameters', () => {
  test.each<[object, string, string]>([
    [{ Type: 'Number', MinValue: 1, MaxValue: '9' }, '9', '9'],
    [{ Type: 'Number', MinValue: 1 }, '0', "Shop: parameter 'P' must be at least 1, got '0'."],
    [{ Type: 'Number', MaxValue: '9' }, '9.5', "Shop: parameter 'P' must be at most 9, got '9.5'."],
    [{ MinLength: 2, MaxLength: 3 }, 'abc', 'abc'],
    [{ MinLength: '2' }, 'a', "Shop: parameter 'P' must have at least 2 characters, got 'a'."],
    [{ MaxLength: 3 }, 'abcd', "Shop: parameter 'P' must have at most 3 characters, got 'abcd'."],
    [{ AllowedPattern: '[a-z]+' }, 'abc', 'abc'],
    [{ AllowedPattern: '[a-z]+' }, 'abc1', "Shop: parameter 'P' must match [a-z]+, got 'abc1'."],
    [{ AllowedPattern: '^[a-z]+$' }, '1', "Shop: parameter 'P' must match ^[a-z]+$, got '1'."],
    [
      { AllowedPattern: '[a-z]+', ConstraintDescription: 'only small letters' },
      'A',
      "Shop: parameter 'P' must match [a-z]+, got 'A' (only small letters).",
    ],
    [
      { AllowedValues: ['a'], ConstraintDescription: 'a it is' },
      'A',
      "Shop: parameter 'P' must be one of a, got 'A' (a it is).",
    ],
    [{ Type: 'CommaDelimitedList', AllowedPattern: '[a-z]' }, 'a, b', 'a,b'],
    [
      { Type: 'CommaDelimitedList', AllowedPattern: '[a-z]' },
      'a, bc',
      "Shop: parameter 'P' must match [a-z], got 'bc'.",
    ],
    [{ MinLength: 'x' }, 'a', "Shop: parameter 'P' must have a number as its MinLength."],
    [{ AllowedPattern: 5 }, 'a', "Shop: parameter 'P' must have a text as its AllowedPattern."],
  ])('%j takes or refuses %s as CloudFormation does', (parameter, given, expected) => {
    expect(said(parameter, given)).toBe(expected);
  });

  test.each<[object, string]>([
    [{ Default: 'a', AllowedPattern: '[a-z]' }, 'a'],
    [{ Default: 5.1, AllowedValues: ['5.10'] }, '5.1'],
    [{ Default: 80, Type: 'Number', AllowedValues: [80, 443] }, '80'],
    [{ Default: 'A', AllowedPattern: '[a-z]' }, "Shop: parameter 'P': its Default must match [a-z], got 'A'."],
    [{ Default: 'x', AllowedValues: ['a'] }, "Shop: parameter 'P': its Default must be one of a, got 'x'."],
    [{ Default: 'x', Type: 'Number' }, "Shop: parameter 'P': its Default must be a number, got 'x'."],
    [{ Default: '', MinLength: 1 }, "Shop: parameter 'P': its Default must have at least 1 characters, got ''."],
  ])('hold for defaults: %j', (parameter, expected) => {
    expect(said(parameter)).toBe(expected);
  });

  test('a default that is refused is no matter where another value is given', () => {
    expect(said({ Default: 'A', AllowedPattern: '[a-z]' }, 'a')).toBe('a');
  });

  test.each(['(?=a).+', '(a)\\1', '[a-z&&[^b]]', '[a-c[x]]'])('a pattern that cannot be tried warns: %s', (pattern) => {
    expect(said({ AllowedPattern: pattern }, 'b')).toBe(
      `b Shop: parameter 'P' has the AllowedPattern ${pattern}, which can't be tried here: 'b' counts as allowed.`,
    );
  });
});

test('fails for a given __proto__ as for any other name', () => {
  const parameters = JSON.parse('{ "__proto__": "x" }');
  expect(failure(() => shop(PARAMETERS, { parameters }))).toContain("parameter '__proto__': no template has it");
});

test.each([
  [{ Default: { x: 1 } }, 'HM1002', 'must have a text as its Default'],
  [{ Default: ['a', { x: 1 }], Type: 'CommaDelimitedList' }, 'HM1002', 'must have a text as its Default'],
  [{ Default: 'a', AllowedValues: ['a', { x: 1 }] }, 'HM1002', 'must have texts as its AllowedValues'],
])('fails for the parameter %j', (parameter, code, message) => {
  const given = 'AllowedValues' in parameter ? { parameters: { P: 'a' } } : {};
  const found = failure(() => evaluated({ Ref: 'P' }, { Parameters: { P: { Type: 'String', ...parameter } } }, given));
  expect(found).toBe(`${code} Shop: parameter 'P' ${message}.`);
});
