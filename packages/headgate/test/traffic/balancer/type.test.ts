import { applicationBalancer, group, networkBalancer, networkListener } from '../../support/network-balancer';
import { ends, trafficOf } from '../../support/traffic';

const Nlb = { ...networkBalancer(), Properties: { Type: { Ref: 'Kind' } } };
const ask = (listener: object, httpVersion: '1.1' | '3' = '1.1') =>
  trafficOf({ Nlb, Listener: listener, Blue: group() }).request({ url: 'https://example.com/', httpVersion });

describe('the type of a load balancer that is not known', () => {
  test('shows in the protocols of its listeners', () => {
    const network = ask(networkListener('Blue'));
    expect(network.outcomes[0]!.trace[0]!.because).toBe('port 443 (TCP), default action');
    expect(network.outcomes[0]!.quality).toBe('exact');
    expect(network.warnings).toEqual([]);
    const application = ask(networkListener('Blue', { protocol: 'HTTPS' }));
    expect(application.outcomes[0]!.trace[1]!.because).toBe('HTTPS on port 443');
    expect(application.outcomes[0]!.quality).toBe('exact');
  });

  test('is taken for application if they do not tell, with a warning', () => {
    const answer = ask(networkListener('Blue', { protocol: { Ref: 'Speech' } as unknown as string }));
    expect(ends(answer)).toEqual(['1 target-group Blue']);
    expect(answer.outcomes[0]).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
    expect(answer.warnings).toContain(
      "Stack/Nlb (AWS::ElasticLoadBalancingV2::LoadBalancer): Type isn't known: application is assumed.",
    );
  });

  test('counts where it is a target, or an endpoint that keeps addresses', () => {
    const behind = trafficOf({
      Nlb: networkBalancer(),
      Tcp: networkListener('ToAlb'),
      ToAlb: group({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' }, Port: 443 }] }),
      Alb: { ...applicationBalancer(), Properties: { Type: { Ref: 'Kind' } } },
      Https: networkListener('Blue', { balancer: 'Alb', protocol: 'HTTPS' }),
      Blue: group({ Protocol: 'HTTP' }),
    });
    expect(ends(behind.request({ url: 'https://example.com/', entry: 'Nlb' }))).toEqual(['1 target-group Blue']);
  });
});
