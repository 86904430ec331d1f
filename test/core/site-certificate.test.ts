import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServiceDomain, SiteCertificate } from '../../lib/core';

const hostedZoneId = 'Z0123456789EXAMPLE';

function certificateFor(zoneName: string, recordName?: string): Template {
  const stack = new Stack(new App(), 'Stack');
  const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName, recordName });
  new SiteCertificate(stack, 'Certificate', { domain });
  return Template.fromStack(stack);
}

test('covers the name of the service, that of its origin and all below that, validated in the zone', () => {
  certificateFor('example.com', 'shop').hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: 'shop.example.com',
    SubjectAlternativeNames: ['origin.shop.example.com', '*.origin.shop.example.com'],
    ValidationMethod: 'DNS',
    DomainValidationOptions: [
      { DomainName: 'shop.example.com', HostedZoneId: hostedZoneId },
      { DomainName: 'origin.shop.example.com', HostedZoneId: hostedZoneId },
      // A wildcard shares the validation record of the name below it.
    ],
  });
});

test('covers the apex of a zone', () => {
  certificateFor('example.com').hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: 'example.com',
    SubjectAlternativeNames: ['origin.example.com', '*.origin.example.com'],
  });
});

test('takes a name of 64 characters', () => {
  const recordName = 'a'.repeat(64 - '.example.com'.length);
  certificateFor('example.com', recordName).hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: `${recordName}.example.com`,
  });
});

test('fails with a name of 65 characters, which ACM refuses as the first of a certificate', () => {
  const recordName = 'a'.repeat(65 - '.example.com'.length);
  expect(() => certificateFor('example.com', recordName)).toThrow(
    /HG0105: 'domain' must have a name of at most 64 characters to be the first of a certificate, got 65 \('a+\.example\.com'\): use a shorter name/,
  );
});
