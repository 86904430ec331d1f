import { App, type IPropertyInjector, PropertyInjectors, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LogBucket, ServiceDomain, ServiceVpc, SiteCertificate } from '../../lib/core';
import { ServiceRecord } from '../../lib/dns';
import { LiveCheck } from '../../lib/health';

function injector(constructUniqueId: string, changes: object): IPropertyInjector {
  return { constructUniqueId, inject: (props) => ({ ...props, ...changes }) };
}

function stackWith(...injectors: IPropertyInjector[]): Stack {
  return new Stack(new App({ propertyInjectors: injectors }), 'Stack');
}

const domainOf = (recordName: string) =>
  ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com', recordName });

describe('an injector under the id of one of our classes', () => {
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

  test('reaches SiteCertificate', () => {
    const transparencyLoggingEnabled = false;
    const stack = stackWith(injector(acm.Certificate.PROPERTY_INJECTION_ID, { transparencyLoggingEnabled }));
    new SiteCertificate(stack, 'Certificate', { domain: domainOf('shop') });
    Template.fromStack(stack).hasResourceProperties('AWS::CertificateManager::Certificate', {
      CertificateTransparencyLoggingPreference: 'DISABLED',
    });
  });
});
