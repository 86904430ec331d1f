import { applicationBalancer, forward, group, networkBalancer, networkListener } from '../../support/network-balancer';
import { ends, trafficOf } from '../../support/traffic';

const url = 'https://example.com/shop';
const entry = 'Nlb';

/** A Network Load Balancer before an Application Load Balancer that forwards /shop to servers and answers the rest with a status. */
function layers({
  status = 200,
  albs = {},
  attributes = {},
}: {
  status?: number;
  albs?: object;
  attributes?: Record<string, string>;
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
