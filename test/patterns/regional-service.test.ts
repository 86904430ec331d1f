import { App, Aspects, type IAspect, type IPropertyInjector, Mixins, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { balancing, core, patterns, waf } from '../../lib';
import { DOMAIN } from '../support/shop';

const { Conditions } = balancing;

function newStack(): Stack {
  return new Stack(new App(), 'Stack');
}

function withRoute(site: patterns.RegionalService): patterns.RegionalService {
  const web = site.addFleet('Web', { port: 8080 });
  site.addRoute('All', { conditions: [Conditions.pathUnder('/')], forwardTo: [web.weighted(1)] });
  return site;
}

describe('a regional service by itself', () => {
  test('makes network, firewall, balancer, listener, certificate and record in any stack', () => {
    const stack = newStack();
    withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN }));
    const template = Template.fromStack(stack);
    for (const type of [
      'AWS::EC2::VPC',
      'AWS::WAFv2::WebACL',
      'AWS::WAFv2::WebACLAssociation',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::CertificateManager::Certificate',
      'AWS::AutoScaling::AutoScalingGroup',
    ]) {
      template.resourceCountIs(type, 1);
    }
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'shop.example.com.',
      Type: 'A',
      AliasTarget: { EvaluateTargetHealth: false },
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '404' }) }],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [{ Type: 'redirect', RedirectConfig: Match.objectLike({ Protocol: 'HTTPS', Port: '443' }) }],
    });
  });

  test('says that the internet reaches it when nobody chose so', () => {
    const site = (originAccess?: balancing.OriginAccess) =>
      new patterns.RegionalService(newStack(), 'Shop', { domain: DOMAIN, originAccess }).node.metadata.map(
        ({ data }) => data,
      );
    expect(site()).toContainEqual(expect.objectContaining({ prop: 'originAccess', value: 'OriginAccess.internet()' }));
    expect(site(balancing.OriginAccess.internet())).toEqual([]);
  });

  test('hands its parts out as L2s', () => {
    const site = withRoute(new patterns.RegionalService(newStack(), 'Shop', { domain: DOMAIN }));
    expect(site.loadBalancer).toBeInstanceOf(elbv2.ApplicationLoadBalancer);
    expect(site.listener).toBeInstanceOf(elbv2.ApplicationListener);
    expect(site.certificate).toBeInstanceOf(acm.Certificate);
    expect(site.vpc).toBeInstanceOf(ec2.Vpc);
    expect(site.addTargetGroup('Other')).toBeInstanceOf(elbv2.ApplicationTargetGroup);
  });

  test('says AAAA too when its balancer has IPv6', () => {
    const stack = newStack();
    withRoute(
      new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, ipAddressType: elbv2.IpAddressType.DUAL_STACK }),
    );
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'shop.example.com.', Type: 'AAAA' });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { IpAddressType: 'dualstack' });
    template.resourceCountIs('AWS::EC2::VPCCidrBlock', 1);
  });

  test('keeps the ids of fleets, target groups and routes apart', () => {
    const stack = newStack();
    const site = new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN });
    const fleet = site.addFleet('Api', { port: 8080 });
    const group = site.addTargetGroup('Api', { port: 9090, targetType: elbv2.TargetType.IP });
    site.addRoute('Api', {
      conditions: [Conditions.pathUnder('/api')],
      forwardTo: [fleet.weighted(1), group.weighted(1)],
    });
    Template.fromStack(stack).resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 2);
  });

  test('without NAT gateways gives its servers a road to CloudFormation', () => {
    const stack = newStack();
    withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, natGateways: 0 }));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' });
    const [endpoint] = Object.keys(
      template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }),
    );
    template.hasResource('AWS::AutoScaling::AutoScalingGroup', { DependsOn: Match.arrayWith([endpoint]) });
  });

  test('fails a synthesis whose priority somebody else has taken on its listener', () => {
    const stack = newStack();
    const site = withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN }));
    (site.listener as elbv2.ApplicationListener).addAction('Mine', {
      priority: 49_617,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/mine'])],
      action: elbv2.ListenerAction.fixedResponse(200),
    });
    expect(() => Template.fromStack(stack)).toThrow(
      /HG2142.*'priority' 49617 of route 'All' is taken by 'Stack\/Shop/s,
    );
  });
});

describe('a regional service that is given parts', () => {
  test('stands in the VPC that it is given', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Mine', { maxAzs: 2 });
    expect(withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, vpc })).vpc).toBe(vpc);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 1);
  });

  test('listens on the balancer that it is given, and leaves its firewall alone', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Mine', { vpc, internetFacing: true });
    const site = withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, loadBalancer }));
    expect(site.webAcl).toBeUndefined();
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 1);
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443 });
  });

  test('puts its routes on the listener that it is given, without a certificate of its own', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Mine', { vpc });
    const listener = loadBalancer.addListener('Https', {
      port: 443,
      certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111111111111:certificate/a')],
      defaultAction: elbv2.ListenerAction.fixedResponse(404),
    });
    const site = withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, listener }));
    expect(site.loadBalancer).toBe(loadBalancer);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });

  test('takes an imported balancer and listener', () => {
    const stack = newStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      privateSubnetIds: ['subnet-1', 'subnet-2'],
      privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    const loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/mine/1',
      loadBalancerDnsName: 'mine.elb.amazonaws.com',
      loadBalancerCanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
      securityGroupId: 'sg-1',
      vpc,
    });
    const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/mine/1/2',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
    withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, loadBalancer, listener }));
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', {
      AliasTarget: { DNSName: 'dualstack.mine.elb.amazonaws.com' },
    });
  });

  test('uses the certificate and the web ACL that it is given', () => {
    const stack = newStack();
    const certificate = acm.Certificate.fromCertificateArn(
      stack,
      'Mine',
      'arn:aws:acm:us-east-1:111111111111:certificate/a',
    );
    const webAcl = waf.WebAcl.fromWebAclArn(
      stack,
      'Acl',
      'arn:aws:wafv2:us-east-1:111111111111:regional/webacl/mine/1',
    );
    withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, certificate, webAcl }));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: webAcl.webAclArn });
  });
});

describe('a service of another stack', () => {
  const attributes = {
    listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/shop/1/2',
    securityGroupId: 'sg-balancer',
    firstPriority: 20_000,
    lastPriority: 24_999,
  };

  test('gets routes inside the band, and a way from its balancer to the new targets', () => {
    const stack = newStack();
    const vpc = new core.ServiceVpc(stack, 'Vpc');
    const shop = patterns.RegionalService.fromRegionalServiceAttributes(stack, 'Shop', { ...attributes, vpc });
    const checkout = shop.addFleet('Checkout', { port: 8080 });
    const rule = shop.addRoute('Checkout', {
      conditions: [Conditions.pathUnder('/checkout')],
      forwardTo: [checkout.weighted(1)],
    });
    expect(rule).toBeInstanceOf(elbv2.ApplicationListenerRule);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: 'sg-balancer', FromPort: 8080 });
    const [{ Properties }] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule')) as [
      { Properties: { ListenerArn: string; Priority: number } },
    ];
    expect(Properties.ListenerArn).toBe(attributes.listenerArn);
    expect(Properties.Priority).toBeGreaterThanOrEqual(20_000);
    expect(Properties.Priority).toBeLessThanOrEqual(24_999);
  });
});

describe("the user's own rules", () => {
  const injector = (id: string, inject: (props: object) => object): IPropertyInjector => ({
    constructUniqueId: id,
    inject,
  });

  test('an injector for an L2 reaches the class that extends it', () => {
    const app = new App();
    PropertyInjectors.of(app).add(
      injector(elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID, (props) => ({
        ...props,
        preserveHostHeader: true,
      })),
      injector(elbv2.ApplicationTargetGroup.PROPERTY_INJECTION_ID, (props) => ({
        ...props,
        deregistrationDelay: undefined,
        slowStart: undefined,
        targetGroupName: 'injected',
      })),
    );
    const stack = new Stack(app, 'Stack');
    withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN }));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'routing.http.preserve_host_header.enabled', Value: 'true' }]),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'injected' });
  });

  test('an injector for one of our classes applies, the nearest first', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const id = patterns.RegionalService.PROPERTY_INJECTION_ID;
    PropertyInjectors.of(app).add(injector(id, (props) => ({ ...props, natGateways: 2 })));
    PropertyInjectors.of(stack).add(injector(id, (props) => ({ ...props, natGateways: 1 })));
    withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN }));
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('a mixin applies to what is inside', () => {
    const stack = newStack();
    const site = withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN }));
    Mixins.of(site).apply({
      supports: (construct) => construct instanceof elbv2.CfnTargetGroup,
      applyTo: (construct) => (construct as elbv2.CfnTargetGroup).addPropertyOverride('HealthCheckIntervalSeconds', 7),
    } as Parameters<ReturnType<typeof Mixins.of>['apply']>[0]);
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckIntervalSeconds: 7,
    });
  });

  test('an aspect and an escape hatch apply to what is inside', () => {
    const stack = newStack();
    const site = withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN }));
    const aspect: IAspect = {
      visit: (node) => {
        if (node instanceof elbv2.CfnListener && node.port === 443) node.sslPolicy = 'mine';
      },
    };
    Aspects.of(stack).add(aspect);
    (site.loadBalancer.node.defaultChild as elbv2.CfnLoadBalancer).addPropertyOverride('Name', 'mine');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, SslPolicy: 'mine' });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'mine' });
  });
});

test('a balancer that has a listener on port 80 gets no second one', () => {
  const stack = newStack();
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Mine', { vpc: new ec2.Vpc(stack, 'Vpc') });
  loadBalancer.addRedirect();
  withRoute(new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, loadBalancer }));
  const listeners = Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::Listener');
  expect(Object.values(listeners).map(({ Properties }) => Properties.Port)).toEqual([80, 443]);
});
