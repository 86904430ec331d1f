import { group, networkBalancer, networkListener } from '../../support/network-balancer';
import { lines, reason, through, worldOf } from '../../support/world';

function blue(properties: object, attributes: Record<string, string> = {}, ...faults: string[]) {
  const world = worldOf({ Blue: group({ ...properties }, attributes) }, faults);
  return world.targetGroup(world.at('Blue'));
}

const HTTP = { Protocol: 'HTTP', Port: 80 };

describe('a target group', () => {
  test.each([
    [{}, 'by round robin'],
    [{ 'load_balancing.algorithm.type': 'least_outstanding_requests' }, 'by least outstanding requests'],
    [{ 'load_balancing.algorithm.type': 'weighted_random' }, 'by weighted random'],
  ])('names its algorithm: %j', (attributes: Record<string, string>, algorithm) => {
    expect(reason(through(blue(HTTP, attributes)))).toBe(`healthy targets take turns ${algorithm}`);
  });

  test('does not name an algorithm that is not known', () => {
    const attributes = { 'load_balancing.algorithm.type': { Ref: 'Algorithm' } as unknown as string };
    expect(reason(through(blue(HTTP, attributes)))).toBe(
      'healthy targets take turns by an algorithm that is not known',
    );
  });

  test('of a type and protocol that are not known shows them in what else it has', () => {
    const TargetType = { Ref: 'Kind' };
    expect(blue({ TargetType, Protocol: undefined }).state).toBe('empty');
    expect(blue({ TargetType, ...HTTP }).state).toBe('healthy');
    const Protocol = { Ref: 'Speech' };
    const resources = { Nlb: networkBalancer(), Tcp: networkListener('Blue'), Blue: group({ Protocol }) };
    const world = worldOf(resources, ['targets=Blue:0/0']);
    expect(lines(through(world.balancer(world.at('Nlb'))))).toEqual(['1 error Blue']);
  });

  test('of TCP that sticks to client addresses says so', () => {
    const attributes = { 'stickiness.enabled': 'true', 'stickiness.type': 'source_ip' };
    expect(reason(through(blue({}, attributes)))).toBe('healthy targets take turns by a hash of the client address');
  });

  test('of a function is healthy whatever thresholds say', () => {
    const Targets = [{ Id: { 'Fn::Sub': 'arn:aws:lambda:us-east-1:${AWS::AccountId}:function:shop' } }];
    const lambda = blue({ TargetType: 'lambda', Protocol: undefined, Targets });
    expect(lambda.forDns(true)).toEqual({});
    expect(reason(through(lambda))).toBe('its function is invoked');
  });

  test('without its function is empty: nothing else registers one', () => {
    for (const Targets of [undefined, []]) {
      const lambda = blue({ TargetType: 'lambda', Protocol: undefined, Targets });
      expect(lambda.state).toBe('empty');
      expect(reason(through(lambda))).toMatch('it has no function');
    }
  });

  test('of TCP without targets gives no answer at all', () => {
    expect(lines(through(blue({}, {}, 'targets=Blue:0/0')))).toEqual(['1 error Blue']);
  });

  test('is degraded by counts, and its zones follow its own state', () => {
    const group = blue(HTTP, {}, 'targets=Blue:2/6');
    expect(group.state).toBe('degraded');
    expect(group.stateIn({ name: 'us-east-1a', likely: 'us-east-1a' })).toBe('healthy');
  });

  test('takes percentages of thresholds upwards', () => {
    const attributes = { 'target_group_health.dns_failover.minimum_healthy_targets.percentage': '34' };
    expect(blue(HTTP, attributes, 'targets=Blue:2/6').forDns(true).unhealthyBecause).toBe(
      '2 of 6 targets of Blue are healthy, and DNS asks for 3',
    );
    expect(blue(HTTP, attributes, 'targets=Blue:3/6').forDns(true).unhealthyBecause).toBeUndefined();
  });

  test('ignores a threshold that is off', () => {
    const off = { 'target_group_health.dns_failover.minimum_healthy_targets.count': 'off' };
    expect(blue(HTTP, off, 'targets=Blue:1/6').forDns(true).unhealthyBecause).toBeUndefined();
  });

  test('warns of a threshold that is symbolic where it matters', () => {
    const key = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count';
    const attributes = { [key]: { Ref: 'Least' } as unknown as string };
    expect(through(blue(HTTP, attributes))[0]!.warnings).toEqual([]);
    expect(through(blue(HTTP, attributes, 'targets=Blue:1/6'))[0]!.warnings).toEqual([
      `Stack/Blue: TargetGroupAttributes: ${key} isn't known, so its default is taken.`,
    ]);
  });
});
