import { App, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ManagedPrefixList,
  OriginAccess,
  ServiceListener,
  ServiceLoadBalancer,
  ServiceRoutes,
  TargetGroup,
} from '../../lib/balancing';
import {
  ControlStack,
  EdgeStack,
  LogBucket,
  RoutingStack,
  ServiceDomain,
  ServiceVpc,
  SiteCertificate,
  SiteStack,
} from '../../lib/core';
import { GlobalRouting, ServiceRecord, ServiceRouting } from '../../lib/dns';
import { EdgeDistribution, OriginSecrets } from '../../lib/edge';
import { AutoScalingFleet } from '../../lib/fleet';
import { HealthMonitor, HealthProbe, LiveCheck, RegionCheck } from '../../lib/health';
import { GlobalService, RegionalService } from '../../lib/patterns';
import { WebAcl, WebAclScope } from '../../lib/waf';

const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: 'Z1', zoneName: 'example.com' });

/** Somebody's own balancer and listener. */
function theirs(stack: Stack): { loadBalancer: elbv2.ApplicationLoadBalancer; listener: elbv2.ApplicationListener } {
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Theirs', { vpc: new ec2.Vpc(stack, 'TheirVpc') });
  const defaultAction = elbv2.ListenerAction.fixedResponse(404);
  return { loadBalancer, listener: loadBalancer.addListener('Listener', { port: 80, defaultAction }) };
}

const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111111111111:certificate/a')];

/** A construct by itself, among L2s: how it is made, and a type of resource that shows that it was. */
export type Maker = [name: string, make: (stack: Stack) => unknown, type: string];

/** Every construct of the library. A stack or an app of its own is returned, and is then what is looked at. */
export const EVERY_CONSTRUCT: Maker[] = [
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
  ...[ControlStack, EdgeStack, RoutingStack, SiteStack].map(
    (Kind): Maker => [Kind.name, () => filled(new Kind(new App(), 'It')), 'AWS::EC2::VPC'],
  ),
  [
    'GlobalService',
    (stack) => {
      const service = new GlobalService(stack.node.root as App, 'It', {
        domain,
        routing: GlobalRouting.latency(),
        controlRegion: 'us-west-2',
      });
      const site = service.addRegion('us-east-1');
      const forwardTo = [site.addFleet('Web', { port: 8080 }).weighted(1)];
      site.addRoute('All', { conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])], forwardTo });
      return service.routingStack;
    },
    'AWS::Route53::RecordSet',
  ],
];

/** A stack with an L2 in it that asks for zones. */
function filled(stack: Stack): Stack {
  new ec2.Vpc(stack, 'Vpc');
  return stack;
}
