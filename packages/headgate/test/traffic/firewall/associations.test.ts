import { webAclOf } from '../../../lib/traffic/firewall';
import { stackWith } from '../../support/resources';

const BALANCER = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const associated = (WebACLArn: unknown) => ({
  Type: 'AWS::WAFv2::WebACLAssociation',
  Properties: { ResourceArn: { Ref: 'Lb' }, WebACLArn },
});
const find = (resources: object, id = 'Lb') => {
  const templates = stackWith(resources);
  return webAclOf(templates.find(id), templates)?.logicalId;
};
const Acl = { Type: 'AWS::WAFv2::WebACL' };

test('a balancer has the web ACL that an association names', () => {
  const resources = { Lb: BALANCER, Other: BALANCER, Acl, Association: associated({ 'Fn::GetAtt': ['Acl', 'Arn'] }) };
  expect(find(resources)).toBe('Acl');
  expect(find(resources, 'Other')).toBeUndefined();
});

test('the association stands for a web ACL outside of the templates', () => {
  expect(find({ Lb: BALANCER, Association: associated('arn:aws:wafv2:x') })).toBe('Association');
});

test('fails for an association with something else', () => {
  expect(() => find({ Lb: BALANCER, Association: associated({ Ref: 'Lb' }) })).toThrow(
    /Association.*WebACLArn must refer to a resource of type AWS::WAFv2::WebACL, got Stack\/Lb/,
  );
});
