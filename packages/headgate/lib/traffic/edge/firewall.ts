import { Reference } from '../../template';
import type { Hop } from '../hop';
import { WEB_ACL } from '../resource-types';
import { stepAt } from '../step';
import type { Edge } from './config';

/**
 * Puts the web ACL of a distribution before the rest of its road: it sees a request before behaviors, functions and the cache do (WAF-1).
 * One outside of the templates may block any part of the requests, as one of a balancer may.
 */
export function behindFirewall({ config, resource, world }: Edge, next: Hop): Hop {
  const id = config.text('WebACLId');
  if (id === undefined || id === '') return next;
  if (id instanceof Reference && id.resource.type === WEB_ACL) {
    const acl = world.webAcl(id.resource);
    return { pass: (passage, road) => acl.inspect(passage, road, next) };
  }
  const step = stepAt('web-acl', resource, "a web ACL that can't be read counts as letting it pass", ['WAF-1'], {
    id: String(id),
    warning: `${resource.stack.name}/${resource.logicalId}: the web ACL ${id} isn't in the templates; it counts as letting everything pass.`,
  });
  const filter = { id: String(id), quality: 'bounded', mayBlock: true } as const;
  return { pass: (passage, road) => next.pass(passage.through(filter).note(step), road) };
}
