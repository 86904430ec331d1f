import { App, type IPropertyInjector, PropertyInjectors, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HealthCheck } from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as layers from '../../lib';
import { OriginAccess } from '../../lib/balancing';
import { LogBucket, ServiceDomain, ServiceVpc, SiteCertificate } from '../../lib/core';
import { GlobalRouting, ServiceRecord, ServiceRouting } from '../../lib/dns';
import { OriginSecrets } from '../../lib/edge';
import { LiveCheck, RegionCheck } from '../../lib/health';
import { EVERY_CONSTRUCT } from '../support/constructs';

function injector(constructUniqueId: string, changes: object): IPropertyInjector {
  return { constructUniqueId, inject: (props) => ({ ...props, ...changes }) };
}

function stackWith(...injectors: IPropertyInjector[]): Stack {
  return new Stack(new App({ propertyInjectors: injectors }), 'Stack');
}

const domainOf = (recordName: string) =>
  ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com', recordName });

describe('an injector under the id of one of our classes', () => {
  const injectable = EVERY_CONSTRUCT.filter(([name]) => !name.endsWith('Stack'));

  test.each(injectable)('is asked by %s', (name, make) => {
    const asked: string[] = [];
    const ids = Object.values(layers).flatMap((layer) => {
      const kind = (layer as Record<string, { PROPERTY_INJECTION_ID?: string }>)[name];
      return kind?.PROPERTY_INJECTION_ID === undefined ? [] : [kind.PROPERTY_INJECTION_ID];
    });
    const propertyInjectors = ids.map((constructUniqueId) => ({
      constructUniqueId,
      inject: (props: object, { id }: { id: string }) => {
        asked.push(id);
        return props;
      },
    }));
    make(new Stack(new App({ propertyInjectors }), 'Stack'));
    expect(ids).toHaveLength(1);
    expect(asked).toContain('It');
  });

  test('reaches ServiceVpc', () => {
    const stack = stackWith(injector(ServiceVpc.PROPERTY_INJECTION_ID, { natGateways: 1 }));
    new ServiceVpc(stack, 'Vpc');
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('reaches LogBucket', () => {
    const stack = stackWith(injector(LogBucket.PROPERTY_INJECTION_ID, { acceptsCloudFrontLogs: true }));
    new LogBucket(stack, 'Logs');
    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
  });

  test('reaches SiteCertificate', () => {
    const stack = stackWith(injector(SiteCertificate.PROPERTY_INJECTION_ID, { domain: domainOf('injected') }));
    new SiteCertificate(stack, 'Certificate', { domain: domainOf('shop') });
    Template.fromStack(stack).hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'injected.example.com',
    });
  });

  test('reaches a construct that extends no L2', () => {
    const stack = stackWith(injector(ServiceRecord.PROPERTY_INJECTION_ID, { dualStack: true }));
    new ServiceRecord(stack, 'Record', { domain: domainOf('shop') });
    Template.fromStack(stack).resourceCountIs('AWS::Route53::RecordSet', 2);
  });

  test('reaches LiveCheck', () => {
    const stack = stackWith(injector(LiveCheck.PROPERTY_INJECTION_ID, { path: '/injected' }));
    new LiveCheck(stack, 'Live', { host: 'shop.example.com' });
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: Match.objectLike({ ResourcePath: '/injected' }),
    });
  });

  test('reaches RegionCheck', () => {
    const stack = stackWith();
    const [given, injected] = ['given', 'injected'].map((id) => HealthCheck.fromHealthCheckId(stack, id, id));
    PropertyInjectors.of(stack).add(injector(RegionCheck.PROPERTY_INJECTION_ID, { children: [injected] }));
    new RegionCheck(stack, 'Region', { children: [given!] });
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: Match.objectLike({ ChildHealthChecks: ['injected'] }),
    });
  });

  test('reaches ServiceRouting', () => {
    const stack = stackWith(injector(ServiceRouting.PROPERTY_INJECTION_ID, { dualStack: true }));
    const routing = new ServiceRouting(stack, 'Routing', {
      domain: domainOf('shop'),
      routing: GlobalRouting.latency(),
    });
    routing.addRegion('eu-west-1', { healthCheck: HealthCheck.fromHealthCheckId(stack, 'Check', 'check') });
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::Route53::RecordSet', { Type: 'AAAA' }, 4);
  });

  test('reaches OriginSecrets', () => {
    const originAccess = OriginAccess.secretHeader({ newest: 5, secretNamePrefix: 'injected' });
    const stack = stackWith(injector(OriginSecrets.PROPERTY_INJECTION_ID, { originAccess }));
    new OriginSecrets(stack, 'Secrets', { originAccess: OriginAccess.internet() });
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 3);
  });

  test('gets the props, the scope and the id, and changes no other class', () => {
    const seen: unknown[] = [];
    const stack = stackWith({
      constructUniqueId: ServiceVpc.PROPERTY_INJECTION_ID,
      inject: (props, { scope, id }) => {
        seen.push([props, scope.node.path, id]);
        return props;
      },
    });
    new ServiceVpc(stack, 'Vpc', { maxAzs: 2 });
    new LogBucket(stack, 'Logs');
    new ec2.Vpc(stack, 'L2');
    expect(seen).toEqual([[{ maxAzs: 2 }, 'Stack', 'Vpc']]);
  });

  test('of the nearest scope wins', () => {
    const id = ServiceVpc.PROPERTY_INJECTION_ID;
    const app = new App({ propertyInjectors: [injector(id, { natGateways: 2 })] });
    const stage = new Stage(app, 'Prod', { propertyInjectors: [injector(id, { natGateways: 1 })] });
    const near = new Stack(stage, 'Near');
    PropertyInjectors.of(near).add(injector(id, { natGateways: 0 }));
    const stacks = [near, new Stack(stage, 'Middle'), new Stack(app, 'Far')];
    for (const stack of stacks) new ServiceVpc(stack, 'Vpc');
    const gateways = stacks.map((stack) => Template.fromStack(stack).findResources('AWS::EC2::NatGateway'));
    expect(gateways.map((found) => Object.keys(found).length)).toEqual([0, 1, 2]);
  });
});

describe('an injector under the id of the L2 that a class extends', () => {
  test('reaches ServiceVpc', () => {
    const stack = stackWith(injector(ec2.Vpc.PROPERTY_INJECTION_ID, { enableDnsHostnames: false }));
    new ServiceVpc(stack, 'Vpc');
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPC', { EnableDnsHostnames: false });
  });

  test('reaches LogBucket', () => {
    const stack = stackWith(injector(s3.Bucket.PROPERTY_INJECTION_ID, { eventBridgeEnabled: true }));
    new LogBucket(stack, 'Logs');
    Template.fromStack(stack).resourceCountIs('Custom::S3BucketNotifications', 1);
  });

  test('reaches LiveCheck', () => {
    const stack = stackWith(injector(HealthCheck.PROPERTY_INJECTION_ID, { measureLatency: true }));
    new LiveCheck(stack, 'Live', { host: 'shop.example.com' });
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: Match.objectLike({ MeasureLatency: true }),
    });
  });

  test('reaches SiteCertificate', () => {
    const transparencyLoggingEnabled = false;
    const stack = stackWith(injector(acm.Certificate.PROPERTY_INJECTION_ID, { transparencyLoggingEnabled }));
    new SiteCertificate(stack, 'Certificate', { domain: domainOf('shop') });
    Template.fromStack(stack).hasResourceProperties('AWS::CertificateManager::Certificate', {
      CertificateTransparencyLoggingPreference: 'DISABLED',
    });
  });
});
