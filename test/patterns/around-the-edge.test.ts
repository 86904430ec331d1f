import { resourcesOf, synthShop } from '../support/shop';
import { evaluateWebAcl } from '../support/web-acl-evaluator';

const templates = synthShop();
const site = templates['Shop-us-east-1']!;
const [webAcl] = Object.values(resourcesOf(site, 'AWS::WAFv2::WebACL'));
const HOST = 'us-east-1.origin.shop.example.com';
const newest = '{{resolve:secretsmanager:Shop/origin-access/2:SecretString:::}}';
const older = '{{resolve:secretsmanager:Shop/origin-access/1:SecretString:::}}';

describe("around the edge, a site's web ACL", () => {
  test.each([
    ['GET', '/live', HOST, {}, 'ALLOW'],
    ['GET', '/live', HOST.toUpperCase(), {}, 'ALLOW'],
    ['POST', '/live', HOST, {}, 'BLOCK'],
    ['HEAD', '/live', HOST, {}, 'BLOCK'],
    ['PUT', '/live', HOST, {}, 'BLOCK'],
    ['GET', '/live/', HOST, {}, 'BLOCK'],
    ['GET', '/live/../admin', HOST, {}, 'BLOCK'],
    ['GET', '/x/../live', HOST, {}, 'BLOCK'],
    ['GET', '//live', HOST, {}, 'BLOCK'],
    ['GET', '/LIVE', HOST, {}, 'BLOCK'],
    ['GET', '/live%2f', HOST, {}, 'BLOCK'],
    ['GET', '/live', 'shop.example.com', {}, 'BLOCK'],
    ['GET', '/live', 'eu-west-1.origin.shop.example.com', {}, 'BLOCK'],
    ['GET', '/', HOST, {}, 'BLOCK'],
    ['GET', '/', 'shop.example.com', {}, 'BLOCK'],
    ['GET', '/', 'shop.example.com', { 'x-origin-verify': '' }, 'BLOCK'],
    ['GET', '/', 'shop.example.com', { 'x-origin-verify': 'guessed' }, 'BLOCK'],
    ['GET', '/', 'shop.example.com', { 'x-origin-verify': ` ${newest}` }, 'BLOCK'],
    ['GET', '/', 'shop.example.com', { 'x-origin-verify': newest }, 'ALLOW'],
    ['POST', '/api/orders', 'shop.example.com', { 'x-origin-verify': newest }, 'ALLOW'],
    ['POST', '/api/orders', 'shop.example.com', { 'x-origin-verify': older }, 'ALLOW'],
  ])('%s %s at %s with %j: %s', (method, path, host, headers, expected) => {
    expect(evaluateWebAcl(webAcl!, { method, path, host, headers }).action).toBe(expected);
  });

  test('stands in front of the balancer', () => {
    const [association] = Object.values(resourcesOf(site, 'AWS::WAFv2::WebACLAssociation'));
    expect(association?.Properties).toEqual({
      ResourceArn: { Ref: 'ShopLoadBalancer3CF63A3D' },
      WebACLArn: { 'Fn::GetAtt': ['ShopWebAcl698196B6', 'Arn'] },
    });
  });
});

test('no security group of a balancer behind the edge lets the world in', () => {
  const groups = resourcesOf(site, 'AWS::EC2::SecurityGroup');
  const rules = Object.values(resourcesOf(site, 'AWS::EC2::SecurityGroupIngress'));
  expect(Object.values(groups).flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? [])).toEqual([]);
  expect(rules.filter(({ Properties }) => Properties.CidrIp || Properties.CidrIpv6)).toEqual([]);
  const fromLists = rules.filter(({ Properties }) => Properties.SourcePrefixListId);
  expect(fromLists.map(({ Properties }) => [Properties.FromPort, Properties.ToPort])).toEqual([
    [443, 443],
    [443, 443],
  ]);
});

test('the balancer answers 403 to what no rule takes, and listens on no other port', () => {
  const listeners = Object.values(resourcesOf(site, 'AWS::ElasticLoadBalancingV2::Listener'));
  expect(
    listeners.map(({ Properties }) => [Properties.Port, Properties.DefaultActions[0].FixedResponseConfig.StatusCode]),
  ).toEqual([[443, '403']]);
});

test('/live reaches the fleet that serves, weights and all, ahead of every route', () => {
  const rules = Object.values(resourcesOf(site, 'AWS::ElasticLoadBalancingV2::ListenerRule'));
  const probe = rules.find(({ Properties }) => Properties.Priority === 1);
  const all = rules.find(({ Properties }) => Properties.Priority === 49_617);
  expect(probe?.Properties.Conditions).toEqual([
    { Field: 'host-header', HostHeaderConfig: { Values: [HOST] } },
    { Field: 'path-pattern', PathPatternConfig: { Values: ['/live'] } },
    { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
  ]);
  expect(probe?.Properties.Actions).toEqual(all?.Properties.Actions);
  expect(probe?.Properties.Actions[0].Type).toBe('forward');
});

test('the edge sends the newest secret to every origin', () => {
  const [distribution] = Object.values(resourcesOf(templates['Shop-edge']!, 'AWS::CloudFront::Distribution'));
  const origins: { OriginCustomHeaders: object[] }[] = distribution!.Properties.DistributionConfig.Origins;
  expect(origins).toHaveLength(3);
  for (const origin of origins) {
    expect(origin.OriginCustomHeaders).toEqual([{ HeaderName: 'x-origin-verify', HeaderValue: newest }]);
  }
});
