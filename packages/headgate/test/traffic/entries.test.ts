import { Traffic } from '../../lib/traffic';
import { behavior, distribution, origin } from '../support/edge';
import { ends, trafficOf } from '../support/traffic';

const balancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
const listener = (of: string, port: number) => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: {
    LoadBalancerArn: { Ref: of },
    Port: port,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  },
});
const two = trafficOf({ One: balancer, Other: balancer, At80: listener('One', 80), At81: listener('Other', 81) });

test('of two balancers the port of each request chooses one', () => {
  expect(ends(two.request({ url: 'http://example.com/' }))).toEqual(['1 fixed-response At80 200']);
  expect(ends(two.request({ url: 'http://example.com:81/' }))).toEqual(['1 fixed-response At81 200']);
  expect(() => two.request({ url: 'http://example.com:82/' })).toThrow('any of Stack/One, Stack/Other');
});

test('an entry that is named counts for its request alone', () => {
  const named = two.request({ url: 'http://example.com/', entry: 'Other' });
  expect(ends(named)).toEqual(['1 error Other']);
  expect(ends(two.request({ url: 'http://example.com/', entry: 'Stack/One' }))).toEqual(['1 fixed-response At80 200']);
  expect(ends(two.request({ url: 'http://example.com/' }))).toEqual(['1 fixed-response At80 200']);
  expect(() => two.request({ url: 'http://example.com/', entry: 'At80' })).toThrow(
    /isn't one of AWS::Route53::RecordSet, .* There are: Stack\/One, Stack\/Other\.$/,
  );
});

test('without an entry every request fails', () => {
  const none = trafficOf({ It: { Type: 'AWS::S3::Bucket' } });
  for (let time = 0; time < 2; time++) {
    expect(() => none.request({ url: 'http://example.com/' })).toThrow('nowhere to enter');
  }
  const macro = Traffic.fromTemplate({ Transform: 'Mine', Resources: {} });
  expect(() => macro.request({ url: 'http://example.com/' })).toThrow(/nowhere to enter.*the macro Mine isn't run/);
});

describe('of several distributions', () => {
  const named = (id: string, ...Aliases: readonly string[]) =>
    distribution({ Aliases, Origins: [origin('a', { Id: id })], DefaultCacheBehavior: behavior(id) });
  const traffic = trafficOf({ Any: named('any', '*.example.com'), Shop: named('shop', 'Shop.example.com') });

  test.each([
    ['a wildcard takes names at any depth', 'a.b.example.com', 'any'],
    ['the closest name wins', 'shop.example.com', 'shop'],
  ])('%s', (_, host, id) => {
    expect(ends(traffic.request({ url: `https://${host}/` }))).toEqual([`1 origin ${id}`]);
  });

  test.each(['example.com', 'd111111abcdef8.cloudfront.net'])('none is closest to %s', (host) => {
    expect(() => traffic.request({ url: `https://${host}/` })).toThrow('any of Stack/Any, Stack/Shop');
  });
});
