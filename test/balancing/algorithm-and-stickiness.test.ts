import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Algorithm, Stickiness, TargetGroup, type TargetGroupProps } from '../../lib/balancing';

const { WEIGHTED_RANDOM, LEAST_OUTSTANDING_REQUESTS, ROUND_ROBIN } = elbv2.TargetGroupLoadBalancingAlgorithmType;

function group(props: TargetGroupProps, stack = new Stack()): TargetGroup {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'] });
  return new TargetGroup(stack, 'Web', { vpc, port: 8080, ...props });
}

/** The attributes that AWS is given, by key. */
function attributes(targetGroup: TargetGroup): Record<string, unknown> {
  const template = Template.fromStack(Stack.of(targetGroup));
  const [resource] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
  const pairs: { Key: string; Value: unknown }[] = resource!.Properties.TargetGroupAttributes;
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

/** What is said of a group that nothing was chosen for: CloudFormation would leave a live group as it is otherwise. */
const OFF = {
  'load_balancing.algorithm.type': 'round_robin',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'stickiness.enabled': 'false',
};

describe('an algorithm', () => {
  test.each<[string, Algorithm, Record<string, string>]>([
    ['round robin', Algorithm.roundRobin(), { 'load_balancing.algorithm.type': 'round_robin' }],
    [
      'round robin with slow start',
      Algorithm.roundRobin({ slowStart: Duration.minutes(1) }),
      { 'load_balancing.algorithm.type': 'round_robin', 'slow_start.duration_seconds': '60' },
    ],
    [
      'least outstanding requests',
      Algorithm.leastOutstandingRequests(),
      { 'load_balancing.algorithm.type': 'least_outstanding_requests' },
    ],
    [
      'weighted random, which mitigates anomalies unless told otherwise',
      Algorithm.weightedRandom(),
      { 'load_balancing.algorithm.type': 'weighted_random', 'load_balancing.algorithm.anomaly_mitigation': 'on' },
    ],
    [
      'weighted random without mitigation',
      Algorithm.weightedRandom({ anomalyMitigation: false }),
      { 'load_balancing.algorithm.type': 'weighted_random', 'load_balancing.algorithm.anomaly_mitigation': 'off' },
    ],
  ])('says %s', (_, algorithm, expected) => {
    expect(attributes(group({ algorithm }))).toEqual({ ...OFF, ...expected });
  });

  test('left out is round robin, in the template and in the metadata', () => {
    const targetGroup = group({});
    expect(attributes(targetGroup)).toEqual(OFF);
    expect(targetGroup.node.metadata.map(({ data }) => data)).toContainEqual({
      prop: 'algorithm',
      value: 'round robin',
      why: 'even shares for servers of one size',
    });
  });

  test.each<[string, TargetGroupProps]>([
    ['our prop', { algorithm: Algorithm.leastOutstandingRequests() }],
    ['the prop of the L2', { loadBalancingAlgorithmType: ROUND_ROBIN }],
  ])('given by %s is no default', (_, props) => {
    expect(group(props).node.metadata.filter(({ data }) => data.prop === 'algorithm')).toEqual([]);
  });

  test('given by the props of the L2 is rendered as the L2 does', () => {
    const props = { loadBalancingAlgorithmType: WEIGHTED_RANDOM, enableAnomalyMitigation: true };
    expect(attributes(group(props))).toMatchObject({
      'load_balancing.algorithm.type': 'weighted_random',
      'load_balancing.algorithm.anomaly_mitigation': 'on',
    });
  });

  test.each([30, 900])('takes a slow start of %d seconds', (seconds) => {
    const algorithm = Algorithm.roundRobin({ slowStart: Duration.seconds(seconds) });
    expect(attributes(group({ algorithm }))['slow_start.duration_seconds']).toBe(`${seconds}`);
  });

  test('takes a slow start of 0, which is the word of AWS for none', () => {
    const props = { slowStart: Duration.seconds(0), loadBalancingAlgorithmType: LEAST_OUTSTANDING_REQUESTS };
    expect(attributes(group(props))['slow_start.duration_seconds']).toBe('0');
  });

  test.each<[Duration, string]>([
    [Duration.seconds(29), 'got 29'],
    [Duration.seconds(901), 'got 901'],
    [Duration.millis(30_500), 'got 30.5'],
  ])('fails on a slow start of %s', (slowStart, got) => {
    const text = `HG2102: 'slowStart' must be an integer from 30 to 900 seconds, ${got}: or leave it out`;
    expect(() => group({ algorithm: Algorithm.roundRobin({ slowStart }) })).toThrow(text);
    expect(() => group({ slowStart })).toThrow(text);
  });

  test.each([LEAST_OUTSTANDING_REQUESTS, WEIGHTED_RANDOM])('fails on a slow start with %s of the L2', (type) => {
    expect(() => group({ slowStart: Duration.seconds(60), loadBalancingAlgorithmType: type })).toThrow(
      `HG2103: 'slowStart' goes with round robin alone, got the algorithm '${type}' (ALB-24): use Algorithm.roundRobin({ slowStart })`,
    );
  });

  test.each([
    [undefined, 'round_robin'],
    [ROUND_ROBIN, 'round_robin'],
    [LEAST_OUTSTANDING_REQUESTS, 'least_outstanding_requests'],
  ])('fails on anomaly mitigation with %s of the L2', (loadBalancingAlgorithmType, got) => {
    expect(() => group({ enableAnomalyMitigation: true, loadBalancingAlgorithmType })).toThrow(
      `HG2103: 'enableAnomalyMitigation' goes with weighted random alone, got the algorithm '${got}' (ALB-24): use Algorithm.weightedRandom()`,
    );
  });

  test.each<[string, TargetGroupProps]>([
    ['loadBalancingAlgorithmType', { loadBalancingAlgorithmType: ROUND_ROBIN }],
    ['slowStart', { slowStart: Duration.seconds(30) }],
    ['enableAnomalyMitigation', { enableAnomalyMitigation: false }],
  ])('fails beside %s of the L2, which says the same', (prop, props) => {
    expect(() => group({ algorithm: Algorithm.roundRobin(), ...props })).toThrow(
      `HG2112: 'algorithm' and '${prop}' say the same thing, got both: give 'algorithm' alone`,
    );
  });
});

describe('stickiness', () => {
  test.each<[string, Stickiness, Record<string, string>]>([
    [
      'the cookie of the balancer, for a day',
      Stickiness.loadBalancerCookie(),
      { 'stickiness.type': 'lb_cookie', 'stickiness.lb_cookie.duration_seconds': '86400' },
    ],
    [
      'the cookie of the balancer, for as long as it is given',
      Stickiness.loadBalancerCookie(Duration.minutes(5)),
      { 'stickiness.type': 'lb_cookie', 'stickiness.lb_cookie.duration_seconds': '300' },
    ],
    [
      'a cookie of the application, for a day',
      Stickiness.applicationCookie('session'),
      {
        'stickiness.type': 'app_cookie',
        'stickiness.app_cookie.cookie_name': 'session',
        'stickiness.app_cookie.duration_seconds': '86400',
      },
    ],
    [
      'a cookie of the application, for as long as it is given',
      Stickiness.applicationCookie('session', Duration.days(7)),
      {
        'stickiness.type': 'app_cookie',
        'stickiness.app_cookie.cookie_name': 'session',
        'stickiness.app_cookie.duration_seconds': '604800',
      },
    ],
  ])('is by %s', (_, stickiness, expected) => {
    expect(attributes(group({ stickiness }))).toEqual({ ...OFF, 'stickiness.enabled': 'true', ...expected });
  });

  test('of the L2 still works, in the props and by the setter', () => {
    const expected = { 'stickiness.enabled': 'true', 'stickiness.lb_cookie.duration_seconds': '1' };
    expect(attributes(group({ stickinessCookieDuration: Duration.seconds(1) }))).toMatchObject(expected);
    const targetGroup = group({});
    targetGroup.enableCookieStickiness(Duration.seconds(1));
    expect(attributes(targetGroup)).toMatchObject(expected);
  });

  test('takes a cookie name that is a token', () => {
    const name = Lazy.string({ produce: () => 'later' });
    expect(attributes(group({ stickiness: Stickiness.applicationCookie(name) }))).toMatchObject({
      'stickiness.app_cookie.cookie_name': 'later',
    });
  });

  test.each<[Duration, string]>([
    [Duration.seconds(0), 'got 0'],
    [Duration.millis(1500), 'got 1.5'],
    [Duration.seconds(604_801), 'got 604801'],
  ])('fails on a duration of %s', (duration, got) => {
    const text = (prop: string) =>
      `HG2105: '${prop}' must be an integer from 1 to 604800 seconds, ${got}: give a duration of up to 7 days`;
    expect(() => Stickiness.loadBalancerCookie(duration)).toThrow(text('duration'));
    expect(() => Stickiness.applicationCookie('session', duration)).toThrow(text('duration'));
    expect(() => group({ stickinessCookieDuration: duration })).toThrow(text('stickinessCookieDuration'));
  });

  test.each(['', 'AWSALB', 'AWSALBAPP', 'AWSALBTG', 'AWSALBAPP-0'])('fails on the cookie name "%s"', (name) => {
    const text = (prop: string) =>
      `HG2106: '${prop}' must be a cookie of the application, got '${name}': names that begin with AWSALB belong to the balancer (ALB-23)`;
    expect(() => Stickiness.applicationCookie(name)).toThrow(text('cookieName'));
    const props = { stickinessCookieDuration: Duration.days(1), stickinessCookieName: name };
    expect(() => group(props)).toThrow(text('stickinessCookieName'));
  });

  const oneZone = "HG2107: 'stickiness' needs cross-zone balancing, got 'crossZoneEnabled' false (ALB-23, ALB-36)";

  test.each<[string, TargetGroupProps]>([
    ['our prop', { stickiness: Stickiness.loadBalancerCookie() }],
    ['the prop of the L2', { stickinessCookieDuration: Duration.days(1) }],
  ])('fails by %s with cross-zone balancing off', (_, props) => {
    expect(() => group({ ...props, crossZoneEnabled: false })).toThrow(oneZone);
    expect(() => group({ ...props, crossZoneEnabled: true })).not.toThrow();
  });

  test('fails beside weighted random, at once and when a setter of the L2 put it there', () => {
    const text = "HG2103: 'stickiness' goes with another algorithm than weighted random, got both (ALB-24)";
    const algorithm = Algorithm.weightedRandom();
    expect(() => group({ algorithm, stickiness: Stickiness.loadBalancerCookie() })).toThrow(text);
    const late = group({ algorithm });
    late.enableCookieStickiness(Duration.days(1));
    expect(() => attributes(late)).toThrow(text);
  });

  test('fails at synth when a setter of the L2 put it beside cross-zone balancing that is off', () => {
    const late = group({ crossZoneEnabled: false });
    late.enableCookieStickiness(Duration.days(1));
    expect(() => attributes(late)).toThrow(`[Default/Web] ${oneZone}`);
    const later = group({ stickiness: Stickiness.loadBalancerCookie() });
    later.setAttribute('load_balancing.cross_zone.enabled', 'false');
    expect(() => attributes(later)).toThrow(`[Default/Web] ${oneZone}`);
  });

  test.each<[string, TargetGroupProps]>([
    ['stickinessCookieDuration', { stickinessCookieDuration: Duration.days(1) }],
    ['stickinessCookieName', { stickinessCookieName: 'session' }],
  ])('fails beside %s of the L2, which says the same', (prop, props) => {
    expect(() => group({ stickiness: Stickiness.loadBalancerCookie(), ...props })).toThrow(
      `HG2112: 'stickiness' and '${prop}' say the same thing, got both: give 'stickiness' alone`,
    );
  });
});

test('fails with the path of the scope, so that the group is found', () => {
  expect(() => group({ slowStart: Duration.seconds(1) }, new Stack(undefined, 'Shop'))).toThrow(/\[at Shop\]$/);
});
