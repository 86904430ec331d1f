import {
  Reference,
  type Resource,
  type Stack,
  Templates,
  Unresolved,
  type Value,
  ZoneOfRegion,
} from '../../../lib/template';
import { BalancerBase } from '../../../lib/traffic/balancer/zones';
import { COMPILERS } from '../../../lib/traffic/compilers';
import { Fault, Faults } from '../../../lib/traffic/fault';
import { World } from '../../../lib/traffic/world';
import {
  applicationBalancer,
  fleet,
  group,
  networkBalancer,
  networkListener,
  subnets,
} from '../../support/network-balancer';
import { lines, reason, through, worldOf } from '../../support/world';

/** A balancer in one subnet, whose zone is as given, and the groups of Auto Scaling that are there too. */
function inZones(zones: readonly Value[], ...faults: string[]) {
  const resources = new Map<string, Resource>();
  const stack: Stack = { name: 'Stack', region: 'us-east-1', file: 'Stack', resources, outputs: new Map() };
  const add = (logicalId: string, type: string, properties: Record<string, Value>) => {
    const resource = { stack, logicalId, type, properties, metadata: {} };
    resources.set(logicalId, resource);
    return resource;
  };
  const refs = zones.map(
    (zone, index) => new Reference(add(`Subnet${index}`, 'AWS::EC2::Subnet', { AvailabilityZone: zone }), undefined),
  );
  const balancer = add('Alb', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: refs });
  const templates = new Templates([stack]);
  const world = new World(
    templates,
    new Faults(
      faults.map((fault) => Fault.parse(fault)),
      templates,
    ),
    COMPILERS,
  );
  return new BalancerBase(balancer, world);
}

const NOTHING = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
const entered = (base: BalancerBase) =>
  through({ pass: (passage, road) => road.end(base.enter(passage), { type: 'address', id: 'x' }) })[0]!;

describe('the zones of a balancer', () => {
  test('are those of its subnets', () => {
    const base = inZones(['us-east-1a', 'us-east-1b']);
    expect(base.zones.map(({ name, down }) => [name, down])).toEqual([
      ['us-east-1a', false],
      ['us-east-1b', false],
    ]);
    expect(entered(base).trace).toEqual([]);
  });

  test('can come from mappings', () => {
    const resources = subnets('a');
    const world = worldOf({
      ...resources,
      Nlb: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Type: 'network', SubnetMappings: [{ SubnetId: { Ref: 'Subneta' }, AllocationId: 'eipalloc-1' }] },
      },
    });
    expect(new BalancerBase(world.at('Nlb'), world).zones.map(({ name }) => name)).toEqual(['us-east-1a']);
  });

  test('that are places in the list of the Region are hit by their letter, which is not documented', () => {
    const base = inZones([new ZoneOfRegion('us-east-1', 0), new ZoneOfRegion('us-east-1', 1)], 'az=us-east-1a');
    expect(base.liveZones).toHaveLength(1);
    const end = entered(base);
    expect(end.quality).toBe('undocumented');
    expect(end.trace[0]!.because).toBe('us-east-1a is down and out of DNS');
    const warning =
      "Stack/Alb: which zones an account has isn't known before a deployment, so us-east-1a and us-east-1b are taken by their places in the list.";
    expect(end.warnings).toEqual([warning]);
    // The list may as well have the zone that is down in one of these places.
    const other = entered(
      inZones([new ZoneOfRegion('us-east-1', 0), new ZoneOfRegion('us-east-1', 1)], 'az=us-east-1c'),
    );
    expect(other.warnings).toEqual([warning]);
  });

  test('that are not known count as not hit, with a warning if the fault is in their Region', () => {
    const zone = new Unresolved('${Zone}', 'Stack');
    expect(entered(inZones([zone], 'az=us-east-1a')).warnings).toEqual([
      "Stack/Alb: the zone of ${Zone} isn't known, so it counts as not hit by az=us-east-1a.",
    ]);
    expect(entered(inZones([zone], 'az=eu-west-1a')).trace).toEqual([]);
  });

  test('leave nobody to answer when all are down', () => {
    const base = inZones(['us-east-1a'], 'az=us-east-1a');
    expect(base.reachable).toBe(false);
    expect(base.unhealthyBecause).toBe('every zone that it stands in is down: us-east-1a');
    const end = through({ pass: (passage, road) => base.refuse(passage, road) });
    expect(lines(end)).toEqual(['1 error Alb']);
  });

  test('go with their Region', () => {
    const base = inZones(['us-east-1a'], 'region=us-east-1');
    expect(base.reachable).toBe(false);
    expect(reason(through({ pass: (passage, road) => base.refuse(passage, road) }))).toBe('us-east-1 is down');
  });
});

describe('through its zones', () => {
  const disjoint = {
    ...subnets('ab'),
    Nlb: networkBalancer('ab'),
    Https: networkListener('A'),
    Http: networkListener('B', { port: 80 }),
    A: group(),
    B: group(),
    FleetA: fleet('A', 'a'),
    FleetB: fleet('B', 'b'),
  };

  test('a Network Load Balancer none of whose zones has all that groups need keeps them all', () => {
    const world = worldOf(disjoint);
    const base = new BalancerBase(world.at('Nlb'), world);
    expect(base.dnsZones).toHaveLength(2);
    const outcomes = through(base.through(world.targetGroup(world.at('A'))));
    expect(lines(outcomes)).toEqual(['0.5 target-group A', '0.5 error A']);
    expect(outcomes[1]!.quality).toBe('undocumented');
  });

  test('an Application Load Balancer reaches targets in any zone', () => {
    const world = worldOf({ ...disjoint, Nlb: applicationBalancer('ab') });
    const outcomes = through(new BalancerBase(world.at('Nlb'), world).through(world.targetGroup(world.at('A'))));
    expect(lines(outcomes)).toEqual(['1 target-group A']);
  });

  const lopsided = (type: 'alb' | 'nlb') => ({
    ...subnets('ab'),
    Nlb: type === 'alb' ? applicationBalancer('ab') : networkBalancer('ab'),
    Http: networkListener('A', { port: 80, protocol: type === 'alb' ? 'HTTP' : 'TCP' }),
    A: group(type === 'alb' ? { Protocol: 'HTTP' } : {}, { 'load_balancing.cross_zone.enabled': 'false' }),
    FleetA: fleet('A', 'a'),
  });
  const answers = (type: 'alb' | 'nlb', fault: string) => {
    const world = worldOf(lopsided(type), [fault]);
    return through(world.balancer(world.at('Nlb')), { url: 'http://example.com/' });
  };

  test('the zone without targets is what is left of an Application Load Balancer when the zone with all targets fails', () => {
    const [end, ...others] = answers('alb', 'az=us-east-1a');
    expect(lines([end!])).toEqual(['1 error A 503']);
    expect(end!.quality).toBe('exact');
    expect(reason([end!])).toBe('no target stands in us-east-1b, and cross-zone balancing is off');
    expect(others).toEqual([]);
  });

  test('whether it is left too when the targets fail, and no zone is healthy, is not documented', () => {
    const outcomes = answers('alb', 'targets=A:0/1');
    expect(lines(outcomes)).toEqual(['1 error A 503']);
    expect(outcomes[0]!.quality).toBe('undocumented');
    expect(outcomes[0]!.warnings).toEqual([
      "Stack/Nlb: no zone has a healthy target of every group; that us-east-1b, which lacks targets, is all that stays in DNS is assumed, as AWS doesn't document it.",
    ]);
  });

  test('the zone without targets of a Network Load Balancer does what is not documented, whichever way the others fail', () => {
    const ofZone = answers('nlb', 'az=us-east-1a');
    expect(lines(ofZone)).toEqual(['1 error A']);
    expect(ofZone[0]!.quality).toBe('undocumented');
    const ofTargets = answers('nlb', 'targets=A:0/1');
    expect(lines(ofTargets)).toEqual(['0.5 target-group A', '0.5 error A']);
    expect(ofTargets.map(({ quality }) => quality)).toEqual(['exact', 'undocumented']);
  });

  test("a group's own setting goes before the balancer's", () => {
    const world = worldOf({ ...disjoint, A: group({}, { 'load_balancing.cross_zone.enabled': 'true' }) });
    const outcomes = through(new BalancerBase(world.at('Nlb'), world).through(world.targetGroup(world.at('A'))));
    expect(lines(outcomes)).toEqual(['1 target-group A']);
  });

  test('a symbolic setting is taken as off, with a warning where it matters', () => {
    const setting = { 'load_balancing.cross_zone.enabled': { Ref: 'CrossZone' } as unknown as string };
    const world = worldOf({ ...disjoint, Nlb: networkBalancer('ab', setting) });
    expect(entered(new BalancerBase(world.at('Nlb'), world)).warnings).toEqual([
      "Stack/Nlb: LoadBalancerAttributes: load_balancing.cross_zone.enabled isn't known and is taken as off.",
    ]);
    expect(entered(new BalancerBase(world.at('Nlb'), world)).quality).toBe('bounded');
    const same = worldOf({ ...disjoint, Nlb: networkBalancer('ab', setting), FleetA: NOTHING, FleetB: NOTHING });
    expect(entered(new BalancerBase(same.at('Nlb'), same)).warnings).toEqual([]);
  });

  test("a group's setting that is symbolic is taken as the balancer's, with a warning where it matters", () => {
    const setting = { 'load_balancing.cross_zone.enabled': { Ref: 'CrossZone' } as unknown as string };
    const resources = { ...disjoint, Nlb: applicationBalancer('ab'), A: group({ Protocol: 'HTTP' }, setting) };
    const world = worldOf(resources);
    const base = new BalancerBase(world.at('Nlb'), world);
    expect(lines(through(base.through(world.targetGroup(world.at('A')))))).toEqual(['1 target-group A']);
    const end = entered(base);
    expect(end.quality).toBe('bounded');
    expect(end.warnings).toEqual([
      "Stack/Nlb: TargetGroupAttributes of A: load_balancing.cross_zone.enabled isn't known and is taken as on.",
    ]);
    const everywhere = worldOf({ ...resources, FleetA: fleet('A', 'ab') });
    expect(entered(new BalancerBase(everywhere.at('Nlb'), everywhere)).trace).toEqual([]);
  });

  test('a balancer whose subnets are not known counts as not hit, with a warning', () => {
    const world = worldOf({ Nlb: networkBalancer() }, ['az=us-east-1a']);
    expect(entered(new BalancerBase(world.at('Nlb'), world)).warnings).toEqual([
      "Stack/Nlb: its subnets aren't known, so it counts as not hit by az=us-east-1a.",
    ]);
  });
});
