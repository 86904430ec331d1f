import { elementsOf } from '../../../lib/traffic/elements';
import { ends, trafficOf } from '../../support/traffic';
import { alias, ask, check, record, worldOf } from './support';

const zone = (Name: string, vpcs?: readonly string[]) => ({
  Type: 'AWS::Route53::HostedZone',
  Properties: {
    Name,
    ...(vpcs === undefined ? {} : { VPCs: vpcs.map((VPCId) => ({ VPCId, VPCRegion: 'us-east-1' })) }),
  },
});
const at = (Zone: string, Name: string, value = '192.0.2.1', Type = 'A') =>
  record(value, { Name, Type, HostedZoneId: { Ref: Zone } });
const servers = (HostedZoneId: unknown, Name = 'sub.example.com') =>
  record('ns.example.org', { Name, Type: 'NS', HostedZoneId });
const from = (resources: object, host: string) => ask(resources, { url: `https://${host}/` });

describe('a record that leads to a name that no record has', () => {
  const to = (target: string, resources: object = { Zone: zone('example.com') }) => {
    const answer = trafficOf({
      Www: at('Zone', 'www.example.com', target, 'CNAME'),
      Api: at('Zone', 'api.example.com'),
      ...resources,
    }).request({ url: 'https://www.example.com/' });
    return { ends: ends(answer), warnings: answer.warnings.join() };
  };

  test('gets no answer in a zone of the templates, and hears of the names that there are', () => {
    const answer = to('ap.example.com');
    expect(answer.ends).toEqual(['1 no-answer ap.example.com']);
    expect(answer.warnings).toContain('No record has the name ap.example.com; the templates have: api.example.com');
  });

  test('gets none as an alias either', () => {
    const records = {
      Zone: zone('example.com'),
      Www: alias('ap.example.com', false, { Name: 'www.example.com', HostedZoneId: { Ref: 'Zone' } }),
    };
    expect(from(records, 'www.example.com')).toMatchObject({
      ends: ['1 no-answer ap.example.com'],
      facts: ['R53-18', 'R53-4'],
    });
  });

  test('ends at that name elsewhere', () => {
    expect(to('api.example.net')).toEqual({ ends: ['1 address api.example.net'], warnings: '' });
  });

  test('ends at that name in a zone outside of the templates that others of them stand in', () => {
    const named = { HostedZoneId: undefined, HostedZoneName: 'example.com.' };
    const answer = trafficOf({
      Www: record('ap.example.com', { Name: 'www.example.com', Type: 'CNAME', ...named }),
      Api: record('192.0.2.1', { Name: 'api.example.com', ...named }),
    }).request({ url: 'https://www.example.com/' });
    expect(ends(answer)).toEqual(['1 address ap.example.com']);
    expect(answer.warnings).toEqual([]);
  });

  test('ends at that name where it is handed on to others', () => {
    expect(to('api.sub.example.com', { Zone: zone('example.com'), Servers: servers({ Ref: 'Zone' }) })).toEqual({
      ends: ['1 address api.sub.example.com'],
      warnings: '',
    });
  });
});

test('a check of a name that its zone lacks fails, with a warning', () => {
  const resources = {
    Zone: zone('example.com'),
    Check: check({ Type: 'HTTP', FullyQualifiedDomainName: 'live.example.com' }),
  };
  const world = worldOf(resources);
  const health = world.healthCheck(world.templates.find('Check'));
  expect(health.healthy).toBe(false);
  expect(health.warnings.join()).toContain('no record of the templates has the name live.example.com');
});

describe('name servers of a subdomain', () => {
  const above = { Zone: zone('example.com'), Stale: at('Zone', 'www.sub.example.com') };

  test('that are not of the templates answer nobody knows what', () => {
    const answer = from({ ...above, Servers: servers({ Ref: 'Zone' }) }, 'www.sub.example.com');
    expect(answer.ends).toEqual(['1 address www.sub.example.com']);
    expect(answer.facts).toContain('R53-20');
    expect(answer.warnings.join()).toContain("sub.example.com is handed on to name servers that aren't of zones");
  });

  test('are known to be below a zone without a name by a record outside of them', () => {
    const literal = (Name: string) => record('192.0.2.1', { Name, HostedZoneId: 'ZABOVE' });
    const known = { Stale: literal('www.sub.example.com'), Servers: servers('ZABOVE') };
    expect(from(known, 'www.sub.example.com').ends).toEqual(['1 address 192.0.2.1']);
    const answer = from({ ...known, Top: literal('www.example.com') }, 'www.sub.example.com');
    expect(answer.ends).toEqual(['1 address www.sub.example.com']);
  });

  test('at the own name of a zone hand nothing on', () => {
    const own = { ...above, Servers: servers({ Ref: 'Zone' }, 'example.com') };
    expect(from(own, 'www.sub.example.com').ends).toEqual(['1 address 192.0.2.1']);
  });

  test('put the records above out of reach', () => {
    const { templates } = worldOf({ ...above, Servers: servers({ Ref: 'Zone' }) });
    const [stale] = elementsOf(templates);
    expect(stale).toMatchObject({ logicalId: 'Stale', shadowedBy: 'sub.example.com has name servers of its own' });
  });

  test('do not keep a request from entering at a record above', () => {
    const answer = ask({ ...above, Servers: servers({ Ref: 'Zone' }) }, { entry: 'Stale' });
    expect(answer.ends).toEqual(['1 address 192.0.2.1']);
  });
});

describe('a private zone', () => {
  const resources = {
    Public: zone('example.com'),
    Inside: zone('corp.example.com', ['vpc-1']),
    App: at('Inside', 'app.corp.example.com', 'api.example.com', 'CNAME'),
    Api: at('Public', 'api.example.com'),
  };

  test('does not answer for names outside of it', () => {
    expect(from(resources, 'app.corp.example.com').ends).toEqual(['1 address 192.0.2.1']);
  });

  test.each([
    ['answers', ['vpc-2', 'vpc-1'], 'no-answer api.example.com'],
    ['does not answer', ['vpc-2'], 'address 192.0.2.1'],
  ])('of other VPCs %s for them if it shares one', (_, vpcs, end) => {
    expect(from({ ...resources, Other: zone('example.com', vpcs) }, 'app.corp.example.com').ends).toEqual([`1 ${end}`]);
  });
});

test('a record whose type is not known is left out, with a warning', () => {
  const untyped = record('192.0.2.2', { Name: 'www.example.com', Type: { Ref: 'Type' } });
  const alone = from({ Other: record('192.0.2.1', { Name: 'api.example.com' }), Untyped: untyped }, 'www.example.com');
  expect(alone.ends).toEqual(['1 no-answer www.example.com']);
  expect(alone.warnings.join()).toContain("Type isn't known; the record is left out");
  const beside = from({ One: record('192.0.2.1', { Name: 'www.example.com' }), Untyped: untyped }, 'www.example.com');
  expect(beside.ends).toEqual(['1 address 192.0.2.1']);
  expect(beside.warnings.join()).toContain("Type isn't known; the record is left out");
});
