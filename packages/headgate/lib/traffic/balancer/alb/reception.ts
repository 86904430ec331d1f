import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import { stepAt } from '../../step';
import { certificateDoubt } from '../mutual-tls';
import type { Listener } from './listener';

/** The most addresses that X-Forwarded-For may have. */
const MOST_FORWARDERS = 30;

/**
 * What a listener refuses before anything looks at the request: what doesn't speak its protocol (ALB-34, ALB-40), TRACE, and too many
 * proxies. Whatever version of HTTP the client would like, it then speaks one that the listener does.
 */
export function reception(listener: Listener, onward: Hop, speaksHttp2: boolean): Hop {
  const { resource, port, protocol } = listener;
  const failed = destinationAt('error', resource);
  const step = (because: string, fact: string) => stepAt('listener', resource, because, [fact]);
  const quic = step(`port ${port} speaks TCP, and HTTP/3 goes over QUIC: no connection comes about`, 'ALB-40');
  const noTls = stepAt(
    'listener',
    resource,
    `port ${port} speaks HTTP without TLS: no connection comes about`,
    ['ALB-34'],
    {
      failure: 'tls',
    },
  );
  const plain = step(`port ${port} speaks HTTPS, and the request came without TLS`, 'ALB-34');
  const trace = step('TRACE is refused', 'ALB-34');
  const proxies = step(`X-Forwarded-For has more than ${MOST_FORWARDERS} addresses`, 'ALB-34');
  const http1 = step('routing.http2.enabled is false: the client speaks HTTP/1.1', 'ALB-35');
  const cleartext = step('HTTP/2 needs HTTPS: the client speaks HTTP/1.1', 'ALB-40');
  const certificate = protocol === 'HTTP' ? undefined : certificateDoubt(resource);
  /** In a version that the listener speaks. */
  const settled = (passage: Passage): Passage => {
    const { request } = passage;
    if (request.httpVersion !== '2') return passage;
    if (request.scheme === 'https' && speaksHttp2) return passage;
    return passage.as(request.with({ httpVersion: '1.1' })).note(request.scheme === 'http' ? cleartext : http1);
  };
  return {
    pass(passage, road) {
      const { request } = passage;
      if (request.httpVersion === '3') return road.end(passage.note(quic), failed);
      if (request.scheme === 'https' && protocol === 'HTTP') return road.end(passage.note(noTls), failed);
      if (request.scheme === 'http' && protocol === 'HTTPS') return road.end(passage.note(plain), failed, 400);
      const isDoubtful = certificate !== undefined && request.scheme === 'https';
      const connected = isDoubtful ? passage.note(certificate) : passage;
      if (request.method === 'TRACE') return road.end(connected.note(trace), failed, 405);
      if (hasTooManyForwarders(request.headers.get('x-forwarded-for')))
        return road.end(connected.note(proxies), failed, 463);
      onward.pass(settled(connected), road);
    },
  };
}

function hasTooManyForwarders(addresses: string | undefined): boolean {
  return addresses !== undefined && addresses.split(',', MOST_FORWARDERS + 1).length > MOST_FORWARDERS;
}
