import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ManagedPrefixList,
  OriginAccess,
  ServiceListener,
  ServiceLoadBalancer,
  ServiceRoutes,
  TargetGroup,
} from '../lib/balancing';
import { LogBucket, ServiceDomain, ServiceVpc, SiteCertificate } from '../lib/core';
import { GlobalRouting, ServiceRecord, ServiceRouting } from '../lib/dns';
import { EdgeDistribution, OriginSecrets } from '../lib/edge';
import { AutoScalingFleet } from '../lib/fleet';
import { HealthMonitor, HealthProbe, LiveCheck, RegionCheck } from '../lib/health';
import { RegionalService } from '../lib/patterns';
import { WebAcl, WebAclScope } from '../lib/waf';

const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: 'Z1', zoneName: 'example.com' });

/** Somebody's own balancer and listener. */
function theirs(stack: Stack): { loadBalancer: elbv2.ApplicationLoadBalancer; listener: elbv2.ApplicationListener } {
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Theirs', { vpc: new ec2.Vpc(stack, 'TheirVpc') });
  const defaultAction = elbv2.ListenerAction.fixedResponse(404);
  return { loadBalancer, listener: loadBalancer.addListener('Listener', { port: 80, defaultAction }) };
}

const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111111111111:certificate/a')];

test.each<[string, (stack: Stack) => unknown, string]>([
  ['ServiceVpc', (stack) => new ServiceVpc(stack, 'It'), 'AWS::EC2::VPC'],
  ['LogBucket', (stack) => new LogBucket(stack, 'It'), 'AWS::S3::Bucket'],
  ['SiteCertificate', (stack) => new SiteCertificate(stack, 'It', { domain }), 'AWS::CertificateManager::Certificate'],
  ['WebAcl', (stack) => new WebAcl(stack, 'It', { webAclScope: WebAclScope.REGIONAL }), 'AWS::WAFv2::WebACL'],
  [
    'ServiceLoadBalancer',
    (stack) => new ServiceLoadBalancer(stack, 'It', { vpc: new ec2.Vpc(stack, 'Vpc') }),
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ],
  [
    'ServiceListener',
    (stack) => new ServiceListener(stack, 'It', { loadBalancer: theirs(stack).loadBalancer, certificates }),
    'AWS::ElasticLoadBalancingV2::Listener',
  ],
  [
    'TargetGroup',
    (stack) => new TargetGroup(stack, 'It', { vpc: new ec2.Vpc(stack, 'Vpc'), port: 80 }),
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  ],
  [
    'ServiceRoutes',
    (stack) =>
      new ServiceRoutes(stack, 'It', { listener: theirs(stack).listener }).addRoute('Route', {
        conditions: [elbv2.ListenerCondition.pathPatterns(['/a'])],
        action: elbv2.ListenerAction.fixedResponse(200),
      }),
    'AWS::ElasticLoadBalancingV2::ListenerRule',
  ],
  ['ManagedPrefixList', (stack) => ManagedPrefixList.cloudFrontOriginFacing(stack, 'It'), 'Custom::ManagedPrefixList'],
  [
    'AutoScalingFleet',
    (stack) => new AutoScalingFleet(stack, 'It', { vpc: new ec2.Vpc(stack, 'Vpc'), port: 8080 }),
    'AWS::AutoScaling::AutoScalingGroup',
  ],
  ['EdgeDistribution', (stack) => new EdgeDistribution(stack, 'It', { domain }), 'AWS::CloudFront::Distribution'],
  [
    'OriginSecrets',
    (stack) =>
      new OriginSecrets(stack, 'It', { originAccess: OriginAccess.secretHeader({ secretNamePrefix: 'mine' }) }),
    'AWS::SecretsManager::Secret',
  ],
  ['LiveCheck', (stack) => new LiveCheck(stack, 'It', { host: 'a.example.com' }), 'AWS::Route53::HealthCheck'],
  [
    'RegionCheck',
    (stack) => new RegionCheck(stack, 'It', { children: [new LiveCheck(stack, 'Live', { host: 'a.example.com' })] }),
    'AWS::Route53::HealthCheck',
  ],
  [
    'HealthMonitor',
    (stack) =>
      new HealthMonitor(stack, 'It', { serviceName: 'a', probes: [HealthProbe.https({ host: 'a.example.com' })] }),
    'AWS::Lambda::Function',
  ],
  [
    'ServiceRouting',
    (stack) =>
      new ServiceRouting(stack, 'It', { domain, routing: GlobalRouting.latency() }).addRegion('us-east-1', {
        healthCheck: new LiveCheck(stack, 'Live', { host: 'a.example.com' }),
      }),
    'AWS::Route53::RecordSet',
  ],
  ['ServiceRecord', (stack) => new ServiceRecord(stack, 'It', { domain }), 'AWS::Route53::RecordSet'],
  ['RegionalService', (stack) => new RegionalService(stack, 'It', { domain }), 'AWS::Route53::RecordSet'],
])('%s works alone in an L2 stack of its own', (_, make, type) => {
  const stack = new Stack();
  make(stack);
  expect(Object.keys(Template.fromStack(stack).findResources(type)).length).toBeGreaterThan(0);
});
