import { forward, group, networkBalancer, networkListener } from '../../../support/network-balancer';
import { ends, factsOf, trafficOf } from '../../../support/traffic';

const url = 'https://example.com/';

function nlb(resources: object) {
  return trafficOf({ Nlb: networkBalancer(), Blue: group(), Green: group(), ...resources });
}

const because = (answer: ReturnType<ReturnType<typeof nlb>['request']>) => answer.outcomes[0]!.trace[0]!.because;

describe('a Network Load Balancer', () => {
  test.each([
    ['TCP', 'https', undefined, '1 target-group Blue'],
    ['TCP', 'http', undefined, '1 target-group Blue'],
    ['TLS', 'https', undefined, '1 target-group Blue'],
    ['TLS', 'http', undefined, '1 error Https'],
    ['UDP', 'https', undefined, '1 error Https'],
    ['UDP', 'https', '3', '1 target-group Blue'],
    ['QUIC', 'https', '3', '1 target-group Blue'],
    ['TCP', 'https', '3', '1 error Https'],
    ['TCP_QUIC', 'https', '3', '1 target-group Blue'],
    ['TCP_UDP', 'https', undefined, '1 target-group Blue'],
  ] as const)('with a %s listener takes %s over HTTP/%s so: %s', (protocol, scheme, httpVersion, end) => {
    const traffic = nlb({ Https: networkListener('Blue', { protocol }) });
    const request = { url: `${scheme}://example.com:443/`, ...(httpVersion ? { httpVersion } : {}) };
    expect(ends(traffic.request(request))).toEqual([end]);
  });

  test('says what a listener does not take', () => {
    const traffic = nlb({ Https: networkListener('Blue', { protocol: 'TLS' }) });
    expect(because(traffic.request({ url: 'http://example.com:443/' }))).toBe('port 443 takes TLS, not plain HTTP');
  });

  test('says that a listener has a protocol of another kind of balancer', () => {
    const traffic = nlb({ Http: networkListener('Blue', { protocol: 'HTTP', port: 80 }) });
    expect(because(traffic.request({ url: 'http://example.com/' }))).toBe(
      'port 80 has the protocol HTTP, which no listener of a network load balancer can have',
    );
  });

  test('has listeners for TCP and QUIC on one port', () => {
    const traffic = nlb({
      Tcp: networkListener('Blue'),
      Quic: networkListener('Green', { protocol: 'QUIC' }),
    });
    expect(ends(traffic.request({ url, entry: 'Nlb' }))).toEqual(['1 target-group Blue']);
    expect(ends(traffic.request({ url, entry: 'Nlb', httpVersion: '3' }))).toEqual(['1 target-group Green']);
  });

  test('ends TLS for groups of TCP and begins it anew for groups of TLS', () => {
    const schemeAt = (properties: Record<string, unknown>) => {
      const traffic = nlb({ Https: networkListener('Blue', { protocol: 'TLS' }), Blue: group(properties) });
      return traffic.request({ url }).outcomes[0]!.passage.request.scheme;
    };
    expect(schemeAt({ Protocol: 'TCP' })).toBe('http');
    expect(schemeAt({ Protocol: 'TLS' })).toBe('https');
    const passedOn = nlb({ Https: networkListener('Blue') }).request({ url });
    expect(passedOn.outcomes[0]!.passage.request.scheme).toBe('https');
  });

  test('covers the default action', () => {
    const answer = nlb({ Https: networkListener('Blue') }).request({ url });
    expect(answer.outcomes[0]!.covered).toEqual(['Stack/Https default']);
  });

  test('does not answer on a port without a listener, with a warning if a Port is not known', () => {
    const traffic = nlb({
      Https: networkListener('Blue'),
      Other: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: { LoadBalancerArn: { Ref: 'Nlb' }, Port: { Ref: 'Port' }, DefaultActions: [forward('Blue')] },
      },
    });
    const answer = traffic.request({ url: 'http://example.com:8080/' });
    expect(ends(answer)).toEqual(['1 error Nlb']);
    expect(answer.outcomes[0]!.quality).toBe('bounded');
    expect(answer.warnings).toEqual(["Stack/Nlb: the Port of Other isn't known, so it counts as another one."]);
  });

  test.each(['1.1', '3'] as const)('carries HTTP/%s by a protocol that is not known, with a warning', (httpVersion) => {
    const protocol = { Ref: 'Speech' } as unknown as string;
    const answer = nlb({ Https: networkListener('Blue', { protocol }) }).request({ url, httpVersion });
    expect(ends(answer)).toEqual(['1 target-group Blue']);
    expect(answer.outcomes[0]!.quality).toBe('bounded');
    expect(answer.warnings).toEqual([
      "Stack/Https (AWS::ElasticLoadBalancingV2::Listener): Protocol isn't known and is taken for one that carries the request.",
    ]);
  });

  test('takes clients for trusted where a listener of TLS verifies their certificates, with a warning', () => {
    const Https = networkListener('Blue', { protocol: 'TLS' }) as { Properties: object };
    const verifying = { ...Https, Properties: { ...Https.Properties, MutualAuthentication: { Mode: 'verify' } } };
    const answer = nlb({ Https: verifying }).request({ url });
    expect(ends(answer)).toEqual(['1 target-group Blue']);
    expect(answer.outcomes[0]!.quality).toBe('exact');
    expect(answer.warnings.join()).toContain('the client is taken to have a certificate that is trusted');
  });

  test('is silent when its Region is down', () => {
    const answer = nlb({ Https: networkListener('Blue') })
      .given('region=us-east-1')
      .request({ url });
    expect(ends(answer)).toEqual(['1 error Nlb']);
    expect(because(answer)).toBe('us-east-1 is down');
  });

  test('gives nobody anything if all weights are 0, which is not documented', () => {
    const answer = nlb({ Https: networkListener({ Blue: 0, Green: 0 }) }).request({ url });
    expect(ends(answer)).toEqual(['1 error Https']);
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
    expect(factsOf(answer)).toContain('NLB-3');
  });

  test('has even shares of unknown bounds if a weight is symbolic', () => {
    const weights = { Blue: { Ref: 'Weight' } as unknown as number, Green: 10 };
    const answer = nlb({ Https: networkListener(weights) }).request({ url });
    expect(answer.outcomes.map(({ share, min, max, quality }) => [share, min, max, quality])).toEqual([
      [0.5, 0, 1, 'bounded'],
      [0.5, 0, 1, 'bounded'],
    ]);
    expect(answer.warnings).toHaveLength(1);
  });

  test('takes an action of a type that is not known for the only one that there is, with a warning', () => {
    const action = { ...forward('Blue'), Type: { Ref: 'Kind' } };
    const traffic = nlb({ Https: networkListener('Blue', { actions: [action] }) });
    const { outcomes, warnings } = traffic.request({ url });
    expect(outcomes.map(({ destination }) => destination.id)).toEqual(['Blue']);
    expect(warnings).toContainEqual(
      expect.stringContaining("its action's type is not known and is taken for forward."),
    );
  });

  test('does not know who answers if its actions are not known', () => {
    const traffic = nlb({ Https: networkListener('Blue', { actions: { Ref: 'Kind' } }) });
    const { outcomes, warnings } = traffic.request({ url });
    expect(outcomes.map(({ destination, quality }) => [destination.id, quality])).toEqual([['${Kind}', 'bounded']]);
    expect(warnings).toContainEqual(
      expect.stringContaining("DefaultActions isn't known, so nobody knows who answers."),
    );
  });

  test('fails for an action of another kind', () => {
    const traffic = nlb({ Https: networkListener('Blue', { actions: [{ Type: 'redirect' }] }) });
    expect(() => traffic.request({ url })).toThrow(
      'DefaultActions must have a forward action: network load balancers have no other.',
    );
  });

  test('has initial shares where the metadata says that somebody shifts them', () => {
    const listener = networkListener({ Blue: 90, Green: 10 });
    const traffic = nlb({ Https: { ...listener, Metadata: { 'cdk-headgate': { version: 1, weights: 'initial' } } } });
    expect(traffic.request({ url }).outcomes.map(({ quality }) => quality)).toEqual(['initial', 'initial']);
  });

  test('ends at a group outside the templates by what stands for it', () => {
    const listener = networkListener('Elsewhere');
    const answer = nlb({ Https: listener }).request({ url });
    expect(ends(answer)).toEqual(['1 target-group ${Elsewhere}']);
    expect(answer.warnings).toEqual([
      'Stack/Https (AWS::ElasticLoadBalancingV2::Listener): its target group is outside the templates.',
    ]);
  });

  test('fails for a target group that is something else', () => {
    expect(() => nlb({ Https: networkListener('Nlb') }).request({ url })).toThrow(
      "Stack/Https (AWS::ElasticLoadBalancingV2::Listener): DefaultActions[0].TargetGroupArn leads to Stack/Nlb (AWS::ElasticLoadBalancingV2::LoadBalancer), which isn't a target group.",
    );
  });

  test('leaves out a rule that it cannot read, with a warning', () => {
    const answer = nlb({
      Https: networkListener('Blue'),
      Odd: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: { Ref: 'Https' },
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/a'] } }],
          Actions: [forward('Green')],
        },
      },
    }).request({ url });
    expect(ends(answer)).toEqual(['1 target-group Blue']);
    expect(answer.outcomes[0]!.quality).toBe('bounded');
    expect(answer.warnings).toEqual([
      "Stack/Odd (AWS::ElasticLoadBalancingV2::ListenerRule): its priority or conditions can't be read, so it counts as not matching.",
    ]);
  });
});
