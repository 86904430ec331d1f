import { fromObjects, Reference } from '../../lib/template';
import { failure } from '../support/files';
import { plain } from '../support/template';

const network = {
  Resources: { Lb: { Type: 'T::Lb' } },
  Outputs: {
    Dns: {
      Value: { 'Fn::GetAtt': ['Lb', 'DNSName'] },
      Export: { Name: { 'Fn::Sub': '${AWS::StackName}-Dns' } },
    },
    List: { Value: { 'Fn::Join': ['||', [{ Ref: 'Lb' }, 'x']] }, Export: { Name: 'list' } },
    Off: { Condition: 'Never', Value: 'off', Export: { Name: 'off' } },
  },
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
};

const reader = (value: unknown) => ({ Resources: { It: { Type: 'T', Properties: { value } } } });

function read(value: unknown, regions: readonly [string?, string?] = []): unknown {
  const objects = [
    { name: 'Network', region: regions[0], template: network },
    { name: 'App', region: regions[1], template: reader(value) },
  ].map(({ region, ...rest }) => (region === undefined ? rest : { ...rest, region }));
  return plain(fromObjects(objects).find('It').properties.value);
}

test('Fn::ImportValue leads to the resource of the stack that exports it', () => {
  const templates = fromObjects([
    { name: 'App', template: reader({ 'Fn::ImportValue': 'Network-Dns' }) },
    { name: 'Network', template: network },
  ]);
  const value = templates.find('It').properties.value as Reference;
  expect(value).toBeInstanceOf(Reference);
  expect([value.resource.stack.name, value.attribute]).toEqual(['Network', 'DNSName']);
});

test('a list that the CDK exports as a text is a list again', () => {
  expect(read({ 'Fn::Split': ['||', { 'Fn::ImportValue': 'list' }] })).toEqual(['<${Network/Lb}>', 'x']);
});

test('exports are those of a Region', () => {
  const value = { 'Fn::ImportValue': 'Network-Dns' };
  expect(read(value, ['us-east-1', 'us-east-1'])).toBe('<${Network/Lb.DNSName}>');
  expect(read(value, ['us-east-1', undefined])).toBe('<${Network/Lb.DNSName}>');
  expect(read(value, ['us-east-1', 'eu-west-1'])).toBe('<${Fn::ImportValue Network-Dns}>');
});

test('of several exports of one name, nobody knows which is meant where the Region is not known', () => {
  const regions = { us: 'us-east-1', eu: 'eu-west-1' };
  const twice = Object.entries(regions).map(([name, region]) => ({
    name,
    region,
    template: {
      Resources: { Lb: { Type: 'T::Lb' } },
      Outputs: { O: { Value: { Ref: 'Lb' }, Export: { Name: 'lb' } } },
    },
  }));
  const readBy = (value: unknown, region?: string) => {
    const app = { name: 'App', template: reader(value), ...(region === undefined ? {} : { region }) };
    const templates = fromObjects([...twice, app]);
    return [plain(templates.find('It').properties.value), ...templates.warnings];
  };
  expect(readBy({ 'Fn::ImportValue': 'lb' }, 'eu-west-1')).toEqual(['<${eu/Lb}>']);
  expect(readBy({ 'Fn::ImportValue': 'lb' })).toEqual([
    '<${Fn::ImportValue lb}>',
    "App: us and eu have the export lb; which of them is in its Region isn't known, so the value isn't.",
  ]);
});

test('a stack of a Region that is not known is not read', () => {
  const app = {
    name: 'App',
    template: {
      Parameters: { Where: { Type: 'String' } },
      ...reader({ 'Fn::GetStackOutput': { StackName: 'Network', OutputName: 'Dns', Region: { Ref: 'Where' } } }),
    },
  };
  const templates = fromObjects([{ name: 'Network', region: 'us-east-1', template: network }, app]);
  expect(plain(templates.find('It').properties.value)).toBe('<${Fn::GetStackOutput Network.Dns}>');
  expect(templates.warnings).toEqual([
    "App: which Region's stack Network Fn::GetStackOutput reads isn't known, so its value isn't.",
  ]);
});

test('what no stack exports, or only under a condition that is false, is unresolved', () => {
  expect(read({ 'Fn::ImportValue': 'nothing' })).toBe('<${Fn::ImportValue nothing}>');
  expect(read({ 'Fn::ImportValue': 'off' })).toBe('<${Fn::ImportValue off}>');
});

test('Fn::GetStackOutput reads an output, also of another Region', () => {
  const output = { StackName: 'Network', OutputName: 'Dns' };
  expect(read({ 'Fn::GetStackOutput': output })).toBe('<${Network/Lb.DNSName}>');
  const there = { 'Fn::GetStackOutput': { ...output, Region: 'us-east-1', RoleArn: 'arn:x' } };
  expect(read(there, ['us-east-1', 'eu-west-1'])).toBe('<${Network/Lb.DNSName}>');
  expect(read({ 'Fn::GetStackOutput': output }, ['us-east-1', 'eu-west-1'])).toContain(
    '${Fn::GetStackOutput Network.Dns}',
  );
  expect(read({ 'Fn::GetStackOutput': { ...output, OutputName: 'Off' } })).toContain(
    '${Fn::GetStackOutput Network.Off}',
  );
});

test('what the CDK carries from Region to Region leads to the resource', () => {
  const name = '/cdk/exports/App/LbDns';
  const exports = { [name]: { 'Fn::GetAtt': ['Lb', 'DNSName'] } };
  const writer = {
    Type: 'Custom::CrossRegionExportWriter',
    Properties: { WriterProps: { region: 'us-east-1', exports } },
  };
  const read = (attribute: string) =>
    fromObjects([
      {
        name: 'App',
        region: 'us-east-1',
        template: {
          Resources: {
            Reader: { Type: 'Custom::CrossRegionExportReader' },
            It: { Type: 'T', Properties: { value: { 'Fn::GetAtt': ['Reader', attribute] } } },
          },
        },
      },
      { name: 'Net', region: 'eu-west-1', template: { Resources: { Lb: { Type: 'T::Lb' }, Writer: writer } } },
    ]).find('It').properties.value;
  expect(plain(read(name))).toBe('<${Net/Lb.DNSName}>');
  expect(plain(read('/cdk/exports/App/Other'))).toBe('<App/${Reader./cdk/exports/App/Other}>');
});

test('fails for exports in a circle', () => {
  const circle = (own: string, other: string) => ({
    Resources: { [own]: { Type: 'T', Properties: { value: { 'Fn::ImportValue': other } } } },
    Outputs: { O: { Value: { 'Fn::ImportValue': other }, Export: { Name: own } } },
  });
  const templates = fromObjects([
    { name: 'A', template: circle('a', 'b') },
    { name: 'B', template: circle('b', 'a') },
  ]);
  expect(failure(() => templates.find('a').properties)).toMatch(/^HM1008 .: output 'O' depends on itself\.$/);
});

describe('a parameter of the Parameter Store', () => {
  const owner = (name: unknown) => ({
    Resources: {
      Listener: { Type: 'T::Listener' },
      Stored: { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Type: 'String', Value: { Ref: 'Listener' } } },
    },
  });
  const other = {
    Parameters: { Arn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/listener' } },
    ...reader({ Ref: 'Arn' }),
  };
  const readWith = (name: unknown, regions: readonly [string, string], parameters = {}) =>
    plain(
      fromObjects(
        [
          { name: 'Other', region: regions[1], template: other },
          { name: 'Owner', region: regions[0], template: owner(name) },
        ],
        { parameters },
      ).find('It').properties.value,
    );

  test('has the value that another stack of the Region writes', () => {
    expect(readWith('/shop/listener', ['eu-west-1', 'eu-west-1'])).toBe('<${Owner/Listener}>');
  });

  test('is not known where no stack of the Region writes it', () => {
    const unknown = '<eu-west-1/{{resolve:ssm:/shop/listener}}>';
    expect(readWith('/shop/other', ['eu-west-1', 'eu-west-1'])).toBe(unknown);
    expect(readWith('/shop/listener', ['us-east-1', 'eu-west-1'])).toBe(unknown);
    expect(readWith({ Ref: 'Listener' }, ['eu-west-1', 'eu-west-1'])).toBe(unknown);
  });

  test('has the value that is given by hand before all', () => {
    expect(readWith('/shop/listener', ['eu-west-1', 'eu-west-1'], { Arn: 'arn:given' })).toBe('arn:given');
  });

  test('may be written and read by the same stack', () => {
    const template = { ...other, Resources: { ...owner('/shop/listener').Resources, ...other.Resources } };
    expect(plain(fromObjects([{ name: 'One', template }]).find('It').properties.value)).toBe('<${One/Listener}>');
  });
});
