import { fleet, forward, group, networkBalancer, networkListener, subnets } from '../../support/network-balancer';
import { lines, reason, through, worldOf } from '../../support/world';

const CROSS_ZONE = { 'load_balancing.cross_zone.enabled': 'true' };
const UNUSED = "no target is in use: all stand in us-east-1c, where its balancer doesn't";

function ends(resources: object, ...faults: string[]) {
  const world = worldOf(
    {
      ...subnets('abc'),
      Nlb: networkBalancer('ab', CROSS_ZONE),
      Tcp: networkListener('Blue'),
      Blue: group(),
      Fleet: fleet('Blue', 'c'),
      ...resources,
    },
    faults,
  );
  return through(world.balancer(world.at('Nlb')));
}

function zoneAt(place: number): object {
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: { AvailabilityZone: { 'Fn::Select': [place, { 'Fn::GetAZs': '' }] } },
  };
}

describe('targets where their balancer does not stand', () => {
  test('get no connections, and the group is as one without targets', () => {
    expect(lines(ends({}))).toEqual(['1 error Blue']);
    expect(reason(ends({}))).toBe(UNUSED);
  });

  test('are of no use when the others fail', () => {
    const outcomes = ends({ Fleet: fleet('Blue', 'bc') }, 'az=us-east-1b');
    expect(reason(outcomes)).toMatch('no target is healthy: us-east-1b, where all of them stand, is down');
  });

  test('count as in use where a fault says how many are healthy', () => {
    expect(lines(ends({}, 'targets=Blue:1/2'))).toEqual(['1 target-group Blue']);
  });

  test('are known by their places in the list of the Region too, if all zones are', () => {
    const places = { Subneta: zoneAt(0), Subnetb: zoneAt(1), Subnetc: zoneAt(2) };
    expect(reason(ends(places))).toBe(UNUSED);
    expect(lines(ends({ ...places, Subnetc: subnets('c').Subnetc }))).toEqual(['1 target-group Blue']);
  });

  test('count as in use if the zone of a target or a subnet is not known', () => {
    const unknown = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1' } };
    expect(lines(ends({ Subneta: unknown }))).toEqual(['1 target-group Blue']);
    expect(lines(ends({ Subnetc: unknown }))).toEqual(['1 target-group Blue']);
    expect(lines(ends({ Nlb: networkBalancer('', CROSS_ZONE) }))).toEqual(['1 target-group Blue']);
    const mappings = { SubnetMappings: [{ SubnetId: { Ref: 'Subneta' } }, { Ref: 'Mapping' }] };
    const mapped = {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Type: 'network',
        ...mappings,
        LoadBalancerAttributes: [{ Key: Object.keys(CROSS_ZONE)[0], Value: 'true' }],
      },
    };
    expect(lines(ends({ Nlb: mapped }))).toEqual(['1 target-group Blue']);
  });

  test('count as in use if two balancers have the group', () => {
    const other = {
      Other: networkBalancer('c'),
      OfOther: networkListener('', { balancer: 'Other', actions: [forward('Blue')] }),
    };
    expect(lines(ends(other))).toEqual(['1 target-group Blue']);
  });
});
