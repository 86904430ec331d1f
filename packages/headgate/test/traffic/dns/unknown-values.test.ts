import { trafficOf } from '../../support/traffic';
import { alias, ask, BALANCER, CHECK, check, nameOf, record, SHOP, type Surroundings } from './support';

const PRIMARY = { SetIdentifier: 'p', Failover: 'PRIMARY' };
const SECONDARY = record('192.0.2.2', { SetIdentifier: 's', Failover: 'SECONDARY' });
const UNKNOWN = { Ref: 'Parameter' };
const LIVE = { Type: 'HTTP', FullyQualifiedDomainName: 'live.example.com' };
const OPEN = { quality: 'bounded', min: 0, max: 1 };
const SURE = { quality: 'exact', warnings: [] };

/** A failover whose primary rests on a check of a balancer. */
function checkedBy(config: object, surroundings: Surroundings = {}) {
  const records = {
    Primary: record('192.0.2.1', { ...PRIMARY, HealthCheckId: { Ref: 'Check' } }),
    Secondary: SECONDARY,
    Check: check({ ...LIVE, ...config }),
    Live: alias(nameOf('Lb'), false, { Name: 'live.example.com' }),
    Lb: BALANCER,
    Child: CHECK,
  };
  return ask(records, {}, surroundings);
}

describe('what the template does not tell of a check leaves it open, with a warning', () => {
  test.each([
    ['Inverted', '192.0.2.1', {}, 'it is taken for false'],
    ['Port', '192.0.2.1', {}, 'the one of its type is assumed'],
    ['ResourcePath', '192.0.2.1', {}, '/ is assumed'],
    ['EndpointType', '192.0.2.1', {}, 'the check is taken for a public one'],
    ['Regions', '192.0.2.1', {}, 'checkers of all others are assumed'],
    ['Disabled', '192.0.2.2', { broken: { Lb: 1 } }, 'it is taken for false'],
  ])('%s', (property, address, surroundings, assumed) => {
    const answer = checkedBy({ [property]: UNKNOWN }, surroundings);
    expect(answer).toMatchObject({ ends: [`1 address ${address}`], ...OPEN });
    expect(answer.warnings.join()).toContain(`HealthCheckConfig.${property} isn't known; ${assumed}`);
  });

  test('one of its Regions', () => {
    expect(checkedBy({ Regions: ['us-east-1', UNKNOWN] })).toMatchObject(OPEN);
  });

  test('its children', () => {
    const answer = checkedBy({ Type: 'CALCULATED', ChildHealthChecks: UNKNOWN, HealthThreshold: 1 });
    expect(answer.ends).toEqual(['1 address 192.0.2.1']);
    expect(answer.warnings.join()).toContain("ChildHealthChecks isn't known; the check counts as healthy");
  });

  test('how many of its children it needs, where one is out', () => {
    const config = { Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'Child' }], HealthThreshold: UNKNOWN };
    expect(checkedBy(config).quality).toBe('exact');
    expect(checkedBy(config, { faults: ['health-check=Child'] })).toMatchObject({
      ends: ['1 address 192.0.2.2'],
      ...OPEN,
    });
  });
});

test.each([
  [
    'what a metric without data means',
    'us-east-1',
    UNKNOWN,
    "InsufficientDataHealthStatus isn't known; it is taken for",
  ],
  ['which Region a metric is in', UNKNOWN, 'Unhealthy', 'the state of its metric'],
])('where it is not known %s, a fault of a Region leaves the check open', (_, Region, status, warning) => {
  const config = {
    Type: 'CLOUDWATCH_METRIC',
    AlarmIdentifier: { Name: 'alarm', Region },
    InsufficientDataHealthStatus: status,
  };
  expect(checkedBy(config).quality).toBe('exact');
  const answer = checkedBy(config, { faults: ['region=us-east-1'] });
  expect(answer).toMatchObject({ ends: ['1 address 192.0.2.1'], ...OPEN });
  expect(answer.warnings.join()).toContain(warning);
});

test('whether a check is disabled does not matter while it is healthy', () => {
  expect(checkedBy({ Disabled: UNKNOWN })).toMatchObject(SURE);
});

test('what is asked does not matter where the endpoint is outside of the templates', () => {
  expect(checkedBy({ FullyQualifiedDomainName: 'other.example.org', Port: UNKNOWN })).toMatchObject(SURE);
});

test('an alias of which is not known whether it evaluates its target is open while that is out', () => {
  const AliasTarget = { DNSName: nameOf('Lb'), HostedZoneId: 'Z2', EvaluateTargetHealth: UNKNOWN };
  const records = { Primary: record('', { ...PRIMARY, AliasTarget }), Secondary: SECONDARY, Lb: BALANCER };
  expect(ask(records)).toMatchObject({ ends: ['1 origin Lb'], ...SURE });
  const out = ask(records, {}, { unhealthy: ['Lb'] });
  expect(out).toMatchObject({ ends: ['1 origin Lb'], ...OPEN });
  expect(out.warnings.join()).toContain(
    "AliasTarget.EvaluateTargetHealth isn't known; it is taken for false, and Lb is unhealthy",
  );
});

/** A failover whose primary rests on an HTTPS check of a balancer with these properties of it and its listener. */
function overTls(balancer: object, listener: object) {
  const answer = trafficOf({
    Primary: record('192.0.2.1', { ...PRIMARY, HealthCheckId: { Ref: 'Check' } }),
    Secondary: SECONDARY,
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } }),
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing', ...balancer } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Lb' },
        Port: 443,
        Protocol: 'HTTPS',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
        ...listener,
      },
    },
  }).request({ url: SHOP });
  return { quality: answer.outcomes[0]!.quality, warnings: answer.warnings.join() };
}

test.each([
  ['which TLS a listener takes', {}, { SslPolicy: UNKNOWN }, "SslPolicy isn't known; it is taken to let in health"],
  ['whether a balancer is internal', { Scheme: UNKNOWN }, {}, "Scheme isn't known; it is taken for internet-facing"],
])('where it is not known %s, a check of it is open', (_, balancer, listener, warning) => {
  expect(overTls({}, {})).toMatchObject({ quality: 'exact', warnings: '' });
  const open = overTls(balancer, listener);
  expect(open.quality).toBe('bounded');
  expect(open.warnings).toContain(warning);
});

test('records of which is not known whether they are values of one answer leave the choice open', () => {
  const one = (address: string, SetIdentifier: string) => record(address, { SetIdentifier, MultiValueAnswer: UNKNOWN });
  const answer = ask({ One: one('192.0.2.1', 'a'), Two: one('192.0.2.2', 'b') });
  expect(answer).toMatchObject({ ends: ['0.5 address 192.0.2.1', '0.5 address 192.0.2.2'], ...OPEN });
  expect(answer.warnings.join()).toContain('MultiValueAnswer');
});

test.each([
  ['all of them', UNKNOWN],
  ['a list of blocks', [{ LocationName: 'office', CidrList: UNKNOWN }]],
  ['a block', [{ LocationName: 'office', CidrList: ['198.51.100.0/24', UNKNOWN] }]],
  ['a name', [{ LocationName: UNKNOWN, CidrList: ['198.51.100.0/24'] }]],
])('locations of which the template does not tell %s leave the choice by address open', (_, Locations) => {
  const at = (LocationName: string) => ({ CidrRoutingConfig: { CollectionId: { Ref: 'Blocks' }, LocationName } });
  const answer = ask(
    {
      Office: record('192.0.2.1', { SetIdentifier: 'office', ...at('office') }),
      Rest: record('192.0.2.2', { SetIdentifier: 'rest', ...at('*') }),
      Blocks: { Type: 'AWS::Route53::CidrCollection', Properties: { Name: 'blocks', Locations } },
    },
    { clientIp: '203.0.113.1' },
  );
  expect(answer).toMatchObject({ ends: ['0.5 address 192.0.2.1', '0.5 address 192.0.2.2'], ...OPEN });
  expect(answer.warnings.join()).toContain("the template doesn't tell the value");
});
