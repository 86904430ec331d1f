import { ends, trafficOf } from './support/traffic';

test('a request enters at the only balancer', () => {
  const traffic = trafficOf({ Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} } });
  expect(ends(traffic.request({ url: 'http://example.com/' }))).toEqual(['1 error Lb']);
});
