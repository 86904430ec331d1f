import { trafficOf } from '../../support/traffic';
import {
  alias,
  BALANCER,
  CHECK,
  check,
  endsIn,
  firstIn,
  nameOf,
  record,
  SHOP,
  type Surroundings,
  worldOf,
} from './support';

const LIVE = { Type: 'HTTPS', FullyQualifiedDomainName: 'live.example.com', ResourcePath: '/live' };
const AROUND = { Live: alias(nameOf('Lb'), false, { Name: 'live.example.com' }), Lb: BALANCER };

function status(config: object, surroundings: Surroundings = {}, around: object = AROUND) {
  const world = worldOf({ Check: check(config), ...around }, surroundings);
  return world.healthCheck(world.templates.find('Check'));
}

test('a fault decides the final status, whatever the check finds', () => {
  const faulty = status({ ...LIVE, Inverted: true }, { faults: ['health-check=Check'] });
  expect(faulty).toMatchObject({ healthy: false, because: 'Check is unhealthy: a fault says so' });
});

test('an endpoint in a Region that is down does not answer', () => {
  const down = status(LIVE, { faults: ['region=us-east-1'] });
  expect(down.healthy).toBe(false);
  expect(down.because).toBe("Check is unhealthy: its endpoint live.example.com doesn't answer (error Lb)");
});

test('the name of an AWS endpoint says which Region it is in', () => {
  const name = { Type: 'HTTP', FullyQualifiedDomainName: 'web-1.eu-west-1.elb.amazonaws.com' };
  expect(status(name).healthy).toBe(true);
  expect(status(name, { faults: ['region=us-east-1'] }).healthy).toBe(true);
  expect(status(name, { faults: ['region=eu-west-1'] }).because).toBe(
    'Check is unhealthy: its endpoint is in eu-west-1, which is down',
  );
});

test('the address of a resource is in the Region of its stack', () => {
  const address = { Type: 'TCP', Port: 443, IPAddress: { Ref: 'Address' } };
  const around = { Address: { Type: 'AWS::EC2::EIP', Properties: {} } };
  expect(status(address, {}, around).healthy).toBe(true);
  expect(status(address, { faults: ['region=us-east-1'] }, around).healthy).toBe(false);
});

test('a check by TCP is content with a balancer that answers 503, a check by HTTP is not', () => {
  const broken = { broken: { Lb: 1 } };
  expect(status({ ...LIVE, Type: 'TCP', Port: 443 }, broken).healthy).toBe(true);
  expect(status({ ...LIVE, Type: 'HTTP' }, broken).healthy).toBe(false);
});

test('an endpoint that a resource names is reached directly', () => {
  const named = { Type: 'HTTP', FullyQualifiedDomainName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } };
  expect(status(named).healthy).toBe(true);
  expect(status(named, { broken: { Lb: 1 } }).healthy).toBe(false);
});

test('children are named when they are out', () => {
  const calculated = { Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'Live1' }], HealthThreshold: 1 };
  const out = status(calculated, { faults: ['region=us-east-1'] }, { ...AROUND, Live1: check(LIVE) });
  expect(out.because).toBe(
    "Check is unhealthy: 0 of 1 children are healthy and 1 needed (Live1 is unhealthy: its endpoint live.example.com doesn't answer (error Lb))",
  );
  expect(out.facts).toEqual(expect.arrayContaining(['R53-10', 'R53-7', 'R53-17']));
});

test('children that are their own parents are taken to be healthy, with a warning', () => {
  const calculated = { Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'Check' }], HealthThreshold: 1 };
  const circle = status(calculated);
  expect(circle).toMatchObject({ healthy: true, quality: 'undocumented' });
  expect(circle.warnings.join()).toContain('depends on its own status');
});

test('a check of the very name that it decides about settles nothing, and says so', () => {
  const records = {
    Us: alias(nameOf('Lb'), false, { SetIdentifier: 'us', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Check' } }),
    Eu: record('192.0.2.1', { SetIdentifier: 'eu', Failover: 'SECONDARY' }),
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: 'shop.example.com' }),
    Lb: BALANCER,
  };
  const world = worldOf(records);
  expect(endsIn(world, { url: SHOP })).toEqual(['1 origin Lb']);
  const broken = worldOf(records, { broken: { Lb: 1 } });
  expect(endsIn(broken, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
  expect(firstIn(broken, { url: SHOP })).toMatchObject({ quality: 'undocumented' });
  expect(firstIn(broken, { url: SHOP }).warnings.join()).toContain('depends on its own status');
});

test('a check of a name on the way to its record is decided apart from the request that is on its way', () => {
  const world = worldOf({
    Shop: alias('policy.example.com', true),
    Us: alias(nameOf('Lb'), false, {
      Name: 'policy.example.com',
      SetIdentifier: 'us',
      Failover: 'PRIMARY',
      HealthCheckId: { Ref: 'Check' },
    }),
    Eu: record('192.0.2.1', { Name: 'policy.example.com', SetIdentifier: 'eu', Failover: 'SECONDARY' }),
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: 'shop.example.com' }),
    Lb: BALANCER,
  });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 origin Lb']);
});

test.each([
  [{ Type: 'RECOVERY_CONTROL', RoutingControlArn: 'arn' }, 'routing control'],
  [{ Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'alarm', Region: 'us-east-1' } }, 'state of its metric'],
  [{ Type: { Ref: 'Type' } }, 'HealthCheckConfig.Type'],
  [{ Type: 'CALCULATED', ChildHealthChecks: [], HealthThreshold: { Ref: 'Threshold' } }, 'HealthThreshold'],
])('what the template does not tell of %j counts as healthy, with a warning', (config, part) => {
  const unknown = status(config);
  expect(unknown.healthy).toBe(true);
  expect(unknown.warnings.join()).toContain(part);
});

test('a check is no surer than the roads of its checkers, unless all of them end alike', () => {
  const at = (id: string, Region: string) =>
    alias(nameOf(id), false, { Name: 'live.example.com', SetIdentifier: Region, Region });
  const around = { Us: at('Lb', 'us-east-1'), Eu: at('Other', 'eu-west-1'), Lb: BALANCER, Other: BALANCER };
  expect(status(LIVE, { broken: { Other: 1 } }, around)).toMatchObject({ healthy: true, quality: 'undocumented' });
  expect(status(LIVE, {}, around)).toMatchObject({ healthy: true, quality: 'exact' });
});

test('a warning of a check is a warning of the record that rests on it', () => {
  const world = worldOf({
    One: record('192.0.2.1', { SetIdentifier: '1', Weight: 1, HealthCheckId: { Ref: 'Check' } }),
    Two: record('192.0.2.2', { SetIdentifier: '2', Weight: 1 }),
    Check: check({ Type: 'RECOVERY_CONTROL' }),
  });
  expect(firstIn(world, { url: SHOP }).warnings.join()).toContain('routing control');
});

test.each([
  [false, '192.0.2.1'],
  [true, '192.0.2.2'],
])(
  'that a metric is taken to be fine is a warning of the record that rests on it, inverted: %s',
  (Inverted, address) => {
    const AlarmIdentifier = { Name: 'alarm', Region: 'us-east-1' };
    const world = worldOf({
      One: record('192.0.2.1', { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Check' } }),
      Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
      Check: check({ Type: 'CLOUDWATCH_METRIC', AlarmIdentifier, Inverted }),
    });
    expect(endsIn(world, { url: SHOP })).toEqual([`1 address ${address}`]);
    expect(firstIn(world, { url: SHOP }).warnings).toEqual([
      "Check: the state of its metric isn't in the template and is taken to be fine.",
    ]);
  },
);

test('a check that needs fewer children than are certainly healthy is certain', () => {
  const calculated = {
    Type: 'CALCULATED',
    ChildHealthChecks: [{ Ref: 'Sure' }, '11111111-2222-3333-4444-555555555555'],
    HealthThreshold: 1,
  };
  const around = { Sure: CHECK };
  expect(status(calculated, {}, around)).toMatchObject({ healthy: true, quality: 'exact', warnings: [] });
});

test.each([
  ['a parameter', { Ref: 'CheckId' }],
  ['an id', '11111111-2222-3333-4444-555555555555'],
])(
  'a check outside of the templates, given as %s, counts as healthy with a warning, and under a fault nobody knows',
  (_, id) => {
    const records = {
      One: record('192.0.2.1', { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: id }),
      Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
    };
    const usual = firstIn(worldOf(records), { url: SHOP });
    expect(usual.quality).toBe('exact');
    expect(usual.warnings.join()).toContain("isn't in the templates and counts as healthy");
    const faulty = firstIn(worldOf(records, { faults: ['region=us-east-1'] }), { url: SHOP });
    expect(faulty).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
    const calculated = {
      Type: 'CALCULATED',
      ChildHealthChecks: ['11111111-2222-3333-4444-555555555555'],
      HealthThreshold: 1,
    };
    expect(status(calculated).warnings.join()).toContain("isn't in the templates");
  },
);

test('a record that is healthy by inversion says so', () => {
  const world = worldOf(
    {
      One: record('192.0.2.1', { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Turned' } }),
      Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
      Turned: check({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'Child' }], Inverted: true, HealthThreshold: 1 }),
      Child: CHECK,
    },
    { faults: ['health-check=Child'] },
  );
  const { because, facts } = firstIn(world, { url: SHOP });
  expect(because[0]).toContain('primary is healthy, Turned is healthy: 0 of 1 children are healthy and 1 needed');
  expect(because[0]).toContain('and it is inverted');
  expect(facts).toEqual(expect.arrayContaining(['R53-10', 'R53-19']));
});

test('an alias of an API is as healthy as its Region, whether a reference or a name says which', () => {
  const of = (target: unknown) => ({
    One: alias(target, true, { SetIdentifier: '1', Failover: 'PRIMARY' }),
    Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
    Api: { Type: 'AWS::ApiGateway::DomainName', Properties: {} },
  });
  for (const target of [{ 'Fn::GetAtt': ['Api', 'RegionalDomainName'] }, 'd-1.execute-api.us-east-1.amazonaws.com']) {
    const world = worldOf(of(target), { faults: ['region=us-east-1'] });
    expect(endsIn(world, { url: SHOP })).toEqual(['1 address 192.0.2.2']);
  }
});

test('when an accelerator is out for an alias is documented nowhere', () => {
  const records = {
    One: alias({ 'Fn::GetAtt': ['Accelerator', 'DNSName'] }, true, { SetIdentifier: '1', Failover: 'PRIMARY' }),
    Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
    Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: {} },
  };
  expect(firstIn(worldOf(records), { url: SHOP }).quality).toBe('exact');
  const faulty = firstIn(worldOf(records, { faults: ['region=us-east-1'] }), { url: SHOP });
  expect(faulty.quality).toBe('undocumented');
  expect(faulty.warnings.join()).toContain(
    "AWS doesn't document when EvaluateTargetHealth finds an accelerator unhealthy",
  );
});

test('fails for a mapping in the place of a check’s id', () => {
  const calculated = { Type: 'CALCULATED', HealthThreshold: 1, ChildHealthChecks: [{ Not: 'an id' }] };
  const parent = { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: calculated } };
  const checkedBy = (HealthCheckId: object) => ({
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: 'a.example.com', Type: 'A', TTL: 60, ResourceRecords: ['192.0.2.1'], HealthCheckId },
  });
  const ask = (resources: object) => () => trafficOf(resources).request({ url: 'http://a.example.com/' });
  expect(ask({ Parent: parent, A: checkedBy({ Ref: 'Parent' }) })).toThrow(
    'ChildHealthChecks[0] must be a text, got a mapping',
  );
  expect(ask({ A: checkedBy({ Not: 'an id' }) })).toThrow('HealthCheckId must be a text, got a mapping');
});
