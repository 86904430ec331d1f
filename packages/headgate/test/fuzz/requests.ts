import fc from 'fast-check';
import type { RequestOptions } from '../../lib/traffic';
import { SEEDS } from './seeds';

/** The hosts that the templates name. */
const HOSTS = [
  ...new Set(
    SEEDS.flatMap(({ value }) => JSON.stringify(value).match(/[a-z0-9-]+(\.[a-z0-9-]+)*\.example\.(com|org)/g)),
  ),
].filter((host) => host !== null);

/** Hosts as the standard allows them. */
const ODD_HOSTS = [
  'SHOP.Example.COM',
  'shop.example.com.',
  'user:secret@shop.example.com',
  '%73hop.example.com',
  'b\u00fccher.example',
  'xn--bcher-kva.example',
  '[2001:db8::1]',
  '127.1',
  '0x7f.1',
  'localhost',
  `${'a'.repeat(63)}.example.com`,
];
const PATHS = [
  '',
  '/',
  '//',
  '/api/orders',
  '/api/orders/1',
  '/static/app.js',
  '/API/Orders',
  '/../../etc/passwd',
  '/a/./b/%2e%2e/c',
  '/%',
  '/%zz',
  '/%00',
  '/*',
  '/a;b=c',
  '/\\a',
  '/\u00e9\u4e2d',
  `/${'a'.repeat(2_000)}!`,
  `/${'ab/'.repeat(300)}`,
];
const QUERIES = ['', '?', '?v=1', '?v=1&v=2', '?%', '?=&&=', '?a[]=%F0%9F', `?q=${'x'.repeat(2_000)}`, '#part', '?a#b'];
const HEADERS = [
  {},
  { 'x-pool': 'blue' },
  { Host: 'one.example.com' },
  { host: '[::1]:8443' },
  { 'User-Agent': '(a+)+$ ', Cookie: 'a=b; ; =; AWSALB=x' },
  { 'x-long': 'y'.repeat(5_000), Accept: '*/*' },
];
const COOKIES = [
  // What has a colon may be the ARN of a group outside of the templates; what names no group at all is refused.
  { AWSALBTG: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/blue/1' },
  { AWSALBTG: '${BlueTargets}' },
  { AWSALBTG: 'Nowhere' },
  { a: '' },
  { a: 'b', c: '=;' },
];
const ADDRESSES = ['192.0.2.7', '10.1.2.3', '0.0.0.0', '255.255.255.255', '2001:db8::7', '::', '::ffff:192.0.2.7'];

function maybe<T>(...values: readonly T[]): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );
}

/** Requests that the standards allow, however odd. */
export const requests: fc.Arbitrary<RequestOptions> = fc
  .record({
    scheme: fc.constantFrom('https', 'http', 'HTTPS'),
    host: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...HOSTS) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_HOSTS) },
    ),
    port: fc.constantFrom('', '', '', ':443', ':80', ':8443', ':65535', ':0'),
    path: fc.constantFrom(...PATHS),
    query: fc.constantFrom(...QUERIES),
    method: maybe('GET', 'HEAD', 'POST', 'OPTIONS', 'PURGE', 'get', 'M-SEARCH'),
    headers: maybe(...HEADERS),
    cookies: maybe(...COOKIES),
    clientIp: maybe(...ADDRESSES),
    clientRegion: maybe('eu-west-1', 'us-east-1', 'ap-southeast-2', 'mx-central-1'),
    clientCountry: maybe('DE', 'us', 'KP'),
    httpVersion: maybe('1.0' as const, '1.1' as const, '2' as const, '3' as const),
  })
  .map(({ scheme, host, port, path, query, ...others }) => ({
    url: `${scheme}://${host}${port}${path}${query}`,
    ...(Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)) as object),
  }));

/** What may be broken, given the ids that a template has by the type's last part. */
export type FaultMaker = (idsOf: (type: string) => readonly string[]) => string;

/** Faults, most of them of resources that are there. */
export const faults: fc.Arbitrary<FaultMaker> = fc
  .tuple(fc.nat(6), fc.nat(), fc.nat({ max: 5 }))
  .map(([kind, which, count]) => (idsOf) => {
    const one = (type: string) => {
      const ids = idsOf(type);
      return ids[which % Math.max(ids.length, 1)];
    };
    const group = one('TargetGroup');
    const check = one('HealthCheck');
    if (kind === 0 || (kind < 4 && group === undefined)) return `region=${['us-east-1', 'eu-west-1', 'x'][which % 3]}`;
    if (kind === 1) return `az=${['us-east-1a', 'eu-west-1b', 'x'][which % 3]}`;
    if (kind === 2) return `target-group=${group}`;
    if (kind === 3) return `targets=${group}:${count}/${count + (which % 3)}`;
    if (kind === 4 && check !== undefined) return `health-check=${check}`;
    return `origin=${['one', 'two', 'one.example.org', 'x'][which % 4]}:${500 + count}`;
  });
