import { type Reference, resourceIn, type Value, ZoneOfRegion } from '../../lib/template';
import { failure } from '../support/files';
import { evaluated, plain } from '../support/template';

const value = (raw: unknown, others?: object, options?: Parameters<typeof evaluated>[2]) =>
  plain(evaluated(raw, others, options));

describe('references', () => {
  test('Ref and Fn::GetAtt give the resource and its attribute', () => {
    const found = evaluated([
      { Ref: 'Lb' },
      { 'Fn::GetAtt': ['Lb', 'DNSName'] },
      { 'Fn::GetAtt': 'Lb.A.B' },
    ]) as Reference[];
    expect(found.map(({ resource, attribute }) => [resource.logicalId, attribute])).toEqual([
      ['Lb', undefined],
      ['Lb', 'DNSName'],
      ['Lb', 'A.B'],
    ]);
  });

  test('Ref to what the template has not fails with where it stands', () => {
    expect(failure(() => evaluated({ Ref: 'Gone' }))).toBe(
      "HM1006 Shop: It (T): Ref to 'Gone', but the template has no parameter or resource of that name.",
    );
    expect(failure(() => evaluated({ 'Fn::GetAtt': ['Gone', 'Arn'] }))).toBe(
      "HM1006 Shop: It (T): Fn::GetAtt to 'Gone', but the template has no resource of that name.",
    );
  });

  test('Ref to a resource whose condition is false is unresolved', () => {
    const others = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Off: { Type: 'T::Off', Condition: 'Never' } },
    };
    expect(value({ Ref: 'Off' }, others)).toBe('<Shop/${Off}>');
  });

  test('AWS::NoValue takes properties and items away', () => {
    expect(value({ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }, 2] })).toEqual({ b: [1, 2] });
  });

  test('pseudo parameters follow the Region', () => {
    const all = ['Region', 'Partition', 'URLSuffix', 'AccountId', 'StackName'].map((name) => ({ Ref: `AWS::${name}` }));
    expect(value(all)).toEqual(['us-east-1', 'aws', 'amazonaws.com', '<${AWS::AccountId}>', 'Shop']);
    expect(value(all, {}, { region: 'cn-north-1' })).toEqual([
      'cn-north-1',
      'aws-cn',
      'amazonaws.com.cn',
      '<${AWS::AccountId}>',
      'Shop',
    ]);
    expect(value(all.slice(0, 2), {}, { region: 'us-gov-west-1' })).toEqual(['us-gov-west-1', 'aws-us-gov']);
    expect(value(all.slice(0, 2), {}, { region: null })).toEqual(['<Shop/${AWS::Region}>', '<${AWS::Partition}>']);
    expect(failure(() => evaluated({ Ref: 'AWS::Moon' }))).toContain("HM1006 Shop: It (T): Ref to 'AWS::Moon'");
  });
});

describe('texts', () => {
  test.each<[unknown, unknown]>([
    [{ 'Fn::Join': ['-', ['a', 1, true]] }, 'a-1-true'],
    [{ 'Fn::Join': ['-', []] }, ''],
    [{ 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': ['Lb', 'DNSName'] }]] }, '<dualstack.${Shop/Lb.DNSName}>'],
    [{ 'Fn::Join': ['.', ['a', { 'Fn::Join': ['.', [{ Ref: 'Lb' }, 'b']] }, 'c']] }, '<a.${Shop/Lb}.b.c>'],
    [{ 'Fn::Sub': 'x-${AWS::Region}-${!Literal}-$' }, 'x-us-east-1-${Literal}-$'],
    [{ 'Fn::Sub': '${Lb}/${Lb.Arn}' }, '<${Shop/Lb}/${Shop/Lb.Arn}>'],
    [{ 'Fn::Sub': ['${a}${Lb}', { a: { 'Fn::Join': ['', ['q', 1]] } }] }, '<q1${Shop/Lb}>'],
    [{ 'Fn::Split': [',', 'a,b,,c'] }, ['a', 'b', '', 'c']],
    [{ 'Fn::Split': ['||', { 'Fn::Join': ['||', [{ Ref: 'Lb' }, 'b']] }] }, ['<${Shop/Lb}>', 'b']],
    [{ 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    [{ 'Fn::ToJsonString': { a: [1, 'x'] } }, '{"a":[1,"x"]}'],
  ])('%j gives %j', (raw, expected) => {
    expect(value(raw)).toEqual(expected);
  });

  test.each<[unknown, unknown]>([
    ['{{resolve:secretsmanager:it}}', '<{{resolve:secretsmanager:it}}>'],
    ['a-{{resolve:ssm-secure:it:1}}-b', '<a-{{resolve:ssm-secure:it:1}}-b>'],
    [{ 'Fn::Sub': '{{resolve:ssm:/${AWS::Region}/port}}' }, '<us-east-1/{{resolve:ssm:/us-east-1/port}}>'],
    [
      { 'Fn::Sub': '{{resolve:secretsmanager:${Lb}:SecretString}}' },
      '<{{resolve:secretsmanager:${Shop/Lb}:SecretString}}>',
    ],
    [{ Ref: 'Given' }, '<{{resolve:secretsmanager:it}}>'],
    ['{{resolve:ssm:/port}}', '8080'],
    ['p{{resolve:ssm:/port}}', 'p8080'],
    ['{{resolve:ssm:/port:3}}', '<{{resolve:ssm:/port:3}}>'],
    ['{{resolve:}}', '{{resolve:}}'],
  ])('a dynamic reference is what a deployment reads: %j gives %j', (raw, expected) => {
    const Parameters = { Given: { Type: 'String', Default: '{{resolve:secretsmanager:it}}' } };
    const Resources = { Port: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/port', Value: 8080 } } };
    expect(value(raw, { Parameters, Resources })).toEqual(expected);
  });

  test('the address of an API is split like one that is known', () => {
    const url = { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}/' };
    const others = {
      Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' }, Stage: { Type: 'AWS::ApiGateway::Stage' } },
    };
    const after = { 'Fn::Select': [1, { 'Fn::Split': ['://', url] }] };
    const part = (place: number) =>
      String(evaluated({ 'Fn::Select': [place, { 'Fn::Split': ['/', after] }] }, others, { region: null }));
    expect(part(0)).toBe('${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}');
    expect(part(1)).toBe('${Stage}');
  });

  test('what may hold the separator is not split', () => {
    const arn = { 'Fn::Split': ['/', { 'Fn::Sub': 'x/${Lb}/y' }] };
    expect(String(evaluated({ 'Fn::Select': [2, arn] }))).toBe('${Select(2, ${Split("/", x/${Lb}/y)})}');
  });

  test('texts that are put together in other ways are the same', () => {
    const joined = { 'Fn::Join': ['', ['a', { 'Fn::Join': ['', ['b', { Ref: 'Lb' }]] }]] };
    expect(value(joined)).toEqual(value({ 'Fn::Sub': 'ab${Lb}' }));
  });

  test('a resource is found in a part of a text that is not known', () => {
    const found = evaluated({ 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Lb', 'Url'] }] }] });
    expect(resourceIn(found)?.logicalId).toBe('Lb');
    expect(String(found)).toBe('${Select(2, ${Split("/", ${Lb.Url})})}');
  });
});

describe('lists', () => {
  const mappings = { Mappings: { M: { 'us-east-1': { port: 80, zones: ['a', 'b'] } } } };

  test.each<[unknown, unknown]>([
    [{ 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    [{ 'Fn::Select': [0, { 'Fn::Split': ['/', 'x/y'] }] }, 'x'],
    [{ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'port'] }, 80],
    [{ 'Fn::FindInMap': ['M', 'us-east-1', 'zones'] }, ['a', 'b']],
    [{ 'Fn::FindInMap': ['M', 'mars-1', 'port', { DefaultValue: 443 }] }, 443],
    [{ 'Fn::Length': ['a', 'b'] }, 2],
    [{ 'Fn::Cidr': ['10.0.0.0/16', '2', '8'] }, ['10.0.0.0/24', '10.0.1.0/24']],
    [{ 'Fn::Cidr': ['192.168.7.9/24', 3, 5] }, ['192.168.7.0/27', '192.168.7.32/27', '192.168.7.64/27']],
    [{ 'Fn::Cidr': ['2001:db8::/56', 2, 64] }, ['2001:db8::/64', '2001:db8:0:1::/64']],
    [{ 'Fn::Cidr': [{ 'Fn::GetAtt': ['Lb', 'CidrBlock'] }, 2, 8] }, '<${Cidr([${Shop/Lb.CidrBlock}, "2", "8"])}>'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2] }, '<${Cidr(["10.0.0.0/16", "2"])}>'],
    [{ 'Fn::GetAZs': '' }, '<${zones of us-east-1}>'],
  ])('%j gives %j', (raw, expected) => {
    expect(value(raw, mappings)).toEqual(expected);
  });

  test('Fn::Select over Fn::GetAZs gives a zone of the Region', () => {
    const zones = [{ Ref: 'AWS::Region' }, '', 'eu-west-1'].map((region) => ({
      'Fn::Select': [1, { 'Fn::GetAZs': region }],
    }));
    const found = evaluated(zones) as ZoneOfRegion[];
    expect(found.every((zone) => zone instanceof ZoneOfRegion)).toBe(true);
    expect(found.map(({ region, index }) => [region, index])).toEqual([
      ['us-east-1', 1],
      ['us-east-1', 1],
      ['eu-west-1', 1],
    ]);
  });

  test('fails for a place that is not in the map or list', () => {
    expect(failure(() => evaluated({ 'Fn::FindInMap': ['M', 'mars-1', 'port'] }, mappings))).toBe(
      'HM1006 Shop: It (T): Fn::FindInMap finds no M.mars-1.port.',
    );
    expect(failure(() => evaluated({ 'Fn::FindInMap': ['No', 'a', 'b'] }))).toContain("the mapping 'No'");
    expect(failure(() => evaluated({ 'Fn::Select': [2, ['a']] }))).toBe(
      'HM1005 Shop: It (T): Fn::Select takes item 2 of a list of 1.',
    );
  });
});

test.each([
  [{ 'Fn::Jion': ['', []] }, 'the function Fn::Jion is unknown'],
  [{ 'Fn::Join': [''] }, 'Fn::Join takes a list of 2 values, got 1'],
  [{ 'Fn::Join': 'x' }, 'Fn::Join takes a list of 2 values, got none'],
  [{ 'Fn::Join': ['', 'x'] }, 'the second value of Fn::Join must be a list'],
  [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'the items of Fn::Join must be texts'],
  [{ 'Fn::Sub': 7 }, 'Fn::Sub takes a text'],
  [{ 'Fn::Sub': '${Lb' }, "Fn::Sub has a ${ without } in '${Lb'"],
  [{ 'Fn::Split': ['', 'x'] }, 'the separator of Fn::Split must not be empty'],
  [{ 'Fn::Select': ['x', ['a']] }, "the index of Fn::Select must be an integer from 0, got 'x'"],
  [{ 'Fn::GetAtt': 'Lb' }, "Fn::GetAtt takes a logical id and an attribute, got 'Lb'"],
  [{ 'Fn::Cidr': ['10.0.0.0/16', 257, 4] }, "the count of Fn::Cidr must be an integer from 1 to 256, got '257'"],
  [{ 'Fn::Cidr': ['10.0.0.0/16', 1, 17] }, "the bits of Fn::Cidr must be an integer from 1 to 16, got '17'"],
  [{ 'Fn::Cidr': ['10.0.0.0', 1, 4] }, "Fn::Cidr takes a block such as 10.0.0.0/16, got '10.0.0.0'"],
  [{ 'Fn::Cidr': ['10.0.0.0/24', 3, 7] }, "Fn::Cidr takes 3 blocks of 7 bits from 10.0.0.0/24, which hasn't so many"],
  [{ 'Fn::If': ['a', 'b'] }, 'Fn::If takes a list of 3 values, got 2'],
  [{ Ref: ['Lb'] }, 'the value of Ref must be a text'],
  [{ 'Fn::Join': ['', ['a']], other: 1 }, 'Fn::Join must be the only key of its mapping'],
])('fails for %j', (raw, message) => {
  expect(failure(() => evaluated(raw))).toContain(`HM1005 Shop: It (T): ${message}`);
});

test('properties are evaluated once', () => {
  const found = evaluated({ Ref: 'Lb' }) as Reference;
  const first: Value = found.resource.properties;
  expect(found.resource.properties).toBe(first);
});
