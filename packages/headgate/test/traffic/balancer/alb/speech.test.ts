import { group, LB, listener, REF } from '../../../support/balancer';
import { ends, trafficOf } from '../../../support/traffic';

const url = 'https://a.example.com/';

/** The answer of a listener of HTTPS whose group, or whose balancer, has a version that isn't known. */
function ask(api: object, attributes: readonly object[], request: object) {
  const traffic = trafficOf({
    Lb: { ...LB.Lb, Properties: { LoadBalancerAttributes: attributes } },
    Api: group(api),
    Listener: listener({
      Port: 443,
      Protocol: 'HTTPS',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: REF('Api') }],
    }),
  });
  const answer = traffic.request({ url, ...request });
  return { ends: ends(answer), quality: answer.outcomes[0]!.quality, warnings: answer.warnings };
}

const gRpc = { httpVersion: '2', method: 'POST', headers: { 'Content-Type': 'application/grpc' } };

describe('a protocol version that is not known', () => {
  test.each([
    [{ httpVersion: '1.1' }, 'target-group Api', 'bounded'],
    [{ httpVersion: '2', method: 'GET' }, 'target-group Api', 'bounded'],
    [{ httpVersion: '2', method: 'POST' }, 'target-group Api', 'exact'],
    [gRpc, 'error Api 464', 'bounded'],
  ])('is taken for HTTP1, and matters to %j: %s, %s', (request, end, quality) => {
    const answer = ask({ ProtocolVersion: REF('Speech') }, [], request);
    expect([answer.ends, answer.quality]).toEqual([[`1 ${end}`], quality]);
    expect(answer.warnings).toEqual(
      quality === 'exact'
        ? []
        : ["Stack/Api (AWS::ElasticLoadBalancingV2::TargetGroup): ProtocolVersion isn't known: HTTP1 is assumed."],
    );
  });
});

describe('a balancer of which is not known whether it speaks HTTP/2', () => {
  const unknown = [{ Key: 'routing.http2.enabled', Value: REF('Speaks') }];

  test.each([
    ['HTTP1', { httpVersion: '2' }, 'target-group Api', 'exact'],
    ['HTTP2', { httpVersion: '2' }, 'target-group Api', 'bounded'],
    ['HTTP2', { httpVersion: '1.1' }, 'error Api 464', 'exact'],
    ['GRPC', gRpc, 'target-group Api', 'bounded'],
  ])('is taken to, which matters to a group of %s and %j: %s, %s', (ProtocolVersion, request, end, quality) => {
    const answer = ask({ ProtocolVersion }, unknown, request);
    expect([answer.ends, answer.quality]).toEqual([[`1 ${end}`], quality]);
    expect(answer.warnings).toEqual(
      quality === 'exact'
        ? []
        : ["Stack/Lb: LoadBalancerAttributes: routing.http2.enabled isn't known: true is assumed."],
    );
  });
});
