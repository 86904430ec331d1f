import { applicationBalancer, forward, group, networkBalancer, networkListener } from '../../support/network-balancer';
import { ends, trafficOf } from '../../support/traffic';

const url = 'https://example.com/shop';
const entry = 'Nlb';

const UNKNOWN = { Ref: 'Unknown' };
const ALBS = 'Stack/Albs (AWS::ElasticLoadBalancingV2::TargetGroup)';

function failover(Failover: 'PRIMARY' | 'SECONDARY'): object {
  const target =
    Failover === 'PRIMARY'
      ? {
          AliasTarget: {
            DNSName: { 'Fn::GetAtt': ['Nlb', 'DNSName'] },
            HostedZoneId: 'Z2',
            EvaluateTargetHealth: true,
          },
        }
      : { TTL: '60', ResourceRecords: ['192.0.2.9'] };
  const common = { HostedZoneId: 'Z1', Name: 'shop.example.com', Type: 'A', SetIdentifier: Failover, Failover };
  return { Type: 'AWS::Route53::RecordSet', Properties: { ...common, ...target } };
}

/** A Network Load Balancer before an Application Load Balancer that forwards /shop to servers and answers the rest with a status. */
function layers({
  status = 200,
  albs = {},
  attributes = {},
  aliased = false,
}: {
  status?: number;
  albs?: object;
  attributes?: Record<string, string>;
  /** Whether a name of DNS leads to the first, as long as it is healthy. */
  aliased?: boolean;
}) {
  return trafficOf({
    Nlb: networkBalancer(),
    Tcp: networkListener('Albs'),
    Albs: group(
      { TargetType: 'alb', Port: 443, Targets: [{ Id: { Ref: 'Alb' } }], HealthCheckProtocol: 'HTTPS', ...albs },
      attributes,
    ),
    Alb: applicationBalancer(),
    Https: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Alb' },
        Port: 443,
        Protocol: 'HTTPS',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: String(status) } }],
      },
    },
    Shop: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Https' },
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/shop'] } }],
        Actions: [forward('Servers')],
      },
    },
    Servers: group({ Protocol: 'HTTP', Port: 80 }),
    ...(aliased ? { Primary: failover('PRIMARY'), Secondary: failover('SECONDARY') } : {}),
  });
}

describe('an Application Load Balancer behind a Network Load Balancer', () => {
  test('routes by its own rules', () => {
    const answer = layers({}).request({ url, entry, clientIp: '192.0.2.1' });
    expect(ends(answer)).toEqual(['1 target-group Servers']);
    expect(answer.outcomes[0]!.trace[1]!.because).toBe("sends to Alb, which sees the client's address");
    expect(answer.outcomes[0]!.passage.request.address).toBe('192.0.2.1');
  });

  test("doesn't see the client's address if the group doesn't keep it", () => {
    const traffic = layers({ attributes: { 'preserve_client_ip.enabled': 'false' } });
    expect(traffic.request({ url, entry, clientIp: '192.0.2.1' }).outcomes[0]!.passage.request.address).toBeUndefined();
  });

  test('may see it or not if that is not known', () => {
    const attributes = { 'preserve_client_ip.enabled': UNKNOWN as unknown as string };
    const answer = layers({ attributes }).request({ url, entry, clientIp: '192.0.2.1' });
    expect(answer.outcomes[0]!.passage.request.address).toBeUndefined();
    expect(answer.outcomes[0]!.quality).toBe('exact');
    expect(answer.warnings).toEqual([
      `${ALBS}: TargetGroupAttributes: preserve_client_ip.enabled isn't known, so which address the balancer sees isn't either.`,
    ]);
  });

  test.each([
    ['Port', { Port: UNKNOWN }],
    ['Targets[0].Port', { Targets: [{ Id: { Ref: 'Alb' }, Port: UNKNOWN }] }],
  ])('is taken to be asked by the port of the request if %s is not known, with a warning', (name, albs) => {
    const answer = layers({ albs }).request({ url, entry });
    expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 target-group Servers'], 'bounded']);
    expect(answer.warnings).toEqual([`${ALBS}: ${name} isn't known: the port of the request is assumed.`]);
  });

  test.each(['HealthCheckPath', 'HealthCheckPort', 'HealthCheckProtocol', 'Matcher', 'Matcher.HttpCode'])(
    'may be healthy or not if its %s is not known',
    (name) => {
      const [property, part] = name.split('.');
      const albs = { [property!]: part === undefined ? UNKNOWN : { [part]: UNKNOWN } };
      const doubt = `Stack/Albs: ${name} isn't known, so its default is taken.`;
      const answer = layers({ albs, aliased: true }).request({ url: 'https://shop.example.com/shop' });
      expect(answer.outcomes.map(({ quality }) => quality)).toEqual(['bounded']);
      expect(answer.warnings.join()).toContain(doubt);
    },
  );

  test('shows in the target if the type of the group is not known', () => {
    const answer = layers({ albs: { TargetType: UNKNOWN } }).request({ url, entry });
    expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 target-group Servers'], 'exact']);
  });

  test('fails its health checks if the road of their path ends in another status than they take', () => {
    const answer = layers({ status: 404 }).request({ url, entry });
    expect(ends(answer)).toEqual(['1 target-group Servers']);
    expect(answer.outcomes[0]!.trace[1]!.because).toBe(
      'no target is healthy: / is answered with 404, so all get requests (fail open)',
    );
  });

  test('passes them at a path that its servers answer, until those are unhealthy', () => {
    const traffic = layers({ status: 404, albs: { HealthCheckPath: '/shop', HealthCheckPort: 'traffic-port' } });
    const because = (answer: ReturnType<typeof traffic.request>) => answer.outcomes[0]!.trace[1]!.because;
    expect(because(traffic.request({ url, entry }))).toContain('sends to Alb');
    expect(because(traffic.given('target-group=Servers').request({ url, entry }))).toContain('no target is healthy');
  });

  test('passes them with a matcher that takes the status', () => {
    const answer = layers({ status: 404, albs: { Matcher: { HttpCode: '200,404' } } }).request({ url, entry });
    expect(answer.outcomes[0]!.trace[1]!.because).toContain('sends to Alb');
  });

  test('that leads back to the group ends in an error', () => {
    const traffic = trafficOf({
      Alb: applicationBalancer(),
      Https: networkListener('Albs', { protocol: 'HTTPS', balancer: 'Alb' }),
      Albs: group({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }),
    });
    expect(ends(traffic.request({ url, entry: 'Alb' }))).toEqual(['1 error Albs']);
  });

  test('fails for a target that is no such balancer', () => {
    const traffic = layers({ albs: { Targets: [{ Id: { Ref: 'Nlb' } }] } });
    expect(() => traffic.request({ url, entry })).toThrow(
      'Stack/Albs (AWS::ElasticLoadBalancingV2::TargetGroup): Targets must lead to an Application Load Balancer, got ${Nlb}.',
    );
  });

  test('that the template does not show ends at the group', () => {
    const traffic = layers({ albs: { Targets: [{ Id: 'arn:aws:elasticloadbalancing:…' }] } });
    expect(ends(traffic.request({ url, entry }))).toEqual(['1 target-group Albs']);
  });
});
