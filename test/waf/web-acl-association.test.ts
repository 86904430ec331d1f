import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { WebAcl, WebAclScope } from '../../lib/waf';

const REGIONAL = { webAclScope: WebAclScope.REGIONAL };

function balancer(scope: Construct, id = 'Balancer') {
  return new elbv2.ApplicationLoadBalancer(scope, id, { vpc: new ec2.Vpc(scope, `${id}Vpc`) });
}

function imported(scope: Construct, id: string, region: string) {
  return elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(scope, id, {
    loadBalancerArn: `arn:aws:elasticloadbalancing:${region}:111122223333:loadbalancer/app/shop/50dc6c495c0c9188`,
    securityGroupId: 'sg-0123456789abcdef0',
  });
}

test('a regional web ACL stands in front of a balancer', () => {
  const stack = new Stack();
  new WebAcl(stack, 'Firewall', REGIONAL).associate(balancer(stack));
  const template = Template.fromStack(stack);
  const [webAcl] = Object.keys(template.findResources('AWS::WAFv2::WebACL'));
  const [loadBalancer] = Object.keys(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
    WebACLArn: { 'Fn::GetAtt': [webAcl, 'Arn'] },
    ResourceArn: { Ref: loadBalancer },
  });
});

test('one web ACL stands in front of balancers of one id, in this stack and in another', () => {
  const app = new App();
  const stack = new Stack(app, 'Shared');
  const other = new Stack(app, 'Other');
  const webAcl = new WebAcl(stack, 'Firewall', REGIONAL);
  webAcl.associate(balancer(stack));
  webAcl.associate(balancer(other));
  webAcl.associate(balancer(new Construct(stack, 'Second')));
  expect(webAcl.node.children.map((child) => child.node.id).filter((id) => id.startsWith('Association'))).toEqual([
    'Association-Balancer',
    'Association-Other-Balancer',
    'Association-Second-Balancer',
  ]);
});

test('fails to associate a web ACL for distributions', () => {
  const stack = new Stack();
  const webAcl = new WebAcl(stack, 'Firewall', { webAclScope: WebAclScope.CLOUDFRONT });
  expect(() => webAcl.associate(balancer(stack))).toThrow(/^HG1013: .*a distribution takes it by webAclId/);
});

test('fails to associate a balancer twice', () => {
  const stack = new Stack();
  const webAcl = new WebAcl(stack, 'Firewall', REGIONAL);
  const loadBalancer = balancer(stack);
  webAcl.associate(loadBalancer);
  expect(() => webAcl.associate(loadBalancer)).toThrow("HG1013: 'loadBalancer' must be associated once");
});

test('fails to associate a balancer of another Region', () => {
  const stack = new Stack(new App(), 'Site', { env: { region: 'eu-west-1' } });
  const webAcl = new WebAcl(stack, 'Firewall', REGIONAL);
  webAcl.associate(imported(stack, 'Here', 'eu-west-1'));
  expect(() => webAcl.associate(imported(stack, 'There', 'us-east-1'))).toThrow(
    "HG1013: 'loadBalancer' must be in the Region of the web ACL, eu-west-1, got one in us-east-1",
  );
});
