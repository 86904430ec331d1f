import { BalancerBase } from '../../lib/traffic/balancer/zones';
import { golden } from '../support/golden';
import { applicationBalancer, fleet, forward, group, subnets } from '../support/network-balancer';
import { ends as endsOf, factsOf, trafficOf } from '../support/traffic';
import { cited, lines, reason, through, worldOf } from '../support/world';

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';
const HTTP = { Protocol: 'HTTP', Port: 80 };

function listener(to: string | Record<string, number>): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Alb' }, Port: 80, Protocol: 'HTTP', DefaultActions: [forward(to)] },
  };
}

function failover(role: string, alias: object | undefined): object {
  const target = alias
    ? { AliasTarget: { ...alias, HostedZoneId: 'Z2' } }
    : { TTL: '60', ResourceRecords: ['192.0.2.9'] };
  const common = { Name: 'shop.example.com', Type: 'A', HostedZoneId: 'Z1', SetIdentifier: role, Failover: role };
  return { Type: 'AWS::Route53::RecordSet', Properties: { ...common, ...target } };
}

describe('target groups', () => {
  golden('ALB-21', `${GUIDE}/load-balancer-troubleshooting.html`, 'a group without targets answers 503', () => {
    const world = worldOf({ Blue: group(HTTP) }, ['targets=Blue:0/0']);
    const ends = through(world.targetGroup(world.at('Blue')));
    expect(lines(ends)).toEqual(['1 error Blue 503']);
    expect(cited(ends)).toEqual(['ALB-21']);
  });

  golden(
    'ALB-24',
    `${GUIDE}/edit-target-group-attributes.html`,
    'targets take turns, unless the group has another algorithm',
    () => {
      const by = (algorithm?: string) => {
        const attributes: Record<string, string> =
          algorithm === undefined ? {} : { 'load_balancing.algorithm.type': algorithm };
        const world = worldOf({ Blue: group(HTTP, attributes) });
        const ends = through(world.targetGroup(world.at('Blue')));
        expect(cited(ends)).toContain('ALB-24');
        return reason(ends);
      };
      expect(by()).toBe('healthy targets take turns by round robin');
      expect(by('least_outstanding_requests')).toContain('least outstanding requests');
      expect(by('weighted_random')).toContain('random');
    },
  );

  golden(
    'ALB-30',
    `${GUIDE}/target-group-health-checks.html`,
    'a group with only unhealthy targets routes to all of them',
    () => {
      const world = worldOf({ Blue: group(HTTP) }, ['targets=Blue:0/6']);
      const ends = through(world.targetGroup(world.at('Blue')));
      expect(lines(ends)).toEqual(['1 target-group Blue']);
      expect(reason(ends)).toBe('none of 6 targets is healthy, so all get requests (fail open)');
      expect(cited(ends)).toEqual(['ALB-30']);
    },
  );

  golden(
    'ALB-31',
    `${GUIDE}/target-group-health.html`,
    'below the threshold of routing all targets get requests, below that of DNS the balancer is unhealthy',
    () => {
      const limits = {
        'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '2',
        'target_group_health.dns_failover.minimum_healthy_targets.percentage': '50',
      };
      const resources = { Alb: applicationBalancer(), Http: listener('Blue'), Blue: group(HTTP, limits) };
      const at = (healthy: number) => {
        const world = worldOf(resources, [`targets=Blue:${healthy}/6`]);
        const base = new BalancerBase(world.at('Alb'), world);
        return { ends: through(world.targetGroup(world.at('Blue'))), base };
      };
      expect(reason(at(1).ends)).toBe('1 of 6 targets is healthy, fewer than 2, so all get requests');
      expect(cited(at(1).ends)).toEqual(['ALB-31']);
      expect(reason(at(2).ends)).toBe('2 of 6 targets are healthy: requests go to healthy ones by round robin');
      expect(at(2).base.unhealthyBecause).toBe('2 of 6 targets of Blue are healthy, and DNS asks for 3');
      expect(at(3).base.healthyForDns).toBe(true);
    },
  );

  golden(
    'ALB-31',
    `${GUIDE}/target-group-health.html`,
    'a percentage is not met by a part of a target less: 2 of 5 are below 50 %, and 3 are not',
    () => {
      const percentage = 'minimum_healthy_targets.percentage';
      const limits = {
        [`target_group_health.unhealthy_state_routing.${percentage}`]: '50',
        [`target_group_health.dns_failover.${percentage}`]: '50',
      };
      const at = (healthy: number, more: Record<string, string> = limits) => {
        const resources = { Alb: applicationBalancer(), Http: listener('Blue'), Blue: group(HTTP, more) };
        const world = worldOf(resources, [`targets=Blue:${healthy}/5`]);
        const base = new BalancerBase(world.at('Alb'), world);
        return { ends: through(world.targetGroup(world.at('Blue'))), base };
      };
      expect(reason(at(2).ends)).toBe('2 of 5 targets are healthy, fewer than 3, so all get requests');
      expect(cited(at(2).ends)).toEqual(['ALB-31']);
      expect(at(2).base.unhealthyBecause).toBe('2 of 5 targets of Blue are healthy, and DNS asks for 3');
      expect(reason(at(3).ends)).toBe('3 of 5 targets are healthy: requests go to healthy ones by round robin');
      expect(at(3).base.healthyForDns).toBe(true);
      // Without limits one healthy target is enough for both.
      expect(reason(at(1, {}).ends)).toBe('1 of 5 targets is healthy: requests go to healthy ones by round robin');
      expect(at(1, {}).base.healthyForDns).toBe(true);
    },
  );

  golden('ALB-31', `${GUIDE}/target-group-health.html`, 'a group of Lambda functions has no thresholds', () => {
    const limits = {
      'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': '100',
      'target_group_health.dns_failover.minimum_healthy_targets.percentage': '100',
    };
    const of = (properties: Record<string, unknown>) => {
      const resources = { Alb: applicationBalancer(), Http: listener('Blue'), Blue: group(properties, limits) };
      const world = worldOf(resources, ['targets=Blue:1/2']);
      const base = new BalancerBase(world.at('Alb'), world);
      return { base, ends: through(world.targetGroup(world.at('Blue'))) };
    };
    expect(of(HTTP).base.unhealthyBecause).toBe('1 of 2 targets of Blue is healthy, and DNS asks for 2');
    expect(reason(of(HTTP).ends)).toBe('1 of 2 targets is healthy, fewer than 2, so all get requests');
    const lambda = of({ TargetType: 'lambda', Targets: [{ Id: 'function' }] });
    expect(lambda.base.healthyForDns).toBe(true);
    expect(reason(lambda.ends)).toBe('its function is invoked');
  });

  golden(
    'ALB-31',
    `${GUIDE}/target-group-health.html`,
    'with cross-zone balancing on thresholds count the targets of all zones, with it off those of each',
    () => {
      const without = (crossZone: string, percentage = '100') => {
        const attributes = {
          'target_group_health.dns_failover.minimum_healthy_targets.percentage': percentage,
          'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': percentage,
          'load_balancing.cross_zone.enabled': crossZone,
        };
        const fleets = { ...subnets('ab'), Fleet: fleet('Blue', 'ab'), Blue: group(HTTP, attributes) };
        const world = worldOf({ ...fleets, Alb: applicationBalancer('ab'), Http: listener('Blue') }, ['az=us-east-1a']);
        const base = new BalancerBase(world.at('Alb'), world);
        return { base, ends: through(base.through(world.targetGroup(world.at('Blue')))) };
      };
      const { base, ends } = without('true');
      expect(base.unhealthyBecause).toBe('of the targets of Blue those in us-east-1a are down, and DNS asks for 100 %');
      expect(reason(ends)).toContain('fewer than 100 % are healthy, so all get requests');
      expect(cited(ends)).toEqual(['ALB-31']);
      // However many stand in each zone, fewer than all of them are left.
      expect([base.dnsHealth.doubt, ends.flatMap(({ warnings }) => warnings)]).toEqual([undefined, []]);
      expect(without('false').base.unhealthyBecause).toBeUndefined();
      expect(reason(without('false').ends)).toContain('the others take turns');
      const half = without('true', '50');
      expect(half.base.unhealthyBecause).toBeUndefined();
      expect(reason(half.ends)).toContain('the others take turns');
      expect(half.base.dnsHealth.doubt).toContain('each is taken to have as many');
    },
  );

  golden(
    'ALB-32',
    `${GUIDE}/edit-target-group-attributes.html`,
    'with cross-zone balancing off, a zone without targets answers 503 and a zone of unhealthy ones leaves DNS',
    () => {
      const resources = (zones: string) => ({
        ...subnets('ab'),
        Alb: applicationBalancer('ab'),
        Http: listener('Blue'),
        Blue: group(HTTP, { 'load_balancing.cross_zone.enabled': 'false' }),
        Fleet: fleet('Blue', zones),
      });
      const empty = worldOf(resources('b'));
      const halves = through(new BalancerBase(empty.at('Alb'), empty).through(empty.targetGroup(empty.at('Blue'))));
      expect(lines(halves)).toEqual(['0.5 target-group Blue', '0.5 error Blue 503']);
      expect(cited(halves)).toContain('ALB-32');
      const down = worldOf(resources('ab'), ['az=us-east-1a']);
      const base = new BalancerBase(down.at('Alb'), down);
      expect(base.dnsZones.map(({ name }) => name)).toEqual(['us-east-1b']);
      expect(lines(through(base.through(down.targetGroup(down.at('Blue')))))).toEqual(['1 target-group Blue']);
      const alone = worldOf(resources('a'), ['az=us-east-1a']);
      const rest = new BalancerBase(alone.at('Alb'), alone);
      expect(lines(through(rest.through(alone.targetGroup(alone.at('Blue')))))).toEqual(['1 error Blue 503']);
    },
  );

  golden(
    'ALB-36',
    `${GUIDE}/edit-target-group-attributes.html`,
    'unless a group switches it off, the nodes of all zones send to its targets',
    () => {
      const world = worldOf({
        ...subnets('ab'),
        Alb: applicationBalancer('ab', { 'load_balancing.cross_zone.enabled': 'false' }),
        Http: listener('Blue'),
        Blue: group(HTTP, { 'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration' }),
        Fleet: fleet('Blue', 'b'),
      });
      const ends = through(new BalancerBase(world.at('Alb'), world).through(world.targetGroup(world.at('Blue'))));
      expect(lines(ends)).toEqual(['1 target-group Blue']);
      expect(cited(ends)).toContain('ALB-36');
    },
  );

  golden(
    'R53-5',
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html',
    'one group without targets makes the balancer unhealthy, even at weight 0',
    () => {
      const resources = {
        Alb: applicationBalancer(),
        Http: listener({ Blue: 1, Green: 0 }),
        Blue: group(HTTP),
        Green: group(HTTP),
      };
      const healthy = worldOf(resources);
      expect(new BalancerBase(healthy.at('Alb'), healthy).healthyForDns).toBe(true);
      const empty = worldOf(resources, ['targets=Green:0/0']);
      expect(new BalancerBase(empty.at('Alb'), empty).unhealthyBecause).toBe('Green has no targets');
      const bad = worldOf(resources, ['target-group=Green']);
      expect(new BalancerBase(bad.at('Alb'), bad).unhealthyBecause).toBe('no target of Green is healthy');
      const records = {
        Us: failover('PRIMARY', { DNSName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, EvaluateTargetHealth: true }),
        Eu: failover('SECONDARY', undefined),
      };
      const request = { url: 'http://shop.example.com/' };
      expect(endsOf(trafficOf({ ...resources, ...records }).request(request))).toEqual(['1 target-group Blue']);
      const failed = trafficOf({ ...resources, ...records })
        .given('targets=Green:0/0')
        .request(request);
      expect(endsOf(failed)).toEqual(['1 address 192.0.2.9']);
      expect(factsOf(failed)).toContain('R53-5');
    },
  );

  golden(
    'ALB-38',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
    "targets in a zone that isn't enabled for the balancer get no traffic",
    () => {
      const world = worldOf({
        ...subnets('abc'),
        Alb: applicationBalancer('ab'),
        Http: listener('Blue'),
        Blue: group(HTTP),
        Fleet: fleet('Blue', 'c'),
      });
      const base = new BalancerBase(world.at('Alb'), world);
      const ends = through(base.through(world.targetGroup(world.at('Blue'))));
      expect(lines(ends)).toEqual(['1 error Blue 503']);
      expect(reason(ends)).toBe("no target is in use: all stand in us-east-1c, where its balancer doesn't");
      expect(cited(ends)).toEqual(['ALB-38']);
      expect(base.dnsHealth).toMatchObject({ unhealthyBecause: 'no target of Blue is in use', facts: ['ALB-38'] });
    },
  );

  golden(
    'ASG-6',
    'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html',
    'without a desired capacity an Auto Scaling group starts with its minimum size',
    () => {
      const fleetOf = (MinSize: string) => ({
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { MinSize, MaxSize: '4', TargetGroupARNs: [{ Ref: 'Blue' }] },
      });
      const at = (size: string) => {
        const world = worldOf({ Blue: group(HTTP), Fleet: fleetOf(size) });
        return through(world.targetGroup(world.at('Blue')));
      };
      expect(lines(at('0'))).toEqual(['1 error Blue 503']);
      expect(cited(at('0'))).toEqual(['ALB-21', 'ASG-6']);
      expect(at('0')[0]!.quality).toBe('initial');
      expect(lines(at('1'))).toEqual(['1 target-group Blue']);
    },
  );
});
