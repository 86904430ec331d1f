import { type Resource, resourceKey } from '../template';
import type { HttpRequest } from './request';

/** What a request passes on its road. `proxy` is the reverse-proxy tier between balancer and servers. */
export type HopKind =
  | 'dns-record'
  | 'accelerator'
  | 'endpoint-group'
  | 'distribution'
  | 'function'
  | 'behavior'
  | 'cache'
  | 'origin-group'
  | 'origin'
  | 'web-acl'
  | 'web-acl-rule'
  | 'load-balancer'
  | 'listener'
  | 'listener-rule'
  | 'transform'
  | 'proxy'
  | 'target-group';

/** One thing that happened to a request: made once while a road is compiled, and shared by all requests that it happens to. */
export interface Step {
  readonly hop: HopKind;
  /** The logical id of the resource, or its name where it is a part of one. */
  readonly id: string;
  /** The stack of the resource. */
  readonly stack?: string;
  /** Why, in a short clause without a full stop: `priority 10 matched path /api/*`. */
  readonly because: string | ((request: HttpRequest) => string);
  /** The ids of the facts that it rests on, as in `docs/facts.md`; none where it only says what a fault is that the caller gave. */
  readonly facts: readonly string[];
  /** The rule, behavior or record that counts as reached by this step; see {@link import('./coverage')}. */
  readonly covers?: string;
  /** What had to be assumed and the caller should know. */
  readonly warning?: string;
  /** Why no connection comes about, where CloudFront makes a difference: TLS fails, or nothing listens on the port. */
  readonly failure?: Failure;
}

export type Failure = 'tls' | 'port';

/** A step at a resource. */
export function stepAt(
  hop: HopKind,
  resource: Resource,
  because: Step['because'],
  facts: readonly string[],
  more: Pick<Step, 'covers' | 'warning' | 'failure'> & { readonly id?: string } = {},
): Step {
  return { hop, id: more.id ?? resource.logicalId, stack: resource.stack.name, because, facts, ...rest(more) };
}

function rest(more: Pick<Step, 'covers' | 'warning' | 'failure'>) {
  return {
    ...(more.covers === undefined ? {} : { covers: more.covers }),
    ...(more.warning === undefined ? {} : { warning: more.warning }),
    ...(more.failure === undefined ? {} : { failure: more.failure }),
  };
}

/** What a rule or a record counts as in coverage: its resource, or a part of it such as `default` or `behavior 2`. */
export function coverKey(resource: Resource, part?: string): string {
  return part === undefined ? resourceKey(resource) : `${resourceKey(resource)} ${part}`;
}
