/*
 * The reference server as it runs: the Python program is taken out of the user data of a synthesized launch template, by its own
 * here-document, and started with the `python3` of this machine on free ports of the loopback address. What is asserted is what a balancer and
 * a client see. The instance metadata service is played by a server here that demands a version 2 token; its address in the program is the
 * only thing that is replaced. The unit isn't started: that takes systemd and root.
 *
 * Run by `npm run test:server`, through `run.ts`, which fails, never skips, where python3 or bash is missing. It takes about 15 seconds, since
 * the server drains for 12.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingFleet } from '../../lib/fleet';

const NAME = `Blue "$(x)" 'é'`;
/** Far above what an answer takes on the loopback address: a server that says nothing fails a test, and doesn't hang it. */
const PATIENCE_MS = 5_000;
const METADATA_ADDRESS = "'169.254.169.254'";

process.env.CDK_VALIDATION ??= 'false';
const folder = mkdtempSync(join(tmpdir(), 'reference-server-'));
const children: ChildProcess[] = [];

function userDataOf(name: string): string {
  const stack = new Stack(new App(), 'Site', { env: { region: 'eu-west-1' } });
  new AutoScalingFleet(stack, name, { vpc: new ec2.Vpc(stack, 'Vpc'), port: 8080 });
  const [launchTemplate] = Object.values(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
  return launchTemplate!.Properties.LaunchTemplateData.UserData['Fn::Base64'];
}

/** What a shell would write to the file: everything between the here-document's first line and its end. */
function hereDocument(text: string, path: string): string {
  const head = new RegExp(`^cat > \\S*${path} <<'(\\w+)'\\n`, 'm').exec(text);
  assert.ok(head, `no here-document writes ${path}`);
  const rest = text.slice(head.index + head[0].length);
  return rest.slice(0, rest.indexOf(`\n${head[1]}\n`) + 1);
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts the program with the unit's own arguments, but for the port, and waits until it says that it serves. */
async function start(metadataPort: number): Promise<{ port: number; child: ChildProcess }> {
  const userData = userDataOf(NAME);
  const program = hereDocument(userData, 'server.py');
  assert.equal(program.split(METADATA_ADDRESS).length, 2);
  const file = join(folder, `server-${metadataPort}.py`);
  writeFileSync(file, program.replace(METADATA_ADDRESS, `'127.0.0.1:${metadataPort}'`));
  const [, flags, rest] = /^ExecStart=\/usr\/bin\/python3 (\S+) \S+server\.py 8080 (.*)$/m.exec(userData)!;
  const port = await freePort();
  const child = spawn('python3', [flags!, file, `${port}`, ...rest!.split(' ')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = once(child, 'exit').then(([code]) => assert.fail(`the server ended with ${code} instead of serving`));
  ended.catch(() => {}); // it also ends when a test ends it
  const [line] = await Promise.race([once(createInterface(child.stdout!), 'line'), ended]);
  assert.match(line, /^serving /);
  return { port, child };
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly localPort: number;
}

function ask(
  port: number,
  options: http.RequestOptions & { body?: string | Buffer; stream?: boolean } = {},
): Promise<Answer> {
  const { body, stream, ...rest } = options;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, agent: false, ...rest }, (response) => {
      const localPort = response.socket.localPort!;
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        resolve({ status: response.statusCode!, headers: response.headers, body: text, localPort });
      });
    });
    request.on('error', reject);
    request.setTimeout(PATIENCE_MS, () => request.destroy(new Error('no answer')));
    if (stream) request.write(body); // chunked: no length is known yet
    request.end(stream ? undefined : body);
  });
}

function connect(port: number): net.Socket {
  const socket = net.connect(port, '127.0.0.1');
  return socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the server neither answers nor closes')));
}

/** Sends bytes as they are, and gives what comes back until the server closes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port);
  socket.write(text);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

async function metadataService(): Promise<{ port: number; server: http.Server }> {
  const server = http.createServer((request, response) => {
    const { method, url, headers } = request;
    if (method === 'PUT' && url === '/latest/api/token' && headers['x-aws-ec2-metadata-token-ttl-seconds']) {
      response.end('token-1');
    } else if (
      method === 'GET' &&
      url === '/latest/meta-data/instance-id' &&
      headers['x-aws-ec2-metadata-token'] === 'token-1'
    ) {
      response.end('i-0123456789abcdef0');
    } else {
      response.writeHead(401).end('no');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as net.AddressInfo).port, server };
}

after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('the user data is a script that bash can read', () => {
  const file = join(folder, 'user-data.sh');
  writeFileSync(file, userDataOf(NAME));
  execFileSync('bash', ['-n', file]);
});

test('the here-documents come out of a shell as they went in', () => {
  const userData = userDataOf(NAME);
  const lines = userData.split('\n');
  const first = lines.findIndex((line) => line.startsWith('cat > '));
  const last = lines.indexOf('HEADGATE_UNIT');
  const writing = lines
    .slice(first, last + 1)
    .join('\n')
    .replaceAll(/^cat > \S+\//gm, `cat > ${folder}/`);
  execFileSync('bash', ['-ec', writing]);
  const written = execFileSync('cat', [join(folder, 'server.py')]).toString();
  assert.equal(written, hereDocument(userData, 'server.py'));
  assert.match(
    execFileSync('cat', [join(folder, 'headgate-server.service')]).toString(),
    /^ExecStart=.* eu-west-1 \S+$/m,
  );
});

test('the program is Python 3.9, the version that Amazon Linux 2023 ships', () => {
  const program = hereDocument(userDataOf(NAME), 'server.py');
  execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 9))'], {
    input: program,
  });
});

const endings: [string, string, string, number][] = [
  ['a server that is ready', 'return 0', 'true', 0],
  ['a server that never becomes ready', 'return 22', 'true', 1],
  ['a command that failed, whatever the server says', 'return 0', 'false', 1],
];
for (const [what, curl, command, code] of endings) {
  test(`the signal tells of ${what}`, () => {
    const userData = userDataOf('Blue').replace('/opt/aws/bin/cfn-signal', 'echo signalled');
    const end = 'trap exitTrap EXIT\nset -e\n';
    const trap = userData.slice(0, userData.indexOf(end) + end.length);
    const script = `curl() { ${curl}; }\nsleep() { :; }\n${trap}${command}\n`;
    const output = spawnSync('bash', ['-c', script]).stdout.toString().trim().split('\n');
    assert.equal(output.length, 1);
    assert.match(output[0]!, new RegExp(`^signalled --stack Site .* -e ${code}$`));
  });
}

describe('a running server', () => {
  let port = 0;
  let metadata: http.Server;
  const identity = { instance: 'i-0123456789abcdef0', fleet: NAME, region: 'eu-west-1' };

  before(async () => {
    const service = await metadataService();
    metadata = service.server;
    ({ port } = await start(service.port));
  });
  after(() => metadata.close());

  for (const path of ['/live', '/ready', '/ready?from=balancer']) {
    test(`answers 200 to GET and HEAD ${path}`, async () => {
      const got = await ask(port, { path });
      assert.equal(got.status, 200);
      const head = await ask(port, { path, method: 'HEAD' });
      assert.equal(head.status, 200);
      assert.equal(head.body, '');
      assert.equal(head.headers['content-length'], `${got.body.length}`);
    });
  }

  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    test(`says where a ${method} arrived, by instance, fleet and Region`, async () => {
      const body = method === 'GET' ? undefined : '{"order":1}';
      const answer = await ask(port, { path: '/api/orders?x=1', method, body });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'application/json');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['content-length'], `${Buffer.byteLength(answer.body)}`);
      assert.deepEqual(JSON.parse(answer.body), identity);
    });
  }

  test('does not say which Python it is', async () => {
    assert.equal((await ask(port)).headers.server, 'headgate');
  });

  test('keeps one connection through requests of every kind', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number>();
    const requests: Parameters<typeof ask>[1][] = [
      { path: '/' },
      { method: 'HEAD', path: '/ready' },
      { method: 'POST', path: '/api', body: Buffer.alloc(300_000, 'x') },
      { method: 'POST', path: '/api', body: Buffer.alloc(300_000, 'x'), stream: true },
      { path: '/last' },
    ];
    for (const request of requests) {
      const answer = await ask(port, { ...request, agent });
      assert.equal(answer.status, 200);
      assert.notEqual(answer.headers.connection, 'close');
      ports.add(answer.localPort);
    }
    agent.destroy();
    assert.equal(ports.size, 1);
  });

  test('answers many connections at once', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(port, { path: '/' })));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  });

  test('lets a client that asks first send its body', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n';
    const socket = connect(port);
    socket.write(head);
    const [first] = await once(socket, 'data');
    assert.match(`${first}`, /^HTTP\/1\.1 100 /);
    socket.write('{}');
    const [second] = await once(socket, 'data');
    assert.match(`${second}`, /^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  test('refuses a body over its bound, and closes', async () => {
    const answer = await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 413 [\s\S]*\r\nConnection: close\r\n/);
  });

  const malformed = {
    'a length and chunks': 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'two lengths': 'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
    'a negative length': 'Content-Length: -1\r\n\r\n',
    'a chunk of no size': 'Transfer-Encoding: chunked\r\n\r\nzz\r\n',
    'a chunk longer than its size': 'Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n',
  };
  for (const [what, rest] of Object.entries(malformed)) {
    test(`refuses ${what}, and closes`, async () => {
      const answer = await raw(port, `POST / HTTP/1.1\r\nHost: x\r\n${rest}`);
      assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*\r\nConnection: close\r\n/);
    });
  }
});

test('without a metadata service the instance is unknown, and SIGTERM makes the server unready, serve on, and end', async () => {
  const { port, child } = await start(await freePort());
  assert.equal(JSON.parse((await ask(port)).body).instance, 'unknown');

  const sent = Date.now();
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  let ready = await ask(port, { path: '/ready' });
  while (ready.status === 200 && Date.now() - sent < 3_000) ready = await ask(port, { path: '/ready' });
  assert.equal(ready.status, 503);
  assert.equal(ready.headers.connection, 'close');
  assert.equal((await ask(port, { path: '/ready', method: 'HEAD' })).status, 503);
  assert.equal((await ask(port, { path: '/live' })).status, 200);
  assert.equal((await ask(port, { path: '/api', method: 'POST', body: '{}' })).status, 200);

  const [code, signal] = await exit;
  const seconds = (Date.now() - sent) / 1000;
  assert.deepEqual([code, signal], [0, null]);
  assert.ok(seconds > 10 && seconds < 20, `drained for ${seconds} s: two checks, 5 s apart, must fail before the end`);
});
