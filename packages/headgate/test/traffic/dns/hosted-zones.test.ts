import { endsIn, firstIn, record, worldOf } from './support';

const VPCS = [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }];
const zone = (Name: unknown, VPCs?: object[]) => ({
  Type: 'AWS::Route53::HostedZone',
  Properties: { Name, ...(VPCs === undefined ? {} : { VPCs }) },
});
const CDN = { Type: 'AWS::CloudFront::Distribution', Properties: { Origin: 'app.example.com' } };
const named = (more: object = {}) =>
  record('192.0.2.1', { Name: 'app.example.com', HostedZoneId: undefined, HostedZoneName: 'Example.com.', ...more });
const APP = { url: 'https://app.example.com/' };

describe('a zone that a record has by name', () => {
  test('is private if it is so in the templates', () => {
    const world = worldOf({ App: named(), Zone: zone('example.com', VPCS), Cdn: CDN });
    expect(endsIn(world, { ...APP, entry: 'Cdn' })).toEqual(['1 no-answer app.example.com']);
    expect(firstIn(world, APP).warnings.join()).toContain('stands in a private zone only');
  });

  test('is private by a name that only a deployment knows', () => {
    const Domain = { Ref: 'Domain' };
    const App = named({ HostedZoneName: Domain });
    const world = worldOf({ App, Zone: zone(Domain, VPCS), Cdn: CDN });
    expect(endsIn(world, { ...APP, entry: 'Cdn' })).toEqual(['1 no-answer app.example.com']);
  });

  test.each([
    ['is public if it is so in the templates', { Zone: zone('example.com') }],
    ['is taken for public if no template has it', {}],
    [
      'is taken for public if the templates have two of that name',
      {
        Zone: zone('example.com', VPCS),
        Other: zone('example.com'),
      },
    ],
  ])('%s', (_, zones) => {
    expect(endsIn(worldOf({ App: named(), ...zones, Cdn: CDN }), { ...APP, entry: 'Cdn' })).toEqual([
      '1 address 192.0.2.1',
    ]);
  });

  test('is the one that others have by id', () => {
    const world = worldOf({
      One: named({ SetIdentifier: 'one', Weight: 1 }),
      Two: named({ HostedZoneName: undefined, HostedZoneId: { Ref: 'Zone' }, SetIdentifier: 'two', Weight: 1 }),
      Zone: zone('example.com'),
    });
    expect(endsIn(world, APP)).toEqual(['0.5 address 192.0.2.1', '0.5 address 192.0.2.1']);
    expect(firstIn(world, APP).warnings).toEqual([]);
  });
});
