import { ends, trafficOf } from './support/traffic';

const url = 'http://example.com/';

test('a request enters at the only balancer', () => {
  const traffic = trafficOf({ Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} } });
  expect(ends(traffic.request({ url: 'http://example.com/' }))).toEqual(['1 error Lb']);
});

test.each([
  ['AWS::S3::Bucket', ''],
  [
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    ' Stack/It (AWS::ElasticLoadBalancingV2::ListenerRule) belongs to a load balancer outside of them: give its template too.',
  ],
  [
    'AWS::ElasticLoadBalancing::LoadBalancer',
    " Stack/It (AWS::ElasticLoadBalancing::LoadBalancer) is a classic load balancer, which isn't modelled.",
  ],
])('fails for templates of %s alone, and says what is in the place of an entry', (Type, hint) => {
  expect(() => trafficOf({ It: { Type, Properties: {} } }).request({ url })).toThrow(
    `no DNS record, distribution, accelerator or load balancer.${hint}`,
  );
});
