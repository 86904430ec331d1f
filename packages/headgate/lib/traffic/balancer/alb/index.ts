import { HeadgateError } from '../../../errors';
import { describeResource, Fields, type Resource } from '../../../template';
import { webAclOf } from '../../firewall';
import type { Hop, Road } from '../../hop';
import { destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import { stepAt } from '../../step';
import type { Balancer, World } from '../../world';
import { listenersOf } from '../parts-of';
import { BalancerBase } from '../zones';
import { compileListener, type Listener } from './listener';
import { NoListener } from './no-listener';
import { HTTP2 } from './speech';

const DROP_INVALID_HEADERS = 'routing.http.drop_invalid_header_fields.enabled';

/**
 * An Application Load Balancer: the listener of the request's port takes it if it speaks the listener's protocol, the web ACL looks at it,
 * and the listener's rules decide.
 *
 * @throws HeadgateError HM2007 if two listeners stand on one port.
 */
export function compileApplicationBalancer(resource: Resource, world: World): Balancer {
  const base = new BalancerBase(resource, world);
  const isFateUnknown = base.attributes.symbolic(DROP_INVALID_HEADERS).length > 0;
  const dropsInvalidHeaders = isFateUnknown ? undefined : (base.attributes.boolean(DROP_INVALID_HEADERS) ?? false);
  const speaksHttp2 = base.attributes.boolean(HTTP2) ?? true;
  const listeners = new Map<number, Hop>();
  const { known, unknown } = listenersByPort(resource, world);
  for (const [port, listener] of known) {
    listeners.set(
      port,
      lazily(() => {
        const compiled = compileListener(listener, { port, base }, dropsInvalidHeaders, world);
        return reception(compiled, inspected(resource, compiled.routing, world), speaksHttp2);
      }),
    );
  }
  const { region } = resource.stack;
  const arrived = stepAt(
    'load-balancer',
    resource,
    region === undefined ? 'takes the request' : `stands in ${region}`,
    [],
  );
  const nobody = new NoListener(resource, unknown);
  return {
    resource,
    reachable: base.reachable,
    get healthyForDns() {
      return base.healthyForDns;
    },
    get unhealthyBecause() {
      return base.unhealthyBecause;
    },
    get dnsHealth() {
      return base.dnsHealth;
    },
    pass(passage: Passage, road: Road) {
      if (!base.reachable) return base.refuse(passage, road);
      (listeners.get(passage.request.port) ?? nobody).pass(base.enter(passage.note(arrived)), road);
    },
  };
}

/** A hop that is compiled when a request first comes: whoever asks for a balancer's health alone needs no rules. */
function lazily(compile: () => Hop): Hop {
  let compiled: Hop | undefined;
  return {
    pass(passage, road) {
      compiled ??= compile();
      compiled.pass(passage, road);
    },
  };
}

/** The listeners of a balancer, in whichever stack, by port; and those whose port isn't known. */
function listenersByPort(balancer: Resource, world: World) {
  const known = new Map<number, Resource>();
  const unknown: Resource[] = [];
  for (const listener of listenersOf(balancer, world.templates)) {
    const port = Fields.of(listener).number('Port');
    const before = port === undefined ? undefined : known.get(port);
    if (before) {
      const both = `${describeResource(before)} and ${describeResource(listener)}`;
      throw new HeadgateError('HM2007', `${both} both have Port ${port}: a load balancer has one listener a port.`);
    }
    if (port === undefined) unknown.push(listener);
    else known.set(port, listener);
  }
  return { known, unknown };
}

/** The web ACL looks at a request before the rules do. */
function inspected(balancer: Resource, routing: Hop, world: World): Hop {
  const acl = webAclOf(balancer, world.templates);
  if (acl === undefined) return routing;
  const firewall = world.webAcl(acl);
  return { pass: (passage, road) => firewall.inspect(passage, road, routing) };
}

/** The most addresses that X-Forwarded-For may have. */
const MOST_FORWARDERS = 30;

/** What a listener refuses before anything looks at the request: what doesn't speak its protocol, TRACE, and too many proxies (ALB-34). */
function reception(listener: Listener, onward: Hop, speaksHttp2: boolean): Hop {
  const { resource, port, protocol } = listener;
  const failed = destinationAt('error', resource);
  const noTls = stepAt(
    'listener',
    resource,
    `port ${port} speaks HTTP without TLS: no connection comes about`,
    ['ALB-34'],
    { failure: 'tls' },
  );
  const plain = stepAt('listener', resource, `port ${port} speaks HTTPS, and the request came without TLS`, ['ALB-34']);
  const trace = stepAt('listener', resource, 'TRACE is refused', ['ALB-34']);
  const proxies = stepAt('listener', resource, `X-Forwarded-For has more than ${MOST_FORWARDERS} addresses`, [
    'ALB-34',
  ]);
  const http1 = stepAt('listener', resource, 'routing.http2.enabled is false: the client speaks HTTP/1.1', ['ALB-35']);
  return {
    pass(passage, road) {
      const { request } = passage;
      if (request.scheme === 'https' && protocol === 'HTTP') return road.end(passage.note(noTls), failed);
      if (request.scheme === 'http' && protocol === 'HTTPS') return road.end(passage.note(plain), failed, 400);
      if (request.method === 'TRACE') return road.end(passage.note(trace), failed, 405);
      if (hasTooManyForwarders(request.headers.get('x-forwarded-for')))
        return road.end(passage.note(proxies), failed, 463);
      if (speaksHttp2 || request.httpVersion === '1.1' || request.httpVersion === '1.0')
        return onward.pass(passage, road);
      onward.pass(passage.as(request.with({ httpVersion: '1.1' })).note(http1), road);
    },
  };
}

function hasTooManyForwarders(addresses: string | undefined): boolean {
  return addresses !== undefined && addresses.split(',', MOST_FORWARDERS + 1).length > MOST_FORWARDERS;
}
