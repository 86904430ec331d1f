import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ServiceDomain, type ServiceDomainAttributes } from '../../lib/core';

const hostedZoneId = 'Z0123456789EXAMPLE';

function domainOf(zoneName: string, recordName?: string): ServiceDomain {
  return ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName, recordName });
}

/** A name of `length` characters in the zone `example.com`. */
function nameOf(length: number): string {
  const zone = 'example.com';
  let name = '';
  for (let rest = length - zone.length; rest > 0; rest -= 64) {
    name += `${'a'.repeat(Math.min(63, rest - 1))}.`;
  }
  return name + zone;
}

describe('names', () => {
  test.each([
    ['one label is relative to the zone', 'example.com', 'shop', 'shop.example.com'],
    ['a whole name stays as it is', 'example.com', 'shop.example.com', 'shop.example.com'],
    ['a whole name may lie deep in the zone', 'example.com', 'shop.eu.example.com', 'shop.eu.example.com'],
    ['a trailing dot marks a whole name', 'example.com', 'shop.example.com.', 'shop.example.com'],
    ['the zone may have a trailing dot', 'example.com.', 'shop', 'shop.example.com'],
    ['without a record the zone is the service', 'example.com', undefined, 'example.com'],
    ["the zone's own name is the service", 'example.com', 'example.com', 'example.com'],
    ["the zone's own name may have a trailing dot", 'example.com', 'example.com.', 'example.com'],
    ['a label like the first of the zone is relative', 'example.com', 'example', 'example.example.com'],
    ['upper case becomes lower case', 'Example.COM', 'SHOP', 'shop.example.com'],
    ['upper case of a whole name lies in the zone', 'example.com', 'Shop.EXAMPLE.com', 'shop.example.com'],
    ['digits and inner hyphens are fine', '1-a.example', '2-b', '2-b.1-a.example'],
    [
      'an internationalized label is fine in its ASCII form',
      'example.com',
      'xn--bcher-kva',
      'xn--bcher-kva.example.com',
    ],
  ])('%s', (_, zoneName, recordName, serviceName) => {
    const domain = domainOf(zoneName, recordName);
    expect(domain.serviceName).toBe(serviceName);
    expect(domain.originName).toBe(`origin.${serviceName}`);
    expect(domain.regionalOriginName('eu-west-1')).toBe(`eu-west-1.origin.${serviceName}`);
    expect(domain.siteCertificateNames()).toEqual([serviceName, `origin.${serviceName}`, `*.origin.${serviceName}`]);
  });

  test("the zone's id and name can be read back", () => {
    const domain = domainOf('Example.com.', 'shop');
    expect([domain.hostedZoneId, domain.zoneName]).toEqual([hostedZoneId, 'example.com']);
  });
});

describe('limits', () => {
  test.each<[string, Partial<ServiceDomainAttributes>, string]>([
    [
      'a zone id with a path',
      { hostedZoneId: '/hostedzone/Z1' },
      "HG0101: 'hostedZoneId' must be up to 32 capital letters and digits, got '/hostedzone/Z1': copy it",
    ],
    ['a zone id in lower case', { hostedZoneId: 'z0123' }, "HG0101: 'hostedZoneId'"],
    ['an empty zone id', { hostedZoneId: '' }, "HG0101: 'hostedZoneId'"],
    ['a zone id of 33 characters', { hostedZoneId: 'Z'.repeat(33) }, "HG0101: 'hostedZoneId'"],
    [
      'a record of another zone',
      { recordName: 'shop.example.org' },
      "HG0102: 'recordName' must lie in the zone 'example.com', got 'shop.example.org': use one label ('shop') or a name that ends with '.example.com'",
    ],
    ['a zone whose name only ends alike', { recordName: 'shop.notexample.com' }, "HG0102: 'recordName'"],
    ['two relative labels', { recordName: 'shop.eu' }, "HG0102: 'recordName'"],
    [
      'one label with a trailing dot',
      { recordName: 'shop.' },
      "HG0102: 'recordName' must lie in the zone 'example.com', got 'shop.'",
    ],
    [
      'an empty record',
      { recordName: '' },
      "HG0103: 'recordName' must be labels of 1 to 63 letters, digits and inner hyphens, joined by dots, got '': leave no label empty",
    ],
    [
      'a wildcard',
      { recordName: '*.example.com' },
      "HG0103: 'recordName' must be labels of 1 to 63 letters, digits and inner hyphens, joined by dots, got '*.example.com': mend the label '*'",
    ],
    ['an underscore', { recordName: 'my_shop' }, "mend the label 'my_shop'"],
    ['a hyphen in front', { recordName: '-shop' }, "mend the label '-shop'"],
    ['a hyphen at the end', { recordName: 'shop-' }, "mend the label 'shop-'"],
    ['two dots in a row', { recordName: 'shop..example.com' }, 'leave no label empty'],
    ['a dot in front', { recordName: '.example.com' }, 'leave no label empty'],
    ['a label of 64 characters', { recordName: 'a'.repeat(64) }, `mend the label '${'a'.repeat(64)}'`],
    ['a letter outside ASCII', { recordName: 'bücher' }, "mend the label 'bücher'"],
    ['a URL', { recordName: 'https://shop' }, 'leave the scheme out'],
    ['a bad zone', { zoneName: 'exa mple.com' }, "HG0103: 'zoneName' must be labels"],
    ['an empty zone', { zoneName: '' }, "HG0103: 'zoneName' must be labels"],
    [
      'a zone of one label',
      { zoneName: 'localhost' },
      "HG0103: 'zoneName' must have two labels or more, or no certificate can be issued, got 'localhost': give the zone's whole name",
    ],
  ])('fails with %s', (_, attributes, message) => {
    expect(() =>
      ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName: 'example.com', ...attributes }),
    ).toThrow(message);
  });

  test('fails with a private zone', () => {
    const stack = new Stack(undefined, 'Shop');
    const zone = new route53.PrivateHostedZone(stack, 'Zone', {
      zoneName: 'example.com',
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] }),
    });
    expect(() => ServiceDomain.fromHostedZone(zone)).toThrow(
      "HG0101: 'hostedZone' must be a public zone, got the private one 'Shop/Zone'",
    );
  });

  test.each(['zoneName', 'recordName'])('fails with a token as %s', (prop) => {
    const token = new CfnParameter(new Stack(), 'Name').valueAsString;
    expect(() =>
      ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName: 'example.com', [prop]: token }),
    ).toThrow("HG0101: 'zoneName' and 'recordName' must be literals, got a token");
  });

  test('a name that leaves just enough room for the longest prefix is fine', () => {
    const domain = domainOf('example.com', nameOf(231));
    expect(domain.regionalOriginName('ap-southeast-1')).toHaveLength(253);
  });

  test('fails with a name to which a Region could not be added', () => {
    expect(() => domainOf('example.com', nameOf(232))).toThrow(
      "HG0104: 'recordName' must leave room for 'ap-southeast-1.origin.' in front of it, 253 characters in all, got 254",
    );
  });

  test('a token is fine as the id of the zone', () => {
    const stack = new Stack();
    const id = new CfnParameter(stack, 'Zone').valueAsString;
    const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: id, zoneName: 'example.com' });
    expect(stack.resolve(domain.importHostedZone(stack, 'Imported').hostedZoneId)).toEqual({ Ref: 'Zone' });
  });
});

describe('a zone that is at hand', () => {
  test('gives its name, and its id by reference', () => {
    const stack = new Stack(new App(), 'Stack');
    const zone = new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
    const domain = ServiceDomain.fromHostedZone(zone, { recordName: 'shop' });
    expect(domain.serviceName).toBe('shop.example.com');
    new route53.TxtRecord(stack, 'Text', {
      zone: domain.importHostedZone(stack, 'Imported'),
      recordName: `${domain.serviceName}.`,
      values: ['here'],
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'shop.example.com.',
      HostedZoneId: { Ref: 'ZoneA5DE4B68' },
    });
  });

  test('is the service itself without a record', () => {
    const zone = new route53.PublicHostedZone(new Stack(), 'Zone', { zoneName: 'example.com' });
    expect(ServiceDomain.fromHostedZone(zone).serviceName).toBe('example.com');
  });

  test('fails when its name is a token', () => {
    const stack = new Stack();
    const zone = new route53.PublicHostedZone(stack, 'Zone', {
      zoneName: new CfnParameter(stack, 'Name').valueAsString,
    });
    expect(() => ServiceDomain.fromHostedZone(zone)).toThrow('HG0101:');
  });
});
