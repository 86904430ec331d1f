/** Worked examples of the developer guide of Route 53: which records answer. */

import { golden } from '../support/golden';
import { alias, ask, BALANCER, CHECK, checked, nameOf, record } from '../traffic/dns/support';

const GUIDE = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide';
const CHOOSES = `${GUIDE}/health-checks-how-route-53-chooses-records.html`;
const API = 'https://docs.aws.amazon.com/Route53/latest/APIReference';

const THREE = {
  One: checked('C1', '192.0.2.1', { SetIdentifier: 'one', Weight: 10 }),
  Two: checked('C2', '192.0.2.2', { SetIdentifier: 'two', Weight: 20 }),
  Three: checked('C3', '192.0.2.3', { SetIdentifier: 'three', Weight: 30 }),
  C1: CHECK,
  C2: CHECK,
  C3: CHECK,
};

golden('R53-1', CHOOSES, 'of three weighted records, the two others answer when one is unhealthy', () => {
  const { ends, facts, because } = ask(THREE, {}, { faults: ['health-check=C1'] });
  expect(ends).toEqual(['0.4 address 192.0.2.2', '0.6 address 192.0.2.3']);
  expect(facts).toContain('R53-1');
  expect(because).toEqual(['weight 20 of 50, without one (C1 is unhealthy: a fault says so)']);
});

golden('R53-1', CHOOSES, 'when none is healthy, all count as healthy', () => {
  const faults = ['health-check=C1', 'health-check=C2', 'health-check=C3'];
  const { ends, facts } = ask(THREE, {}, { faults });
  expect(ends).toEqual(['0.166667 address 192.0.2.1', '0.333333 address 192.0.2.2', '0.5 address 192.0.2.3']);
  expect(facts).toContain('R53-1');
});

golden('R53-1', CHOOSES, 'a record without a check is always healthy', () => {
  const records = { ...THREE, Three: record('192.0.2.3', { SetIdentifier: 'three', Weight: 1 }) };
  const { ends, facts } = ask(records, {}, { faults: ['health-check=C1', 'health-check=C2'] });
  expect(ends).toEqual(['1 address 192.0.2.3']);
  expect(facts).toContain('R53-1');
});

golden(
  'R53-2',
  `${GUIDE}/routing-policy-weighted.html`,
  'weights 1 and 255 are 1/256 and 255/256 of the traffic',
  () => {
    const { ends, facts } = ask({
      Tiny: record('192.0.2.1', { SetIdentifier: 'tiny', Weight: 1 }),
      Rest: record('192.0.2.2', { SetIdentifier: 'rest', Weight: 255 }),
    });
    expect(ends).toEqual(['0.003906 address 192.0.2.1', '0.996094 address 192.0.2.2']);
    expect(facts).toContain('R53-2');
  },
);

golden('R53-2', CHOOSES, 'records of weight 0 wait until all others are unhealthy, and share evenly then', () => {
  const records = {
    Main: checked('C1', '192.0.2.1', { SetIdentifier: 'main', Weight: 5 }),
    SpareA: record('192.0.2.2', { SetIdentifier: 'a', Weight: 0 }),
    SpareB: record('192.0.2.3', { SetIdentifier: 'b', Weight: 0 }),
    C1: CHECK,
  };
  expect(ask(records).ends).toEqual(['1 address 192.0.2.1']);
  const { ends, facts } = ask(records, {}, { faults: ['health-check=C1'] });
  expect(ends).toEqual(['0.5 address 192.0.2.2', '0.5 address 192.0.2.3']);
  expect(facts).toContain('R53-2');
});

golden('R53-2', `${API}/API_ResourceRecordSet.html`, 'with all weights at 0 the shares are equal', () => {
  const zero = (address: string, id: string) => record(address, { SetIdentifier: id, Weight: 0 });
  const { ends, facts } = ask({ A: zero('192.0.2.1', 'a'), B: zero('192.0.2.2', 'b') });
  expect(ends).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.2']);
  expect(facts).toContain('R53-2');
});

const PAIR = {
  Primary: checked('C1', '192.0.2.1', { SetIdentifier: 'p', Failover: 'PRIMARY' }),
  Secondary: checked('C2', '192.0.2.2', { SetIdentifier: 's', Failover: 'SECONDARY' }),
  C1: CHECK,
  C2: CHECK,
};

golden(
  'R53-3',
  `${GUIDE}/dns-failover-types.html`,
  'active-passive: the primary, the secondary, and the primary again',
  () => {
    expect(ask(PAIR).ends).toEqual(['1 address 192.0.2.1']);
    const failed = ask(PAIR, {}, { faults: ['health-check=C1'] });
    expect(failed.ends).toEqual(['1 address 192.0.2.2']);
    expect(failed.facts).toContain('R53-3');
    expect(failed.because).toEqual(['secondary, as the primary is out: C1 is unhealthy: a fault says so']);
    const unchecked = { ...PAIR, Secondary: record('192.0.2.2', { SetIdentifier: 's', Failover: 'SECONDARY' }) };
    expect(ask(unchecked, {}, { faults: ['health-check=C1'] }).ends).toEqual(['1 address 192.0.2.2']);
    expect(ask(PAIR, {}, { faults: ['health-check=C2'] }).ends).toEqual(['1 address 192.0.2.1']);
    const both = ask(PAIR, {}, { faults: ['health-check=C1', 'health-check=C2'] });
    expect(both.ends).toEqual(['1 address 192.0.2.1']);
    expect(both.facts).toContain('R53-3');
  },
);

/** The tree of the guide: latency aliases over weighted records, one set a Region. */
function tree(evaluates: boolean) {
  const region = (name: string, address: string, id: string) => ({
    [`Latency${id}`]: alias(`${name}.example.com`, evaluates, { SetIdentifier: name, Region: name }),
    [`A${id}`]: checked(`C${id}`, address, { Name: `${name}.example.com`, SetIdentifier: 'a', Weight: 1 }),
    [`B${id}`]: checked(`C${id}`, `${address}1`, { Name: `${name}.example.com`, SetIdentifier: 'b', Weight: 1 }),
    [`C${id}`]: CHECK,
  });
  return { ...region('us-east-1', '192.0.2.1', 'Us'), ...region('ap-southeast-2', '192.0.2.2', 'Ap') };
}

golden(
  'R53-4',
  `${GUIDE}/dns-failover-complex-configs.html`,
  'a branch of which every record is unhealthy is left',
  () => {
    const request = { clientRegion: 'us-east-1' };
    const left = ask(tree(true), request, { faults: ['health-check=CUs'] });
    expect(left.ends).toEqual(['0.5 address 192.0.2.2', '0.5 address 192.0.2.21']);
    expect(left.facts).toContain('R53-4');
    const one = {
      ...tree(true),
      BUs: record('192.0.2.12', { Name: 'us-east-1.example.com', SetIdentifier: 'b', Weight: 1 }),
    };
    expect(ask(one, request, { faults: ['health-check=CUs'] }).ends).toEqual(['1 address 192.0.2.12']);
    const stays = ask(tree(false), request, { faults: ['health-check=CUs'] });
    expect(stays.ends).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.11']);
    expect(stays.facts).toContain('R53-4');
  },
);

golden(
  'R53-4',
  `${GUIDE}/dns-failover-complex-configs.html`,
  'failover aliases over weighted records over servers: each level answers for the one below it',
  () => {
    const request = { clientRegion: 'us-east-1' };
    const zero = (address: string, id: string) =>
      checked('CSpare', address, { Name: 'us-east-1.example.com', SetIdentifier: id, Weight: 0 });
    const spare = { ...tree(true), Spare: zero('192.0.2.30', 'spare'), CSpare: CHECK };
    expect(ask(spare, request).ends).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.11']);
    const stays = ask(spare, request, { faults: ['health-check=CUs'] });
    expect(stays.ends).toEqual(['1 address 192.0.2.30']);
    expect(stays.facts).toContain('R53-2');
    const left = ask(spare, request, { faults: ['health-check=CUs', 'health-check=CSpare'] });
    expect(left.ends).toEqual(['0.5 address 192.0.2.2', '0.5 address 192.0.2.21']);
    const everything = ask(spare, request, { faults: ['health-check=CUs', 'health-check=CSpare', 'health-check=CAp'] });
    expect(everything.ends).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.11']);
    expect(everything.facts).toContain('R53-1');
  },
);

golden(
  'R53-4',
  `${API}/API_AliasTarget.html`,
  'an alias with a check of its own needs both, and CloudFront has no health',
  () => {
    const both = {
      Us: alias('us.example.com', true, { SetIdentifier: 'us', Weight: 1, HealthCheckId: { Ref: 'C1' } }),
      Eu: record('192.0.2.9', { SetIdentifier: 'eu', Weight: 1 }),
      Name: checked('C2', '192.0.2.1', { Name: 'us.example.com' }),
      C1: CHECK,
      C2: CHECK,
    };
    expect(ask(both, {}, { faults: ['health-check=C1'] }).ends).toEqual(['1 address 192.0.2.9']);
    const target = ask(both, {}, { faults: ['health-check=C2'] });
    expect(target.ends).toEqual(['1 address 192.0.2.9']);
    expect(target.facts).toContain('R53-4');
    const edge = ask({
      Edge: alias({ 'Fn::GetAtt': ['Cdn', 'DomainName'] }, true, { SetIdentifier: 'e', Failover: 'PRIMARY' }),
      Spare: record('192.0.2.1', { SetIdentifier: 's', Failover: 'SECONDARY' }),
      Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
    });
    expect(edge.ends).toEqual(['1 origin Cdn']);
    expect(edge.warnings.join()).toContain("EvaluateTargetHealth isn't available for a CloudFront distribution");
  },
);

golden('R53-5', `${API}/API_AliasTarget.html`, 'a balancer with an empty target group takes its record out', () => {
  const records = {
    Us: alias(nameOf('UsLb'), true, { SetIdentifier: 'us', Failover: 'PRIMARY' }),
    Eu: alias(nameOf('EuLb'), true, { SetIdentifier: 'eu', Failover: 'SECONDARY' }),
    UsLb: BALANCER,
    EuLb: BALANCER,
  };
  expect(ask(records).ends).toEqual(['1 origin UsLb']);
  const { ends, facts, because } = ask(records, {}, { unhealthy: ['UsLb'] });
  expect(ends).toEqual(['1 origin EuLb']);
  expect(facts).toContain('R53-5');
  expect(because[0]).toBe('secondary, as the primary is out: UsLb is unhealthy: no target of Green is healthy');
});

golden(
  'R53-6',
  `${GUIDE}/routing-policy-latency.html`,
  'a client goes to the Region nearest to it, else to the next',
  () => {
    const records = {
      Oregon: checked('C1', '192.0.2.1', { SetIdentifier: 'or', Region: 'us-west-2' }),
      Singapore: checked('C2', '192.0.2.2', { SetIdentifier: 'sg', Region: 'ap-southeast-1' }),
      C1: CHECK,
      C2: CHECK,
    };
    const near = ask(records, { clientRegion: 'ap-southeast-1' });
    expect(near).toMatchObject({ ends: ['1 address 192.0.2.2'], quality: 'exact', facts: ['R53-6'] });
    const between = ask(records, { clientRegion: 'us-east-1' });
    expect(between).toMatchObject({ ends: ['1 address 192.0.2.1'], quality: 'undocumented' });
    expect(between.because).toEqual(['latency: nearest of us-west-2, ap-southeast-1 to us-east-1']);
    const failed = ask(records, { clientRegion: 'ap-southeast-1' }, { faults: ['health-check=C2'] });
    expect(failed).toMatchObject({ ends: ['1 address 192.0.2.1'], quality: 'exact' });
    const anywhere = ask(records);
    expect(anywhere).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
    expect(anywhere.ends).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.2']);
  },
);

const PLACES = {
  Default: checked('C1', '192.0.2.1', { SetIdentifier: 'all', GeoLocation: { CountryCode: '*' } }),
  America: checked('C2', '192.0.2.2', { SetIdentifier: 'na', GeoLocation: { ContinentCode: 'NA' } }),
  Canada: checked('C3', '192.0.2.3', { SetIdentifier: 'ca', GeoLocation: { CountryCode: 'CA' } }),
  C1: CHECK,
  C2: CHECK,
  C3: CHECK,
};

golden(
  'R53-6',
  `${GUIDE}/routing-policy-geo.html`,
  'the smallest territory decides: Canada before North America',
  () => {
    expect(ask(PLACES, { clientCountry: 'CA' }).ends).toEqual(['1 address 192.0.2.3']);
    expect(ask(PLACES, { clientCountry: 'MX' }).ends).toEqual(['1 address 192.0.2.2']);
    expect(ask(PLACES, { clientCountry: 'DE' }).ends).toEqual(['1 address 192.0.2.1']);
    const { Default: _, ...without } = PLACES;
    const none = ask(without, { clientCountry: 'DE' });
    expect(none.ends).toEqual(['1 no-answer shop.example.com']);
    expect(none.facts).toContain('R53-6');
    expect(ask(PLACES)).toMatchObject({ quality: 'bounded', warnings: [] });
    expect(ask(without).warnings.join()).toContain('no default record: clients elsewhere get no answer');
  },
);

golden(
  'R53-6',
  `${GUIDE}/routing-policy-multivalue.html`,
  'every healthy value is answered, and all if none is healthy',
  () => {
    const records = {
      One: checked('C1', '192.0.2.1', { SetIdentifier: '1', MultiValueAnswer: true }),
      Two: checked('C2', '192.0.2.2', { SetIdentifier: '2', MultiValueAnswer: true }),
      Three: record('192.0.2.3', { SetIdentifier: '3', MultiValueAnswer: true }),
      C1: CHECK,
      C2: CHECK,
    };
    const { ends, facts } = ask(records, {}, { faults: ['health-check=C1'] });
    expect(ends).toEqual(['0.5 address 192.0.2.2', '0.5 address 192.0.2.3']);
    expect(facts).toContain('R53-6');
  },
);

golden(
  'R53-6',
  `${GUIDE}/routing-policy-geoproximity.html`,
  'a bias of 50 halves 150 km, which is less than 100',
  () => {
    // On a meridian a degree is 111 km: A is 150 km north of the client, B 100 km south of it.
    const at = (latitude: number, bias: number) => ({
      GeoProximityLocation: { Coordinates: { Latitude: String(latitude), Longitude: '-77.4' }, Bias: bias },
    });
    const records = (bias: number) => ({
      A: record('192.0.2.1', { SetIdentifier: 'a', ...at(38.9 + 150 / 111.19, bias) }),
      B: record('192.0.2.2', { SetIdentifier: 'b', ...at(38.9 - 100 / 111.19, 0) }),
    });
    expect(ask(records(0), { clientRegion: 'us-east-1' }).ends).toEqual(['1 address 192.0.2.2']);
    const shrunk = {
      ...records(0),
      B: record('192.0.2.2', { SetIdentifier: 'b', ...at(38.9 - 100 / 111.19, -60) }),
    };
    expect(ask(shrunk, { clientRegion: 'us-east-1' }).ends).toEqual(['1 address 192.0.2.1']);
    const biased = ask(records(50), { clientRegion: 'us-east-1' });
    expect(biased).toMatchObject({ ends: ['1 address 192.0.2.1'], quality: 'undocumented', facts: ['R53-6'] });
  },
);

golden(
  'R53-6',
  `${GUIDE}/routing-policy-ipbased.html`,
  'a longer address matches the shorter block, a shorter one the default',
  () => {
    const at = (LocationName: string) => ({ CidrRoutingConfig: { CollectionId: { Ref: 'Blocks' }, LocationName } });
    const records = {
      Wide: record('2001:db8::a', { Type: 'AAAA', SetIdentifier: 'wide', ...at('wide') }),
      Narrow: record('2001:db8::b', { Type: 'AAAA', SetIdentifier: 'narrow', ...at('narrow') }),
      Rest: record('2001:db8::c', { Type: 'AAAA', SetIdentifier: 'rest', ...at('*') }),
      Blocks: {
        Type: 'AWS::Route53::CidrCollection',
        Properties: {
          Name: 'blocks',
          Locations: [
            { LocationName: 'wide', CidrList: ['2001:0DB8::/32'] },
            { LocationName: 'narrow', CidrList: ['2001:0DB9:0000:1234::/48'] },
          ],
        },
      },
    };
    expect(ask(records, { clientIp: '2001:db8:0:1234::1' }).ends).toEqual(['1 address 2001:db8::a']);
    expect(ask(records, { clientIp: '2001:db9::1' }).ends).toEqual(['1 address 2001:db8::b']);
    const other = ask(records, { clientIp: '2001:dba::1' });
    expect(other.ends).toEqual(['1 address 2001:db8::c']);
    expect(other.facts).toContain('R53-6');
  },
);

golden(
  'R53-6',
  `${GUIDE}/routing-policy-ipbased.html`,
  'of blocks that an address is in the longest decides, whatever the order of the records',
  () => {
    const at = (LocationName: string) => ({ CidrRoutingConfig: { CollectionId: { Ref: 'Blocks' }, LocationName } });
    const blocks = {
      Type: 'AWS::Route53::CidrCollection',
      Properties: {
        Name: 'blocks',
        Locations: [
          { LocationName: 'provider', CidrList: ['203.0.0.0/16'] },
          { LocationName: 'office', CidrList: ['203.0.113.0/24', '198.51.100.0/24'] },
        ],
      },
    };
    const Provider = record('192.0.2.1', { SetIdentifier: 'provider', ...at('provider') });
    const Office = record('192.0.2.2', { SetIdentifier: 'office', ...at('office') });
    const Rest = record('192.0.2.3', { SetIdentifier: 'rest', ...at('*') });
    for (const records of [
      { Provider, Office, Rest, Blocks: blocks },
      { Rest, Office, Provider, Blocks: blocks },
    ]) {
      const answered = (clientIp: string) => ask(records, { clientIp });
      expect(answered('203.0.113.9')).toMatchObject({ ends: ['1 address 192.0.2.2'], quality: 'exact' });
      expect(answered('203.0.112.9')).toMatchObject({ ends: ['1 address 192.0.2.1'], facts: ['R53-6'] });
      expect(answered('198.51.100.9').ends).toEqual(['1 address 192.0.2.2']);
      expect(answered('192.0.2.9').ends).toEqual(['1 address 192.0.2.3']);
      const anybody = ask(records);
      expect(anybody.ends).toHaveLength(3);
      expect(anybody).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
    }
  },
);

golden(
  'R53-13',
  `${API}/API_ResourceRecordSet.html`,
  'a second policy or Region of a name is refused, so it is left out',
  () => {
    const { ends, warnings } = ask({
      First: record('192.0.2.1', { SetIdentifier: '1', Weight: 1 }),
      Other: record('192.0.2.2', { SetIdentifier: '2', Region: 'us-east-1' }),
    });
    expect(ends).toEqual(['1 address 192.0.2.1']);
    expect(warnings).toEqual([
      'Stack/Other (AWS::Route53::RecordSet): Route 53 refuses a second record of shop.example.com and type A: ' +
        'latency beside 1 (weighted).',
    ]);
    const twice = ask(
      {
        First: record('192.0.2.1', { SetIdentifier: '1', Region: 'us-east-1' }),
        Again: record('192.0.2.2', { SetIdentifier: '2', Region: 'us-east-1' }),
        Other: record('192.0.2.3', { SetIdentifier: '3', Region: 'eu-west-1' }),
      },
      { clientRegion: 'us-east-1' },
    );
    expect(twice.ends).toEqual(['1 address 192.0.2.1']);
    const alone = ask({
      Alias: alias('v6.example.com', false),
      V6: record('2001:db8::1', { Name: 'v6.example.com', Type: 'AAAA' }),
    });
    expect(alone.ends).toEqual(['1 no-answer v6.example.com']);
    expect(alone.facts).toContain('R53-13');
  },
);

golden(
  'R53-14',
  `${GUIDE}/resource-record-sets-values-geo.html`,
  'outward from a country: its continent, all locations, and the smallest if all are out',
  () => {
    const america = { clientCountry: 'CA' };
    const country = ask(PLACES, america, { faults: ['health-check=C3'] });
    expect(country.ends).toEqual(['1 address 192.0.2.2']);
    expect(country.facts).toContain('R53-14');
    const continent = ask(PLACES, america, { faults: ['health-check=C3', 'health-check=C2'] });
    expect(continent.ends).toEqual(['1 address 192.0.2.1']);
    const all = ask(PLACES, america, { faults: ['health-check=C3', 'health-check=C2', 'health-check=C1'] });
    expect(all.ends).toEqual(['1 address 192.0.2.3']);
  },
);

golden(
  'R53-18',
  `${GUIDE}/routing-policy-simple.html`,
  'a simple record answers with all its values, of which a client takes one',
  () => {
    const { ends, facts } = ask({ All: record('', { ResourceRecords: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] }) });
    expect(ends).toEqual(['1', '2', '3'].map((last) => `0.333333 address 192.0.2.${last}`));
    expect(facts).toContain('R53-18');
  },
);

golden(
  'R53-18',
  'https://www.rfc-editor.org/rfc/rfc4592',
  'a zone exists without records, so the wildcard of the zone above does not answer below it',
  () => {
    const zone = (Name: string, more: object = {}) => ({
      Type: 'AWS::Route53::HostedZone',
      Properties: { Name, ...more },
    });
    const records = {
      Wild: record('192.0.2.1', { Name: '*.example.com', HostedZoneId: { Ref: 'Above' } }),
      Above: zone('example.com.'),
      Below: zone('sub.example.com.'),
    };
    const at = (host: string, all: object = records) => ask(all, { url: `https://${host}/` });
    expect(at('a.sub.example.com').ends).toEqual(['1 no-answer a.sub.example.com']);
    expect(at('a.other.example.com').ends).toEqual(['1 address 192.0.2.1']);
    const inside = {
      ...records,
      Inside: record('10.0.0.1', { Name: 'db.example.com', HostedZoneId: { Ref: 'Private' } }),
      Alone: record('10.0.0.2', { Name: 'db.internal', HostedZoneId: { Ref: 'Internal' } }),
      Private: zone('example.com.', { VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }] }),
      Internal: zone('internal.', { VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }] }),
      Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'db.internal' } },
    };
    expect(at('db.example.com', inside).ends).toEqual(['1 address 192.0.2.1']);
    const alone = at('db.internal', inside);
    expect(alone.ends).toEqual(['1 address 10.0.0.2']);
    expect(alone.facts).toContain('R53-18');
    expect(ask(inside, { url: 'https://db.internal/', entry: 'Cdn' }).ends).toEqual(['1 no-answer db.internal']);
  },
);

golden(
  'R53-18',
  `${GUIDE}/DomainNameFormat.html`,
  'names differ neither by case nor by a dot, and a wildcard answers for the rest',
  () => {
    const records = {
      Exact: record('192.0.2.1', { Name: 'WWW.Example.com.' }),
      Wild: record('192.0.2.2', { Name: '\\052.example.com.' }),
      Deep: record('192.0.2.3', { Name: 'x.deep.example.com' }),
    };
    const at = (host: string) => ask(records, { url: `https://${host}/` });
    expect(at('www.example.com').ends).toEqual(['1 address 192.0.2.1']);
    expect(at('Other.example.com').ends).toEqual(['1 address 192.0.2.2']);
    expect(at('a.b.example.com').ends).toEqual(['1 address 192.0.2.2']);
    expect(at('y.deep.example.com').ends).toEqual(['1 no-answer y.deep.example.com']);
    expect(at('example.com').ends).toEqual(['1 no-answer example.com']);
    expect(at('example.com').facts).toContain('R53-18');
  },
);

const zone = (Name: string, VPCs?: object[]) => ({
  Type: 'AWS::Route53::HostedZone',
  Properties: { Name, ...(VPCs === undefined ? {} : { VPCs }) },
});

golden(
  'R53-20',
  `${GUIDE}/dns-routing-traffic-for-subdomains.html`,
  'name servers of a subdomain are asked, whatever the zone above still has',
  () => {
    const at = (Zone: string, Name: string, address: string) => record(address, { Name, HostedZoneId: { Ref: Zone } });
    const records = {
      Above: zone('example.com'),
      Sub: zone('sub.example.com'),
      Servers: record('', {
        Name: 'sub.example.com',
        Type: 'NS',
        HostedZoneId: { Ref: 'Above' },
        ResourceRecords: { 'Fn::GetAtt': ['Sub', 'NameServers'] },
      }),
      Stale: at('Above', 'www.sub.example.com', '192.0.2.1'),
      Both: at('Above', 'api.sub.example.com', '192.0.2.3'),
      Wild: at('Sub', '*.sub.example.com', '192.0.2.2'),
      Own: at('Sub', 'api.sub.example.com', '192.0.2.4'),
      Top: at('Above', 'www.example.com', '192.0.2.5'),
    };
    const from = (host: string) => ask(records, { url: `https://${host}/` });
    expect(from('www.sub.example.com')).toMatchObject({ ends: ['1 address 192.0.2.2'], warnings: [] });
    expect(from('api.sub.example.com')).toMatchObject({ ends: ['1 address 192.0.2.4'], warnings: [] });
    expect(from('www.sub.example.com').facts).toContain('R53-20');
    expect(from('www.example.com')).toMatchObject({ ends: ['1 address 192.0.2.5'], facts: ['R53-18'] });
  },
);

golden(
  'R53-21',
  `${GUIDE}/hosted-zone-private-considerations.html`,
  'a name that the private zone of a VPC lacks does not exist inside, even if a public zone has it',
  () => {
    const records = {
      Public: zone('example.com'),
      Private: zone('example.com', [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }]),
      App: record('api.example.com', { Name: 'app.example.com', Type: 'CNAME', HostedZoneId: { Ref: 'Private' } }),
      Api: record('192.0.2.1', { Name: 'api.example.com', HostedZoneId: { Ref: 'Public' } }),
    };
    const inside = ask(records, { url: 'https://app.example.com/' });
    expect(inside.ends).toEqual(['1 no-answer api.example.com']);
    expect(inside.facts).toContain('R53-21');
    expect(ask(records, { url: 'https://api.example.com/' }).ends).toEqual(['1 address 192.0.2.1']);
  },
);

golden(
  'R53-22',
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
  'an alias of type AAAA to a balancer of IPv4 has no address, so a client with both connects by IPv4',
  () => {
    const balancer = (IpAddressType?: string) => ({
      A: alias(nameOf('Lb'), false),
      Aaaa: alias(nameOf('Lb'), false, { Type: 'AAAA' }),
      Lb: { ...BALANCER, Properties: { Type: 'application', IpAddressType } },
    });
    const client = { clientIp: '2001:db8::1' };
    const four = ask(balancer('ipv4'), client);
    expect(four.ends).toEqual(['1 origin Lb']);
    expect(four.because).toContain('IPv4 is used instead');
    expect(four.facts).toContain('R53-22');
    expect(ask(balancer(), client).because).toContain('IPv4 is used instead');
    expect(ask(balancer('dualstack'), client).because.join()).not.toContain('IPv4');
  },
);
