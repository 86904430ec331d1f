import type { HttpRequest } from '../../../lib/traffic/request';
import { ends, trafficOf } from '../../support/traffic';
import { alias, BALANCER, CHECK, endsIn, firstIn, nameOf, outcomesIn, record, SHOP, worldOf } from './support';

const ZONE = (vpcs?: object[]) => ({
  Type: 'AWS::Route53::HostedZone',
  Properties: { Name: 'example.com', ...(vpcs ? { VPCs: vpcs } : {}) },
});

const CONFIG = { Type: 'HTTPS', FullyQualifiedDomainName: 'shop.example.com' };

test('aliases by name lead through the zone to the balancer, and each record is a step', () => {
  const world = worldOf({
    Shop: alias('Origin.shop.example.com.', false),
    Origin: alias(nameOf('Lb'), false, { Name: 'origin.shop.example.com' }),
    Lb: BALANCER,
  });
  const [only] = outcomesIn(world, { url: SHOP });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 origin Lb']);
  expect(only!.covered).toEqual(['Stack/Shop', 'Stack/Origin']);
});

test('CNAMEs are followed inside the templates and end outside of them', () => {
  const world = worldOf({
    Shop: record('www.example.com', { Type: 'CNAME' }),
    Www: record('shop.example.net.', { Type: 'CNAME', Name: 'www.example.com' }),
  });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address shop.example.net.']);
});

test('an alias to a service that is not modelled ends as its name', () => {
  expect(endsIn(worldOf({ Shop: alias('s3-website-us-east-1.amazonaws.com', false) }), { url: SHOP })).toEqual([
    '1 address s3-website-us-east-1.amazonaws.com',
  ]);
  const api = { Type: 'AWS::ApiGateway::DomainName', Properties: {} };
  const world = worldOf({ Shop: alias({ 'Fn::GetAtt': ['Api', 'RegionalDomainName'] }, false), Api: api });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address ${Api.RegionalDomainName}']);
});

test.each([
  [
    'AWS::ElasticLoadBalancing::LoadBalancer',
    'DNSName',
    "leads to It, a classic load balancer, which isn't modelled, so the road ends at its name.",
  ],
  [
    'AWS::CloudFront::ConnectionGroup',
    'RoutingEndpoint',
    "leads to It, a connection group, of which isn't modelled which tenant takes a request, so the road ends at its name.",
  ],
  ['AWS::CloudFormation::Stack', 'Outputs.Name', "is ${It.Outputs.Name}, which the templates don't tell."],
  ['Custom::Lookup', 'Name', "is ${It.Name}, which the templates don't tell."],
])('an alias to %s ends as its name, with a warning that requests go on', (Type, attribute, what) => {
  const world = worldOf({ Shop: alias({ 'Fn::GetAtt': ['It', attribute] }, true), It: { Type, Properties: {} } });
  expect(endsIn(world, { url: SHOP })).toEqual([`1 address \${It.${attribute}}`]);
  expect(firstIn(world, { url: SHOP }).warnings).toEqual([`Stack/Shop (AWS::Route53::RecordSet): AliasTarget ${what}`]);
});

test('only the record that is chosen warns of where it leads', () => {
  const weighted = (id: string, Weight: number) => alias({ Ref: id }, false, { Weight, SetIdentifier: id });
  const world = worldOf({ One: weighted('Blue', 1), Other: weighted('Green', 0) });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address ${Blue}']);
  expect(firstIn(world, { url: SHOP }).warnings).toEqual([
    "Stack/One (AWS::Route53::RecordSet): AliasTarget is ${Blue}, which the templates don't tell.",
  ]);
});

test.each(['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'])(
  'a record may be named by Ref of %s',
  (Type) => {
    const domain = { Type, Properties: { DomainName: 'shop.example.com' } };
    const target = { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] };
    const world = worldOf({ Shop: alias(target, false, { Name: { Ref: 'Domain' } }), Domain: domain });
    expect(endsIn(world, { url: SHOP })).toEqual(['1 address ${Domain.RegionalDomainName}']);
  },
);

test('a client with an IPv6 address asks for AAAA, and uses what there is', () => {
  const both = worldOf({ V4: record('192.0.2.1'), V6: record('2001:db8::1', { Type: 'AAAA' }) });
  expect(endsIn(both, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
  expect(endsIn(both, { url: SHOP, clientIp: '2001:db8::9' })).toEqual(['1 address 2001:db8::1']);
  const only4 = worldOf({ V4: record('192.0.2.1') });
  expect(firstIn(only4, { url: SHOP, clientIp: '2001:db8::9' }).because[0]).toBe(
    'shop.example.com has no AAAA record, so IPv4 is used',
  );
  const only6 = worldOf({ V6: record('2001:db8::1', { Type: 'AAAA' }) });
  expect(endsIn(only6, { url: SHOP })).toEqual(['1 address 2001:db8::1']);
});

test('an alias leads to records of its own type', () => {
  const world = worldOf({
    Shop4: alias('two.example.com', false),
    Shop6: alias('two.example.com', false, { Type: 'AAAA' }),
    Two4: record('192.0.2.1', { Name: 'two.example.com' }),
    Two6: record('2001:db8::1', { Name: 'two.example.com', Type: 'AAAA' }),
  });
  expect(endsIn(world, { url: SHOP, clientIp: '2001:db8::9' })).toEqual(['1 address 2001:db8::1']);
  expect(endsIn(world, { url: SHOP, entry: 'Shop6' })).toEqual(['1 address 2001:db8::1']);
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
});

test('an alias can name its record by reference, and takes its health', () => {
  const records = {
    Primary: alias({ Ref: 'Target' }, true, { SetIdentifier: 'p', Failover: 'PRIMARY' }),
    Secondary: record('192.0.2.2', { SetIdentifier: 's', Failover: 'SECONDARY' }),
    Target: record('192.0.2.1', { Name: 'target.example.com', HealthCheckId: { Ref: 'Check' } }),
    Check: CHECK,
  };
  expect(endsIn(worldOf(records), { url: SHOP })).toEqual(['1 address 192.0.2.1']);
  expect(endsIn(worldOf(records, { faults: ['health-check=Check'] }), { url: SHOP })).toEqual(['1 address 192.0.2.2']);
});

test('a name that exists without an address hides the wildcard', () => {
  const world = worldOf({
    Wild: record('192.0.2.1', { Name: '*.example.com' }),
    Text: record('"hello"', { Name: 'text.example.com', Type: 'TXT' }),
  });
  expect(endsIn(world, { url: 'https://text.example.com/' })).toEqual(['1 no-answer text.example.com']);
  expect(world.dns.knows('other.example.com')).toBe(true);
  expect(world.dns.knows('text.example.com')).toBe(false);
});

test('a public zone is asked before a private one of the same name', () => {
  const world = worldOf({
    Inside: record('10.0.0.1', { HostedZoneId: { Ref: 'Private' } }),
    Outside: record('192.0.2.1', { HostedZoneId: { Ref: 'Public' } }),
    Private: ZONE([{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }]),
    Public: ZONE(),
  });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
  expect(endsIn(world, { url: SHOP, entry: 'Inside' })).toEqual(['1 address 10.0.0.1']);
});

const PRIVATE = ZONE([{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }]);

test('names of a private zone do not hide a public wildcard', () => {
  const world = worldOf({
    Wild: record('192.0.2.1', { Name: '*.example.com', HostedZoneId: { Ref: 'Public' } }),
    Inside: record('10.0.0.1', { HostedZoneId: { Ref: 'Private' } }),
    Note: record('"x"', { Name: 'note.example.com', Type: 'TXT', HostedZoneId: { Ref: 'Private' } }),
    Private: PRIVATE,
    Public: ZONE(),
  });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
  expect(endsIn(world, { url: 'https://note.example.com/' })).toEqual(['1 address 192.0.2.1']);
});

test('a name that only a private zone has answers clients inside, with a warning, but neither edges nor checkers', () => {
  const world = worldOf({
    Shop: record('10.0.0.1', { HostedZoneId: { Ref: 'Private' }, TTL: '60' }),
    Private: PRIVATE,
    Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'shop.example.com' } },
    Check: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: CONFIG } },
  });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 10.0.0.1']);
  expect(firstIn(world, { url: SHOP }).warnings.join()).toContain('stands in a private zone only');
  expect(endsIn(world, { url: SHOP, entry: 'Cdn' })).toEqual(['1 no-answer shop.example.com']);
  expect(world.healthCheck(world.templates.find('Check')).healthy).toBe(false);
});

describe('what is in a private network', () => {
  const INTERNAL = { ...BALANCER, Properties: { Scheme: 'internal' } };
  const SERVER = { Type: 'AWS::EC2::Instance' };
  const CDN = { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'shop.example.com' } };
  const attribute = (name: string) => ({ 'Fn::GetAtt': ['Server', name] });

  test.each([
    ['an internal balancer', alias(nameOf('Lb'), false), '1 origin Lb', 'Stack/Lb is internal'],
    ['a private address', record('10.0.0.1'), '1 address 10.0.0.1', '10.0.0.1 is in a private network'],
    [
      'a private address of a server',
      record(attribute('PrivateIp')),
      '1 address ${Server.PrivateIp}',
      '${Server.PrivateIp} is in a private network',
    ],
  ])('is reached by clients, with a warning, and not by edges: %s', (_, Shop, end, warning) => {
    const world = worldOf({ Shop, Lb: INTERNAL, Server: SERVER, Cdn: CDN });
    expect(endsIn(world, { url: SHOP })).toEqual([end]);
    expect(firstIn(world, { url: SHOP }).warnings).toEqual([
      `${warning}: only clients in its network reach it, and the client counts as one.`,
    ]);
    expect(endsIn(world, { url: SHOP, entry: 'Cdn' })[0]).toContain('1 error');
  });

  test.each([
    ['an internet-facing balancer', alias(nameOf('Lb'), false)],
    ['an address of the internet', record('192.0.2.1')],
    ['the public address of a server', record(attribute('PublicIp'))],
  ])('is no more than that: %s', (_, Shop) => {
    const world = worldOf({ Shop, Lb: BALANCER, Server: SERVER, Cdn: CDN });
    expect(firstIn(world, { url: SHOP }).warnings).toEqual([]);
    expect(endsIn(world, { url: SHOP, entry: 'Cdn' })[0]).not.toContain('error');
  });

  test('is said once where the zone is private too', () => {
    const inside = { HostedZoneId: { Ref: 'Private' } };
    const world = worldOf({ Shop: alias(nameOf('Lb'), false, inside), Lb: INTERNAL, Private: PRIVATE });
    expect(firstIn(world, { url: SHOP }).warnings).toEqual([
      'shop.example.com stands in a private zone only: clients outside of its VPCs get no answer.',
    ]);
  });
});

test('who got a record of a private zone asks its zones first, then the public ones', () => {
  const inside = { HostedZoneId: { Ref: 'Private' }, Type: 'CNAME' };
  const world = worldOf({
    Shop: record('db.example.com', inside),
    Www: record('out.example.net', { ...inside, Name: 'www.example.com' }),
    Db: record('10.0.0.2', { Name: 'db.example.com', HostedZoneId: { Ref: 'Private' } }),
    PublicDb: record('192.0.2.2', { Name: 'db.example.com', HostedZoneId: { Ref: 'Public' } }),
    Out: record('192.0.2.3', { Name: 'out.example.net', HostedZoneId: 'Z1' }),
    Private: PRIVATE,
    Public: ZONE(),
  });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 10.0.0.2']);
  expect(endsIn(world, { url: 'https://www.example.com/' })).toEqual(['1 address 192.0.2.3']);
  expect(endsIn(world, { url: 'https://db.example.com/' })).toEqual(['1 address 192.0.2.2']);
});

test('the wildcard of a zone does not answer for names of a zone below it, though that has no records', () => {
  const world = worldOf({
    Wild: record('192.0.2.1', { Name: '*.example.com' }),
    Sub: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'sub.example.com.' } },
  });
  expect(endsIn(world, { url: 'https://a.sub.example.com/' })).toEqual(['1 no-answer a.sub.example.com']);
  expect(endsIn(world, { url: 'https://a.other.example.com/' })).toEqual(['1 address 192.0.2.1']);
});

test.each([
  ['alias', alias('web-1.us-east-1.elb.amazonaws.com', false), 'web-1.us-east-1.elb.amazonaws.com'],
  [
    'CNAME',
    record('site.s3-website-us-east-1.amazonaws.com', { Type: 'CNAME' }),
    'site.s3-website-us-east-1.amazonaws.com',
  ],
  ['reference', alias({ 'Fn::GetAtt': ['Api', 'RegionalDomainName'] }, false), '${Api.RegionalDomainName}'],
])('an %s into a Region that is down reaches nobody', (_, shop, id) => {
  const resources = { Shop: shop, Api: { Type: 'AWS::ApiGateway::DomainName', Properties: {} } };
  expect(endsIn(worldOf(resources), { url: SHOP })).toEqual([`1 address ${id}`]);
  const world = worldOf(resources, { faults: ['region=us-east-1'] });
  expect(endsIn(world, { url: SHOP })).toEqual([`1 error ${id}`]);
  expect(firstIn(world, { url: SHOP }).because).toContain('it leads into us-east-1, which is down');
  expect(endsIn(worldOf(resources, { faults: ['region=eu-west-1'] }), { url: SHOP })).toEqual([`1 address ${id}`]);
});

test('a name outside of the templates that is in a Region that is down reaches nobody', () => {
  const world = worldOf(
    { Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'b.s3.us-east-1.amazonaws.com' } } },
    { faults: ['region=us-east-1'] },
  );
  expect(endsIn(world, { url: SHOP, entry: 'Cdn' })).toEqual(['1 error b.s3.us-east-1.amazonaws.com']);
});

test('records of two public zones do not mix, and a warning says so', () => {
  const world = worldOf({ One: record('192.0.2.1'), Other: record('192.0.2.2', { HostedZoneId: 'Z2' }) });
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
  expect(firstIn(world, { url: SHOP }).warnings.join()).toContain('several public zones');
});

test('records of one set can stand in several stacks, though each has the zone as a parameter of its own', () => {
  const half = (address: string, id: string) => ({
    Record: record(address, { HostedZoneId: { Ref: 'ZoneId' }, SetIdentifier: id, Weight: 1 }),
  });
  const world = worldOf(
    {},
    {
      stacks: {
        Us: { region: 'us-east-1', resources: half('192.0.2.1', 'us') },
        Eu: { region: 'eu-west-1', resources: half('192.0.2.2', 'eu') },
      },
    },
  );
  expect(endsIn(world, { url: SHOP })).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.2']);
});

test('a host that no record answers for names the records whose names are not known', () => {
  const world = worldOf({
    Api: record('192.0.2.1', { Name: { 'Fn::Join': ['.', ['api', { Ref: 'Domain' }]] } }),
    Shop: alias({ 'Fn::Join': ['.', ['api', { Ref: 'Domain' }]] }, false),
  });
  const other = { url: 'https://other.example.com/' };
  expect(endsIn(world, other)).toEqual(['1 no-answer other.example.com']);
  expect(firstIn(world, other).warnings.join()).toContain('Api (api.${Domain})');
  expect(endsIn(world, { ...other, entry: 'Api' })).toEqual(['1 address 192.0.2.1']);
  expect(endsIn(world, { url: SHOP })).toEqual(['1 address 192.0.2.1']);
});

test('DNS is asked for the name of the URL, and what answers gets the Host header that is given', () => {
  const seen: HttpRequest[] = [];
  const resources = {
    A: alias(nameOf('LbA'), false, { Name: 'a.example.com' }),
    B: alias(nameOf('LbB'), false, { Name: 'b.example.com' }),
    LbA: BALANCER,
    LbB: BALANCER,
  };
  const request = { url: 'http://a.example.com:8080/', headers: { Host: 'b.example.com' } };
  expect(endsIn(worldOf(resources, { seen }), request)).toEqual(['1 origin LbA']);
  expect(seen.map(({ host }) => host)).toEqual(['b.example.com']);
  const unknown = trafficOf(resources).request({ ...request, url: 'http://c.example.com/' });
  expect(ends(unknown)).toEqual(['1 no-answer c.example.com']);
  expect(unknown.warnings.join()).toContain('No record has the name c.example.com');
});

test('a record set group is entered at the name that is asked for, or at its only one', () => {
  const entries = (names: readonly string[]) =>
    names.map((Name, index) => ({ Name, Type: 'A', TTL: '60', ResourceRecords: [`192.0.2.${index + 1}`] }));
  const group = (names: readonly string[]) => ({
    Group: {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: { HostedZoneName: 'example.com.', RecordSets: entries(names) },
    },
  });
  const several = worldOf(group(['a.example.com', 'b.example.com']));
  expect(endsIn(several, { url: 'https://b.example.com/', entry: 'Group' })).toEqual(['1 address 192.0.2.2']);
  expect(outcomesIn(several, { url: 'https://b.example.com/' })[0]!.covered).toEqual(['Stack/Group record 2']);
  expect(() => endsIn(several, { url: SHOP, entry: 'Group' })).toThrow(
    'Stack/Group (AWS::Route53::RecordSetGroup) has several names: a.example.com, b.example.com. Ask for one of them in the URL.',
  );
  const unknown = worldOf({
    Group: {
      ...group([]).Group,
      Properties: {
        RecordSets: [
          { ...entries(['a'])[0], Name: { Ref: 'One' } },
          { ...entries(['b'])[0], Name: { Ref: 'Other' } },
        ],
      },
    },
  });
  expect(() => endsIn(unknown, { url: SHOP, entry: 'Group' })).toThrow(
    'has several names: ${One}, ${Other}. Give the parameters in them values, and ask for one of them.',
  );
  expect(endsIn(worldOf(group(['a.example.com'])), { url: SHOP, entry: 'Group' })).toEqual(['1 address 192.0.2.1']);
});

test('fails to enter at a record that leads nowhere', () => {
  const world = worldOf({ Text: record('"x"', { Type: 'TXT' }) });
  expect(() => endsIn(world, { url: SHOP, entry: 'Text' })).toThrow('has no record of type A, AAAA or CNAME');
});

test('a name outside of the templates ends as it is', () => {
  const world = worldOf({ Shop: record('192.0.2.1') });
  expect(world.dns.knows('api.example.net')).toBe(false);
  expect(endsIn(worldOf({ Shop: record('api.example.net', { Type: 'CNAME' }) }), { url: SHOP })).toEqual([
    '1 address api.example.net',
  ]);
});

test('circles of aliases, of CNAMEs and through a distribution end without an answer', () => {
  const aliases = worldOf({
    A: alias('b.example.com', true),
    B: alias('shop.example.com', true, { Name: 'b.example.com' }),
  });
  expect(endsIn(aliases, { url: SHOP })).toEqual(['1 no-answer shop.example.com']);
  expect(firstIn(aliases, { url: SHOP }).warnings.join()).toContain('leads back to itself');
  const names = worldOf({ A: record('shop.example.com', { Type: 'CNAME' }) });
  expect(endsIn(names, { url: SHOP })).toEqual(['1 no-answer shop.example.com']);
  const edge = worldOf({
    A: alias({ 'Fn::GetAtt': ['Cdn', 'DomainName'] }, false),
    Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'shop.example.com' } },
  });
  expect(endsIn(edge, { url: SHOP })).toEqual(['1 no-answer shop.example.com']);
});

test('a chain of hundreds of names ends, whatever branches it has', () => {
  const chain: Record<string, object> = {};
  for (let at = 0; at < 300; at++) {
    for (const side of ['a', 'b']) {
      const more = { Name: `n${at}.example.com`, SetIdentifier: side, Weight: side === 'a' ? 1 : 0 };
      chain[`N${at}${side}`] = alias(`n${at + 1}.example.com`, true, { ...more, HealthCheckId: { Ref: 'C' } });
    }
  }
  const world = worldOf({ ...chain, C: CHECK });
  expect(endsIn(world, { url: 'https://n0.example.com/' })).toEqual(['1 no-answer n16.example.com']);
});
