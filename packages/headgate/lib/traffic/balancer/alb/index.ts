import { HeadgateError } from '../../../errors';
import { describeResource, Fields, type Resource } from '../../../template';
import { strayAssociations, webAclOf } from '../../firewall';
import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { stepAt } from '../../step';
import type { Balancer, World } from '../../world';
import { listenersOf, strayListeners } from '../parts-of';
import { BalancerBase } from '../zones';
import { compileListener } from './listener';
import { NoListener } from './no-listener';
import { reception } from './reception';
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
  const nobody = new NoListener(resource, unknown, strayListeners(world.templates));
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

/** Without a web ACL of its own; one of which isn't known what it protects may be its. */
function perhapsInspected(balancer: Resource, routing: Hop, world: World): Hop {
  const warning = strayAssociations(world.templates);
  if (warning === undefined) return routing;
  const step = stepAt('load-balancer', balancer, 'whether a web ACL protects it is not known', ['WAF-1'], { warning });
  return { pass: (passage, road) => routing.pass(passage.part(1, 'bounded', 0, 1).note(step), road) };
}

/** The web ACL looks at a request before the rules do. */
function inspected(balancer: Resource, routing: Hop, world: World): Hop {
  const acl = webAclOf(balancer, world.templates);
  if (acl === undefined) return perhapsInspected(balancer, routing, world);
  const firewall = world.webAcl(acl);
  return { pass: (passage, road) => firewall.inspect(passage, road, routing) };
}
