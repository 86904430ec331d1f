import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Network } from '../../../lambda/health-monitor/network';
import { strictNetwork } from '../../../lambda/health-monitor/network';
import type { Observation, ProbeTarget } from '../../../lambda/health-monitor/types';

/** A target with the defaults of a construct, but for what a test is about. */
export function aTarget(changes: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    region: 'us-east-1',
    protocol: 'http',
    host: '127.0.0.1',
    port: 80,
    path: '/live',
    status: [{ from: 200, to: 399 }],
    timeoutMillis: 10_000,
    allowPrivateAddresses: false,
    ...changes,
  };
}

/** An observation that passed, but for what a test is about. */
export function anObservation(changes: Partial<Observation> & Pick<Observation, 'target'>): Observation {
  return {
    control: false,
    round: 0,
    atMillis: 1_000,
    cause: 'passed',
    detail: '200',
    reached: true,
    latencyMillis: 10,
    ...changes,
  };
}

/** The network of the handler, but for the addresses: servers of a test stand on the loopback address. */
export const openNetwork: Network = { ...strictNetwork, refusal: () => undefined };

const running: Server[] = [];
const sockets = new Set<Socket>();

/** Starts a web server on a free port of the loopback address; `stopServers` ends it. */
export function serveHttp(listener: RequestListener): Promise<number> {
  return start(createHttpServer(listener));
}

/** Starts a server that speaks whatever `listener` writes. */
export function serveTcp(listener: (socket: Socket) => void): Promise<number> {
  return start(createTcpServer(listener));
}

export async function start(server: Server): Promise<number> {
  running.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export async function stopServers(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await Promise.all(running.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const port = await serveTcp(() => {});
  await stopServers();
  return port;
}
