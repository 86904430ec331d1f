import type { LookupAddress } from 'node:dns';
import { strictNetwork } from '../../../lambda/health-monitor/network';
import { probe } from '../../../lambda/health-monitor/probe';
import { aTarget, closedPort, openNetwork, serveHttp, serveTcp, stopServers } from './builders';

afterEach(stopServers);

const DEADLINE = 800;
/** A busy machine may be late, a probe without a deadline would be later. */
const SLACK = 3_000;

test('passes when the server answers 200, and sends what a probe sends', async () => {
  let seen: object = {};
  const port = await serveHttp((request, response) => {
    seen = { method: request.method, url: request.url, ...request.headers };
    response.end('fine');
  });
  const result = await probe(aTarget({ port, path: '/live?deep=1' }), openNetwork);
  expect(result).toMatchObject({ cause: 'passed', detail: '200', reached: true });
  expect(result.latencyMillis).toBeGreaterThanOrEqual(0);
  expect(seen).toEqual({
    method: 'GET',
    url: '/live?deep=1',
    host: `127.0.0.1:${port}`,
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'cdk-headgate-health-monitor',
    connection: 'close',
  });
});

test.each([
  [500, 'status'],
  [404, 'status'],
  [204, 'passed'],
  [399, 'passed'],
])('judges status %i as %s', async (status, cause) => {
  const port = await serveHttp((_, response) => response.writeHead(status).end());
  expect(await probe(aTarget({ port }), openNetwork)).toMatchObject({ cause, detail: `${status}`, reached: true });
});

test('fails on a status that is healthy elsewhere but not expected here', async () => {
  const port = await serveHttp((_, response) => response.writeHead(204).end());
  const status = [
    { from: 200, to: 200 },
    { from: 301, to: 302 },
  ];
  expect(await probe(aTarget({ port, status }), openNetwork)).toMatchObject({ cause: 'status', detail: '204' });
});

test('takes a redirect for an answer and does not follow it', async () => {
  let requests = 0;
  const port = await serveHttp((_, response) => {
    requests++;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect(await probe(aTarget({ port }), openNetwork)).toMatchObject({ cause: 'passed', detail: '302' });
  expect(requests).toBe(1);
});

describe('a deadline ends the attempt', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';

  test.each<[string, string, (write: (text: string) => void, every: (text: string) => void) => void]>([
    ['never answers', 'response', () => {}],
    ['drips its headers', 'response', (write, every) => [write(HEAD), every('X-More: yes\r\n')]],
    ['sends interim answers without end', 'response', (_, every) => every('HTTP/1.1 100 Continue\r\n\r\n')],
    ['drips its body', 'body', (write, every) => [write(`${HEAD}Content-Length: 5000\r\n\r\n`), every('a')]],
    ['stops inside its body', 'body', (write) => write(`${HEAD}Content-Length: 5000\r\n\r\nabc`)],
  ])('when the server %s', async (_, phase, behave) => {
    const port = await serveTcp((socket) => {
      socket.on('data', () => {
        const write = (text: string) => socket.writable && socket.write(text);
        const every = (text: string) => {
          const timer = setInterval(() => write(text), 20);
          socket.on('close', () => clearInterval(timer));
        };
        behave(write, every);
      });
    });
    const started = performance.now();
    const result = await probe(aTarget({ port, searchString: 'marker', timeoutMillis: DEADLINE }), openNetwork);
    expect(performance.now() - started).toBeLessThan(DEADLINE + SLACK);
    expect(result).toMatchObject({ cause: 'timeout', detail: `${DEADLINE} ms over during ${phase}`, reached: true });
  });

  test('when the look-up never ends, which tells nothing of the target', async () => {
    const network = { ...openNetwork, resolve: () => new Promise<LookupAddress[]>(() => {}) };
    const result = await probe(aTarget({ timeoutMillis: DEADLINE }), network);
    expect(result).toMatchObject({ cause: 'dns', detail: `${DEADLINE} ms over during look-up`, reached: false });
  });

  test('and leaves no connection behind', async () => {
    const closed = new Promise((resolve) => {
      void serveTcp((socket) => socket.resume().on('close', resolve)).then((port) =>
        probe(aTarget({ port, timeoutMillis: DEADLINE }), openNetwork),
      );
    });
    await closed;
  });
});

test('fails when headers exceed 16 KiB', async () => {
  const port = await serveHttp((_, response) => response.setHeader('x-long', 'a'.repeat(17_000)).end());
  const result = await probe(aTarget({ port }), openNetwork);
  expect(result).toMatchObject({ cause: 'protocol', detail: 'HPE_HEADER_OVERFLOW', reached: true });
});

test('fails when the server does not speak HTTP', async () => {
  const port = await serveTcp((socket) => socket.on('data', () => socket.write('SSH-2.0-OpenSSH\r\n')));
  expect(await probe(aTarget({ port }), openNetwork)).toMatchObject({ cause: 'protocol', reached: true });
});

test.each([
  ['refuses the connection', closedPort, 'ECONNREFUSED'],
  ['closes without an answer', () => serveTcp((socket) => socket.on('data', () => socket.end())), 'ECONNRESET'],
])('fails when the server %s, which shows that it was reached', async (_, serve, detail) => {
  const port = await serve();
  expect(await probe(aTarget({ port }), openNetwork)).toMatchObject({ cause: 'connection', detail, reached: true });
});

test('fails when the server switches to another protocol', async () => {
  const port = await serveTcp((socket) =>
    socket.on('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    ),
  );
  expect(await probe(aTarget({ port }), openNetwork)).toMatchObject({ cause: 'connection', reached: true });
});

describe('a search string', () => {
  const serveBody = (body: string) => serveHttp((_, response) => response.end(body));

  test.each([
    ['at the start', 'marker and more', 'passed', '200'],
    ['at the end of the first 5,120 bytes', `${'é'.repeat(2_557)}marker`, 'passed', '200'],
    ['beginning there and ending after them', `${'a'.repeat(5_115)}marker`, 'search-string', 'not in 5120 bytes'],
    ['after them', `${'a'.repeat(5_120)}marker`, 'search-string', 'not in 5120 bytes'],
    ['nowhere', 'something else', 'search-string', 'not in 14 bytes'],
    ['nowhere in an empty body', '', 'search-string', 'not in 0 bytes'],
  ])('that stands %s', async (_, body, cause, detail) => {
    const port = await serveBody(body);
    const result = await probe(aTarget({ port, searchString: 'marker' }), openNetwork);
    expect(result).toMatchObject({ cause, detail, reached: true });
  });

  test('is found though it comes in two pieces', async () => {
    const port = await serveHttp((_, response) => {
      response.write('…mar');
      setTimeout(() => response.end('ker…'), 30);
    });
    const result = await probe(aTarget({ port, searchString: 'marker' }), openNetwork);
    expect(result).toMatchObject({ cause: 'passed' });
  });

  test('is not looked for behind a wrong status', async () => {
    const port = await serveHttp((_, response) => response.writeHead(500).end('marker'));
    const result = await probe(aTarget({ port, searchString: 'marker' }), openNetwork);
    expect(result).toMatchObject({ cause: 'status' });
  });

  test('fails in an endless body as soon as 5,120 bytes are read', async () => {
    const port = await serveHttp((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('a'.repeat(1_000)));
      };
      response.on('drain', more);
      more();
    });
    const started = performance.now();
    const result = await probe(aTarget({ port, searchString: 'marker', timeoutMillis: 5_000 }), openNetwork);
    expect(result).toMatchObject({ cause: 'search-string', detail: 'not in 5120 bytes' });
    expect(performance.now() - started).toBeLessThan(2_500);
  });

  test.each([
    ['marker', 'passed'],
    ['else', 'search-string'],
  ])('is looked for in a body that ends with its connection: %s', async (body, cause) => {
    const port = await serveTcp((socket) => socket.on('data', () => socket.end(`HTTP/1.0 200 OK\r\n\r\n${body}`)));
    expect(await probe(aTarget({ port, searchString: 'marker' }), openNetwork)).toMatchObject({ cause });
  });

  test('fails when the connection breaks inside the body', async () => {
    const port = await serveTcp((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc')),
    );
    const result = await probe(aTarget({ port, searchString: 'marker' }), openNetwork);
    expect(result).toMatchObject({ cause: 'connection', detail: 'ECONNRESET' });
  });
});

describe('the look-up', () => {
  test('happens once, and its first address is connected to', async () => {
    const port = await serveHttp((request, response) =>
      response.writeHead(request.headers.host === `shop.test:${port}` ? 200 : 400).end(),
    );
    const resolve = jest.fn(async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '192.0.2.1', family: 4 },
    ]);
    expect(await probe(aTarget({ host: 'shop.test', port }), { ...openNetwork, resolve })).toMatchObject({
      cause: 'passed',
    });
    expect(resolve.mock.calls).toEqual([['shop.test']]);
  });

  test.each([
    [
      'fails',
      () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })),
      'ENOTFOUND',
    ],
    ['finds nothing', async () => [], 'no address'],
  ])('is what failed when it %s', async (_, resolve, detail) => {
    const result = await probe(aTarget(), { ...openNetwork, resolve });
    expect(result).toMatchObject({ cause: 'dns', detail, reached: false });
  });

  test('throws what is a fault of the program and not of the network', async () => {
    const resolve = () => Promise.reject(new TypeError('a bug'));
    await expect(probe(aTarget(), { ...openNetwork, resolve })).rejects.toThrow('a bug');
  });

  test.each(['127.0.0.1', 'localhost', '0177.0.0.1', '2130706433', '0x7f.1', '127.1'])(
    'refuses the loopback address however it is written: %s',
    async (host) => {
      let connections = 0;
      const port = await serveTcp(() => connections++);
      const result = await probe(aTarget({ host, port }), strictNetwork);
      expect(result).toMatchObject({ cause: 'address', detail: 'reserved address', reached: false });
      expect(connections).toBe(0);
    },
  );
});
