import { CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HealthMonitor, type HealthMonitorProps, HealthProbe, type HealthProbeOptions } from '../../lib/health';

const host = 'shop.example.com';
const probes = (count: number, options: Partial<HealthProbeOptions> = {}) =>
  Array.from({ length: count }, () => HealthProbe.https({ host, region: 'us-east-1', ...options }));
const monitor = (props: Partial<HealthMonitorProps>) =>
  new HealthMonitor(new Stack(), 'Monitor', { serviceName: 'shop', probes: probes(1), ...props });

test.each<[Partial<HealthProbeOptions>, string]>([
  [{ host: '' }, "HG7002: 'host' must be a host name or an IP address, got ''"],
  [{ host: 'https://shop.example.com' }, "HG7002: 'host'"],
  [{ host: 'shop.example.com:443' }, "HG7002: 'host'"],
  [{ host: '-shop.example.com' }, "HG7002: 'host'"],
  [{ host: `${'a'.repeat(64)}.com` }, "HG7002: 'host'"],
  [{ host: '2130706433' }, "got '2130706433': leave scheme, port and path to their own props, and write an address as"],
  [{ host: '0177.0.0.1' }, "HG7002: 'host'"],
  [{ host: '0x7f.1' }, "HG7002: 'host'"],
  [{ host: '127.0x1' }, "HG7002: 'host'"],
  [{ port: 0 }, "HG7003: 'port' must be an integer from 1 to 65535, got 0"],
  [{ port: 65_536 }, "HG7003: 'port' must be an integer from 1 to 65535, got 65536"],
  [{ port: 80.5 }, "HG7003: 'port' must be an integer from 1 to 65535, got 80.5"],
  [{ path: 'live' }, "HG7004: 'path' must be 1 to 255 printable ASCII characters that start with '/', got 'live'"],
  [{ path: '/a b' }, "got '/a b': encode other characters with %"],
  [{ path: `/${'a'.repeat(255)}` }, "HG7004: 'path'"],
  [{ expectedStatus: '' }, "HG7005: 'expectedStatus' must be statuses from 200 to 599"],
  [{ expectedStatus: '100' }, "HG7005: 'expectedStatus'"],
  [{ expectedStatus: '600' }, "HG7005: 'expectedStatus'"],
  [{ expectedStatus: '200, 204' }, "got '200, 204'"],
  [{ expectedStatus: '299-200' }, "got '299-200'"],
  [{ searchString: '' }, "HG7006: 'searchString' must be 1 to 255 characters, got 0"],
  [{ searchString: 'a'.repeat(256) }, "HG7006: 'searchString' must be 1 to 255 characters, got 256"],
  [{ timeout: Duration.millis(999) }, "HG7007: 'timeout' must be 1 to 10 seconds, got 0.999 seconds"],
  [{ timeout: Duration.seconds(11) }, "HG7007: 'timeout' must be 1 to 10 seconds, got 11 seconds"],
])('a probe fails with %j', (options, message) => {
  expect(() => HealthProbe.https({ host, ...options })).toThrow(message);
  expect(() => HealthProbe.http({ host, ...options })).toThrow(message);
});

test.each<Partial<HealthProbeOptions>>([
  { host: '192.0.2.1' },
  { host: '2001:db8::1' },
  { host: 'localhost' },
  { host: 'a_b.example.com' },
  { host: '1.example.com' },
  { port: 1 },
  { port: 65_535 },
  { path: '/' },
  { path: `/${'a'.repeat(254)}` },
  { path: '/live?deep=1' },
  { expectedStatus: '200' },
  { expectedStatus: '200-299,302,404-404' },
  { searchString: 'a'.repeat(255) },
  { timeout: Duration.seconds(1) },
  { timeout: Duration.seconds(10) },
  { timeout: Duration.millis(2_500) },
])('a probe takes %j', (options) => {
  expect(() => HealthProbe.https({ host, ...options })).not.toThrow();
});

test('a probe takes tokens', () => {
  const stack = new Stack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const probe = HealthProbe.https({
    host: text,
    path: text,
    expectedStatus: text,
    searchString: text,
    port: Token.asNumber({ Ref: 'Text' }),
  });
  new HealthMonitor(stack, 'Monitor', { serviceName: Lazy.string({ produce: () => 'shop' }), probes: [probe] });
  expect(() => Template.fromStack(stack)).not.toThrow();
});

test.each<[Partial<HealthMonitorProps>, string]>([
  [{ probes: [] }, "HG7001: 'probes' must hold 1 to 20 probes, got 0"],
  [{ probes: probes(21) }, "HG7001: 'probes' must hold 1 to 20 probes, got 21"],
  [{ controls: probes(6) }, "HG7001: 'controls' must hold 0 to 5 probes, got 6"],
  [{ interval: Duration.seconds(30) }, "HG7008: 'interval' must be 1 to 60 whole minutes, got 30 seconds"],
  [{ interval: Duration.seconds(90) }, "HG7008: 'interval' must be 1 to 60 whole minutes, got 90 seconds"],
  [{ interval: Duration.minutes(61) }, "HG7008: 'interval' must be 1 to 60 whole minutes, got 3660 seconds"],
  [{ serviceName: '' }, "HG7009: 'serviceName' must be 1 to 255 printable ASCII characters"],
  [{ serviceName: ' ' }, "HG7009: 'serviceName'"],
  [{ serviceName: ':shop' }, "got ':shop'"],
  [{ serviceName: 'shöp' }, "got 'shöp'"],
  [{ serviceName: 'a'.repeat(256) }, "HG7009: 'serviceName'"],
  [{ probes: probes(20, { path: `/${'a'.repeat(200)}` }) }, "HG7010: 'probes' must fit into 4096 bytes of environment"],
  [{ vpcSubnets: {} }, "HG7011: 'vpcSubnets' must come with a 'vpc', got none: give the VPC too [at Default/Monitor]"],
])('a monitor fails with %#', (props, message) => {
  expect(() => monitor(props)).toThrow(message);
});

test('a monitor takes 20 ordinary probes', () => {
  const many = probes(20, { host: 'ap-southeast-1.origin.shop.example.com', path: '/live', region: 'ap-southeast-1' });
  expect(() => monitor({ probes: many, controls: [] })).not.toThrow();
});

test('fails to give a metric of a Region that no probe speaks for', () => {
  const { metricHealthy, metricUnknown, metricLatency } = HealthMonitor.prototype;
  for (const metric of [metricHealthy, metricUnknown, metricLatency]) {
    expect(() => metric.call(monitor({}), 'eu-west-1')).toThrow(
      "HG7012: 'targetRegion' must be one that a probe speaks for, got 'eu-west-1': use one of us-east-1, or add a probe",
    );
  }
});
