import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import type { Cause, ProbeTarget } from './types';

const MAX_HEADER_BYTES = 16_384;
/** How far a search string is looked for, as Route 53 does (R53-7). */
export const MAX_BODY_BYTES = 5_120;

/** How an exchange ended. */
export interface Finding {
  readonly cause: Cause;
  readonly detail: string;
}

/** How far an attempt has come: the exchange keeps it up to date. */
export interface Progress {
  phase: 'look-up' | 'connect' | 'TLS' | 'response' | 'body';
  reached: boolean;
}

interface Circumstances {
  /** The address to connect to: there is no second look-up. */
  readonly address: string;
  readonly ca?: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Failures of the machine that the monitor runs on. */
const LOCAL = new Set(['EACCES', 'EADDRNOTAVAIL', 'EMFILE', 'ENETDOWN', 'ENETUNREACH', 'ENFILE', 'ENOBUFS', 'EPERM']);
/** Failures that only the other end can cause. */
const REMOTE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/** One request and as much of its response as the verdict needs. It ends when `signal` aborts; redirects are not followed. */
export function exchange(target: ProbeTarget, circumstances: Circumstances): Promise<Finding> {
  const { address, ca, progress, signal } = circumstances;
  const secure = target.protocol === 'https';
  const client = secure ? https : http;
  progress.phase = 'connect';
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      // Without a code it is a fault of this program, not of the target.
      if (typeof error.code !== 'string') reject(error);
      else resolve(findingOf(error.code, progress));
    };
    const request = client.request({
      host: address,
      port: target.port,
      path: target.path,
      method: 'GET',
      headers: {
        host: hostHeader(target),
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'cdk-headgate-health-monitor',
      },
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
      // The name to verify is the host's, though the connection goes to an address. Stated, so that no environment variable turns it off.
      servername: isIP(target.host) === 0 ? target.host : '',
      rejectUnauthorized: true,
      ca,
    });
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        progress.reached = true;
        progress.phase = secure ? 'TLS' : 'response';
      });
      socket.once('secureConnect', () => {
        progress.phase = 'response';
      });
    });
    request.on('error', fail);
    const close = () => resolve({ cause: 'connection', detail: `closed during ${progress.phase}` });
    request.on('close', close);
    request.on('response', (response) => {
      // A body that ends with its connection ends after the request closed: from here on the response tells.
      request.off('close', close);
      response.on('error', fail);
      response.on('close', close);
      progress.phase = 'body';
      const status = response.statusCode ?? 0;
      if (!target.status.some(({ from, to }) => from <= status && status <= to)) {
        resolve({ cause: 'status', detail: `${status}` });
      } else if (target.searchString === undefined) {
        resolve({ cause: 'passed', detail: `${status}` });
      } else {
        search(response, target.searchString, resolve);
      }
    });
    request.end();
  });
}

function search(response: http.IncomingMessage, text: string, resolve: (finding: Finding) => void): void {
  const wanted = Buffer.from(text);
  let read = Buffer.alloc(0);
  response.on('data', (chunk: Buffer) => {
    read = Buffer.concat([read, chunk]).subarray(0, MAX_BODY_BYTES);
    if (read.includes(wanted)) resolve({ cause: 'passed', detail: `${response.statusCode}` });
    else if (read.length === MAX_BODY_BYTES)
      resolve({ cause: 'search-string', detail: `not in ${MAX_BODY_BYTES} bytes` });
  });
  response.on('end', () => resolve({ cause: 'search-string', detail: `not in ${read.length} bytes` }));
}

function findingOf(code: string, progress: Progress): Finding {
  if (REMOTE.has(code)) progress.reached = true;
  if (LOCAL.has(code)) return { cause: 'local', detail: code };
  if (progress.phase === 'TLS') return { cause: 'tls', detail: code };
  if (code.startsWith('HPE_')) return { cause: 'protocol', detail: code };
  return { cause: 'connection', detail: code };
}

/** Without a port when it is the protocol's own (R53-17). */
function hostHeader({ protocol, host, port }: ProbeTarget): string {
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return port === (protocol === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
