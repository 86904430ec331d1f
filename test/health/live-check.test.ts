import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LiveCheck, type LiveCheckProps } from '../../lib/health';

const host = 'us-east-1.origin.shop.example.com';

function configOf(props: Partial<LiveCheckProps> = {}, stack = new Stack()): unknown {
  new LiveCheck(stack, 'Live', { host, ...props });
  const [check, ...more] = Object.values(Template.fromStack(stack).findResources('AWS::Route53::HealthCheck'));
  expect(more).toEqual([]);
  return check?.Properties.HealthCheckConfig;
}

test('asks for /live over HTTPS, from all eight checker Regions, every 10 seconds, three times', () => {
  expect(configOf()).toEqual({
    Type: 'HTTPS',
    FullyQualifiedDomainName: host,
    Port: 443,
    ResourcePath: '/live',
    EnableSNI: true,
    RequestInterval: 10,
    FailureThreshold: 3,
    MeasureLatency: false,
    Inverted: false,
    Regions: [
      'ap-northeast-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'eu-west-1',
      'sa-east-1',
      'us-east-1',
      'us-west-1',
      'us-west-2',
    ],
  });
});

test('asks for another path', () => {
  expect(configOf({ path: '/ready?deep=1' })).toMatchObject({ ResourcePath: '/ready?deep=1' });
});

test('takes a token as host', () => {
  const stack = new Stack();
  const token = new CfnParameter(stack, 'Host').valueAsString;
  expect(configOf({ host: token }, stack)).toMatchObject({ FullyQualifiedDomainName: { Ref: 'Host' } });
});

test.each<[string, Partial<LiveCheckProps>, string]>([
  [
    'a URL',
    { host: 'https://shop.example.com' },
    "HG7002: 'host' must be a host name or an IP address, got 'https://shop.example.com'",
  ],
  ['an empty host', { host: '' }, "HG7002: 'host'"],
  ['a port in the host', { host: 'shop.example.com:443' }, "HG7002: 'host'"],
  [
    'a path without a slash',
    { path: 'live' },
    "HG7004: 'path' must be 1 to 255 printable ASCII characters that start with '/', got 'live'",
  ],
  ['an empty path', { path: '' }, "HG7004: 'path'"],
  ['a path of 256 characters', { path: `/${'a'.repeat(255)}` }, "HG7004: 'path'"],
  ['a space in the path', { path: '/a b' }, "HG7004: 'path'"],
])('fails with %s', (_, props, message) => {
  expect(() => configOf(props)).toThrow(message);
});

test('takes a path of 255 characters', () => {
  const path = `/${'a'.repeat(254)}`;
  expect(configOf({ path })).toMatchObject({ ResourcePath: path });
});
