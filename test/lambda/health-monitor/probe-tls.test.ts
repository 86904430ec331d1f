import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Network } from '../../../lambda/health-monitor/network';
import { probe } from '../../../lambda/health-monitor/probe';
import { aTarget, openNetwork, serveHttp, serveTcp, start, stopServers } from './builders';

const fixture = (name: string) => readFileSync(join(__dirname, '../../fixtures/tls', name), 'utf8');
const key = fixture('key.pem');
const cert = fixture('certificate.pem');

const onLoopback: Network = { ...openNetwork, resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
const trusting: Network = { ...onLoopback, ca: cert };

let port: number;
let names: unknown[];

beforeEach(async () => {
  names = [];
  port = await start(
    createServer({ key, cert }, (request, response) => {
      names.push((request.socket as unknown as { servername: unknown }).servername, request.headers.host);
      response.end('marker');
    }),
  );
});
afterEach(stopServers);

const aSecureTarget = (changes: object = {}) =>
  aTarget({ protocol: 'https', host: 'localhost', port, timeoutMillis: 10_000, ...changes });

test('passes when the certificate is trusted and bears the name of the host, which goes into SNI and Host', async () => {
  const result = await probe(aSecureTarget({ searchString: 'marker' }), trusting);
  expect(result).toMatchObject({ cause: 'passed', detail: '200', reached: true });
  expect(names).toEqual(['localhost', `localhost:${port}`]);
});

test.each([
  ['for another name', { host: 'shop.example.com' }, trusting, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['for a name, while the host is an address', { host: '127.0.0.1' }, trusting, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['of an unknown issuer', {}, onLoopback, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
])('fails when the certificate is %s, and sends no request', async (_, changes, network, detail) => {
  const result = await probe(aSecureTarget(changes), network);
  expect(result).toMatchObject({ cause: 'tls', detail, reached: true });
  expect(names).toEqual([]);
});

test('fails on an untrusted certificate though the environment would let it pass', async () => {
  // A process of its own: the environment of a test is a copy that TLS does not look at.
  const script = `require(${JSON.stringify(join(__dirname, '../../../lambda/health-monitor/probe.ts'))})
    .probe(${JSON.stringify(aSecureTarget())}, { resolve: async () => [{ address: '127.0.0.1' }], refusal() {} })
    .then((result) => console.log(JSON.stringify(result)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script], {
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  });
  expect(JSON.parse(stdout)).toMatchObject({ cause: 'tls', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('fails when the server does not speak TLS', async () => {
  const plain = await serveHttp((_, response) => response.end());
  expect(await probe(aSecureTarget({ port: plain }), trusting)).toMatchObject({ cause: 'tls', reached: true });
});

test('ends at the deadline when the server never shakes hands', async () => {
  const silent = await serveTcp(() => {});
  const result = await probe(aSecureTarget({ port: silent, timeoutMillis: 300 }), trusting);
  expect(result).toMatchObject({ cause: 'timeout', detail: '300 ms over during TLS', reached: true });
});
