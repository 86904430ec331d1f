import { alias, CHECK, endsIn, firstIn, outcomesIn, record, SHOP, worldOf } from './support';

const at = (SetIdentifier: string, more: object) => ({ SetIdentifier, ...more });
const all = (more: object) => ({ url: SHOP, ...more });

test('several values of a simple record are taken equally often', () => {
  const world = worldOf({ Shop: record('', { ResourceRecords: ['192.0.2.1', '192.0.2.2'] }) });
  expect(endsIn(world, all({}))).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.2']);
});

test('a weight of which the value is not known makes every share a guess', () => {
  const world = worldOf({
    One: record('192.0.2.1', at('1', { Weight: { Ref: 'Share' } })),
    Two: record('192.0.2.2', at('2', { Weight: 10 })),
  });
  expect(firstIn(world, all({}))).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
  expect(firstIn(world, all({})).warnings.join()).toContain('Stack/One (AWS::Route53::RecordSet): Weight');
});

test('fails for a weight that Route 53 does not take', () => {
  const world = worldOf({ One: record('192.0.2.1', at('1', { Weight: 256 })) });
  expect(() => endsIn(world, all({}))).toThrow('Weight must be an integer from 0 to 255, got 256.');
});

test('all weights 0 are equal shares', () => {
  const world = worldOf({
    One: record('192.0.2.1', at('1', { Weight: 0 })),
    Two: record('192.0.2.2', at('2', { Weight: 0 })),
  });
  expect(endsIn(world, all({}))).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.2']);
});

test('a client Region that is nowhere leaves the latency open', () => {
  const world = worldOf({
    One: record('192.0.2.1', at('1', { Region: 'us-east-1' })),
    Two: record('192.0.2.2', at('2', { Region: 'eu-west-1' })),
  });
  const { quality, because } = firstIn(world, all({ clientRegion: 'mars-1' }));
  expect(quality).toBe('bounded');
  expect(because[0]).toContain("where the client's Region 'mars-1' is isn't known");
});

test('a failover without a partner is all there is', () => {
  const world = worldOf({ Two: record('192.0.2.2', at('2', { Failover: 'SECONDARY' })) });
  expect(endsIn(world, all({}))).toEqual(['1 address 192.0.2.2']);
});

test('without a country a geolocation is open, and says that there is no default', () => {
  const world = worldOf({
    De: record('192.0.2.1', at('de', { GeoLocation: { CountryCode: 'DE' } })),
    Fr: record('192.0.2.2', at('fr', { GeoLocation: { CountryCode: 'FR' } })),
  });
  expect(endsIn(world, all({}))).toEqual([
    '0.5 address 192.0.2.1',
    '0.5 address 192.0.2.2',
    '0 no-answer shop.example.com',
  ]);
  expect(outcomesIn(world, all({})).every(({ min, max }) => min === 0 && max === 1)).toBe(true);
  expect(firstIn(world, all({})).warnings.join()).toContain('no default record');
});

test('a subdivision does not match, as nobody knows the client to be there', () => {
  const world = worldOf({
    Texas: record('192.0.2.1', at('texas', { GeoLocation: { CountryCode: 'US', SubdivisionCode: 'TX' } })),
    Us: record('192.0.2.2', at('us', { GeoLocation: { CountryCode: 'US' } })),
  });
  expect(endsIn(world, all({ clientCountry: 'us' }))).toEqual(['1 address 192.0.2.2', '0 address 192.0.2.1']);
  for (const outcome of outcomesIn(world, all({ clientCountry: 'US' }))) {
    expect(outcome).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
  }
  const { warnings } = firstIn(world, all({ clientCountry: 'US' }));
  expect(warnings.join()).toContain('texas of shop.example.com counts as not matching');
});

test('a subdivision whose record is out changes nothing', () => {
  const world = worldOf(
    {
      Texas: record('192.0.2.1', {
        ...at('texas', { GeoLocation: { CountryCode: 'US', SubdivisionCode: 'TX' } }),
        HealthCheckId: { Ref: 'Check' },
      }),
      Us: record('192.0.2.2', at('us', { GeoLocation: { CountryCode: 'US' } })),
      Check: CHECK,
    },
    { faults: ['health-check=Check'] },
  );
  expect(endsIn(world, all({ clientCountry: 'US' }))).toEqual(['1 address 192.0.2.2']);
  expect(firstIn(world, all({ clientCountry: 'US' }))).toMatchObject({ quality: 'exact', warnings: [] });
});

test('where the country has no record of its own, its subdivisions may still answer', () => {
  const world = worldOf({
    Texas: record('192.0.2.1', at('texas', { GeoLocation: { CountryCode: 'US', SubdivisionCode: 'TX' } })),
  });
  expect(endsIn(world, all({ clientCountry: 'US' }))).toEqual(['1 no-answer shop.example.com', '0 address 192.0.2.1']);
});

test('when no record is healthy the trace names why each is out', () => {
  const checked = (address: string, SetIdentifier: string) =>
    record(address, { SetIdentifier, Weight: 1, HealthCheckId: { Ref: 'Check' } });
  const world = worldOf(
    { One: checked('192.0.2.1', 'one'), Two: checked('192.0.2.2', 'two'), Check: CHECK },
    { faults: ['health-check=Check'] },
  );
  const because = 'Check is unhealthy: a fault says so';
  expect(firstIn(world, all({})).because).toEqual([
    `weight 1 of 2, as no record is healthy and all count as healthy: one (${because}), two (${because})`,
  ]);
});

test('behind an edge nobody knows the country or the address that asks', () => {
  const behind = (more: object, other: object) =>
    worldOf({
      Shop: { ...alias({ 'Fn::GetAtt': ['Cdn', 'DomainName'] }, false) },
      Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'origin.example.com' } },
      One: record('192.0.2.1', { Name: 'origin.example.com', SetIdentifier: '1', ...more }),
      Two: record('192.0.2.2', { Name: 'origin.example.com', SetIdentifier: '2', ...other }),
    });
  const geo = behind({ GeoLocation: { CountryCode: 'DE' } }, { GeoLocation: { CountryCode: '*' } });
  expect(firstIn(geo, all({ clientCountry: 'DE' })).quality).toBe('bounded');
  const where = { CollectionId: 'unused', LocationName: '*' };
  const byIp = behind({ CidrRoutingConfig: where }, { CidrRoutingConfig: where });
  expect(firstIn(byIp, all({ clientIp: '192.0.2.77' })).quality).toBe('bounded');
});

test('a record whose policy is not known is taken when it is the only one that is left', () => {
  const world = worldOf(
    {
      One: record('192.0.2.1', at('1', { Weight: { Ref: 'Share' } })),
      Two: record('192.0.2.2', at('2', { Weight: 10, HealthCheckId: { Ref: 'Check' } })),
      Check: CHECK,
    },
    { faults: ['health-check=Check'] },
  );
  expect(endsIn(world, all({}))).toEqual(['1 address 192.0.2.1']);
  expect(firstIn(world, all({})).quality).toBe('exact');
});

test('a client in the Region of the nearest place is sure, one elsewhere is not', () => {
  const group = (bias: number) => ({
    Group: {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: {
        HostedZoneId: 'Z1',
        RecordSets: ['us-east-1', 'eu-west-1'].map((AWSRegion, index) => ({
          Name: 'shop.example.com',
          Type: 'A',
          TTL: '60',
          SetIdentifier: AWSRegion,
          GeoProximityLocation: { AWSRegion, Bias: index === 1 ? bias : 0 },
          ResourceRecords: [`192.0.2.${index + 1}`],
        })),
      },
    },
  });
  const ask = (bias: number, clientRegion?: string) => {
    const request = all(clientRegion === undefined ? {} : { clientRegion });
    const world = worldOf(group(bias));
    return [endsIn(world, request)[0], firstIn(world, request).quality];
  };
  expect(ask(0, 'us-east-1')).toEqual(['1 address 192.0.2.1', 'exact']);
  expect(ask(0, 'us-west-2')).toEqual(['1 address 192.0.2.1', 'undocumented']);
  expect(ask(90, 'us-west-2')).toEqual(['1 address 192.0.2.2', 'undocumented']);
  expect(ask(0)).toEqual(['0.5 address 192.0.2.1', 'bounded']);
});

test('the longest block decides, and a place that is out is passed over', () => {
  const where = (LocationName: string) => ({
    CidrRoutingConfig: { CollectionId: { 'Fn::GetAtt': ['C', 'Id'] }, LocationName },
  });
  const records = {
    Wide: record('192.0.2.1', at('wide', where('wide'))),
    Narrow: record('192.0.2.2', at('narrow', { ...where('narrow'), HealthCheckId: { Ref: 'Check' } })),
    Check: CHECK,
    C: {
      Type: 'AWS::Route53::CidrCollection',
      Properties: {
        Locations: [
          { LocationName: 'wide', CidrList: ['203.0.0.0/16'] },
          { LocationName: 'narrow', CidrList: ['203.0.113.0/24'] },
        ],
      },
    },
  };
  const inside = all({ clientIp: '203.0.113.9' });
  expect(endsIn(worldOf(records), inside)).toEqual(['1 address 192.0.2.2']);
  expect(endsIn(worldOf(records, { faults: ['health-check=Check'] }), inside)).toEqual(['1 address 192.0.2.1']);
  expect(endsIn(worldOf(records), all({ clientIp: '198.51.100.1' }))).toEqual(['1 no-answer shop.example.com']);
  expect(firstIn(worldOf(records), all({}))).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
});

test('shares of every policy sum to 1', () => {
  const world = worldOf({
    One: record('', at('1', { Weight: 3, ResourceRecords: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] })),
    Two: record('192.0.2.4', at('2', { Weight: 4 })),
  });
  const sum = outcomesIn(world, all({})).reduce((total, { share }) => total + share, 0);
  expect(sum).toBeCloseTo(1, 12);
});

test('a country that lies on two continents counts to the one that Route 53 says', () => {
  const world = worldOf({
    Eu: record('192.0.2.1', at('eu', { GeoLocation: { ContinentCode: 'EU' } })),
    As: record('192.0.2.2', at('as', { GeoLocation: { ContinentCode: 'AS' } })),
    Af: record('192.0.2.3', at('af', { GeoLocation: { ContinentCode: 'AF' } })),
  });
  const answerOf = (clientCountry: string) => {
    const { quality, warnings } = firstIn(world, all({ clientCountry }));
    return [...endsIn(world, all({ clientCountry })), quality, ...warnings];
  };
  expect(answerOf('RU')).toEqual(['1 address 192.0.2.1', 'exact']);
  expect(answerOf('TR')).toEqual(['1 address 192.0.2.2', 'exact']);
  expect(answerOf('EG')).toEqual(['1 address 192.0.2.3', 'exact']);
  expect(answerOf('DK')).toEqual(['1 address 192.0.2.1', 'exact']);
});

test('one record is not one of several', () => {
  const geo = worldOf({ De: record('192.0.2.1', at('de', { GeoLocation: { CountryCode: 'DE' } })) });
  expect(firstIn(geo, all({})).because).toEqual(["geolocation: the only record, as the client's country isn't given"]);
});

test('a Region that AWS has not is named, with the one that was meant', () => {
  const world = worldOf({
    Us: record('192.0.2.1', at('us', { Region: 'us-east-1' })),
    Eu: record('192.0.2.2', at('eu', { Region: 'eu-wset-1' })),
  });
  expect(firstIn(world, all({ clientRegion: 'us-east-1' })).warnings).toEqual([
    "Stack/Eu (AWS::Route53::RecordSet): Route 53 refuses a Region that AWS hasn't, and none is known as 'eu-wset-1'; did you mean eu-west-1?",
  ]);
});

describe('of blocks that hold an address, when the record of the longest is out', () => {
  const block = (LocationName: string) => ({
    CidrRoutingConfig: { CollectionId: { Ref: 'Blocks' }, LocationName },
  });
  const narrow = record('192.0.2.1', { ...at('narrow', block('narrow')), HealthCheckId: { Ref: 'Check' } });
  const wide = record('192.0.2.2', at('wide', block('wide')));
  const rest = record('192.0.2.3', at('rest', block('*')));
  const around = {
    Check: CHECK,
    Blocks: {
      Type: 'AWS::Route53::CidrCollection',
      Properties: {
        Name: 'blocks',
        Locations: [
          { LocationName: 'narrow', CidrList: ['198.51.100.0/24'] },
          { LocationName: 'wide', CidrList: ['198.51.0.0/16'] },
        ],
      },
    },
  };
  const out = { faults: ['health-check=Check'] };

  test.each([
    ['a shorter block', { Narrow: narrow, Wide: wide, Rest: rest }, '192.0.2.2'],
    ['the default', { Narrow: narrow, Rest: rest }, '192.0.2.3'],
    ['none', { Narrow: narrow, Other: record('192.0.2.4', at('other', block('nowhere'))) }, '192.0.2.1'],
  ])('what answers is not documented, if there is %s', (_, records, address) => {
    const world = worldOf({ ...records, ...around }, out);
    expect(endsIn(world, all({ clientIp: '198.51.100.7' }))).toEqual([`1 address ${address}`]);
    const { quality, warnings } = firstIn(world, all({ clientIp: '198.51.100.7' }));
    expect(quality).toBe('undocumented');
    expect(warnings.join()).toContain("isn't documented");
  });

  test('clients of the shorter block alone get its record for certain', () => {
    const world = worldOf({ Narrow: narrow, Wide: wide, Rest: rest, ...around }, out);
    const { quality, warnings } = firstIn(world, all({ clientIp: '198.51.7.7' }));
    expect({ quality, warnings }).toEqual({ quality: 'exact', warnings: [] });
  });
});
