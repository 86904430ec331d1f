import { tlsFailure } from '../../../lib/traffic/dns/checker-tls';
import { applicationBalancer, group, networkBalancer, networkListener } from '../../support/network-balancer';
import { trafficOf } from '../../support/traffic';
import { worldOf } from '../../support/world';

const TLS13 = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
const TLS12 = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

function failureOf(resources: object, entry: string): string | undefined {
  const [outcome] = trafficOf(resources).request({ url: 'https://example.com/', entry }).outcomes;
  return tlsFailure(outcome!, worldOf(resources));
}

function https(balancer: string, SslPolicy: string): object {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: balancer },
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    },
  };
}

test('a rule of the listener answers for its listener', () => {
  const rule = {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Https' },
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/'] } }],
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    },
  };
  const resources = (policy: string) => ({ Alb: applicationBalancer(), Https: https('Alb', policy), Rule: rule });
  expect(failureOf(resources(TLS13), 'Alb')).toBe('Https takes TLS 1.3 alone');
  expect(failureOf(resources(TLS12), 'Alb')).toBeUndefined();
});

test('a listener of TCP hands TLS on to the balancer behind it', () => {
  const behind = (policy: string) => ({
    Nlb: networkBalancer(),
    Tcp: networkListener('Albs'),
    Albs: group({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' }, Port: 443 }] }),
    Alb: applicationBalancer(),
    Https: https('Alb', policy),
  });
  expect(failureOf(behind(TLS13), 'Nlb')).toBe('Https takes TLS 1.3 alone');
  expect(failureOf(behind(TLS12), 'Nlb')).toBeUndefined();
});

test('the minimum of a distribution decides before that of its origin', () => {
  const edge = (MinimumProtocolVersion: string) => ({
    Edge: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Origins: [
            { Id: 'a', DomainName: 'a.example.net', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
          ],
          DefaultCacheBehavior: { TargetOriginId: 'a', ViewerProtocolPolicy: 'allow-all' },
          ViewerCertificate: { MinimumProtocolVersion },
        },
      },
    },
  });
  expect(failureOf(edge('TLSv1.3_2025'), 'Edge')).toBe('Edge takes TLS 1.3 alone');
  expect(failureOf(edge('TLSv1.2_2021'), 'Edge')).toBeUndefined();
});

test('what the templates do not show does not fail', () => {
  const resources = { Nlb: networkBalancer(), Tcp: networkListener('Blue'), Blue: group() };
  expect(failureOf(resources, 'Nlb')).toBeUndefined();
});
