import { HeadgateError } from '../../../errors';
import { resourceKey } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import type { HttpRequest } from '../../request';
import { type Step, stepAt } from '../../step';
import type { TargetGroup, World } from '../../world';
import { groupIn, type NamedGroup, wrongTarget } from '../named-groups';
import type { BalancerBase } from '../zones';

/** A target group that a forward names. */
export interface ForwardTarget {
  /** Its logical id, or its ARN if it isn't in the templates. */
  readonly id: string;
  readonly stack?: string;
  /** What the cookie of a client that sticks to it may hold. */
  readonly names: readonly string[];
  readonly hop: Hop;
}

/** Where a group of a forward action leads. @throws HeadgateError HM1006 if it leads nowhere. */
export function compileForwardTarget(named: NamedGroup, base: BalancerBase, world: World): ForwardTarget {
  const wrong = wrongTarget(named);
  if (wrong !== undefined) throw new HeadgateError('HM1006', wrong);
  const resource = groupIn(named);
  if (resource === undefined) return outside(named);
  const { logicalId, stack } = resource;
  const group = world.targetGroup(resource);
  return {
    id: logicalId,
    stack: stack.name,
    names: [logicalId, resourceKey(resource)],
    hop: speaking(group, base.through(group)),
  };
}

function outside({ fields }: NamedGroup): ForwardTarget {
  const id = String(fields.text('TargetGroupArn'));
  const warning = `${fields.at('TargetGroupArn')} isn't in the templates, so the health of its targets isn't known: ${id}.`;
  const step: Step = { hop: 'target-group', id, because: 'it is not in the templates', facts: ['ALB-20'], warning };
  const destination = { type: 'target-group', id } as const;
  return { id, names: [id], hop: { pass: (passage, road) => road.end(passage.note(step), destination) } };
}

/** Answers 464 where the client's version of HTTP and the group's don't go together (ALB-9). */
function speaking(group: TargetGroup, onward: Hop): Hop {
  const step = stepAt(
    'target-group',
    group.resource,
    (request) => `${speechOf(request)} doesn't go with its protocol version ${group.protocolVersion}`,
    ['ALB-9'],
  );
  const destination = destinationAt('error', group.resource);
  return {
    pass(passage, road) {
      if (isUnderstood(passage.request, group.protocolVersion)) onward.pass(passage, road);
      else road.end(passage.note(step), destination, 464);
    },
  };
}

function isUnderstood(request: HttpRequest, version: string): boolean {
  if (version === 'HTTP1') return !isGrpc(request);
  if (isHttp1(request)) return false;
  return version !== 'GRPC' || request.method === 'POST';
}

function isHttp1(request: HttpRequest): boolean {
  return request.httpVersion === '1.0' || request.httpVersion === '1.1';
}

/** gRPC-Web, `application/grpc-web`, is something else: it works with any version of HTTP. */
function isGrpc(request: HttpRequest): boolean {
  const type = request.headers.get('content-type');
  return type !== undefined && /^application\/grpc(?:$|[+; ])/i.test(type);
}

function speechOf(request: HttpRequest): string {
  return isGrpc(request)
    ? `gRPC over HTTP/${request.httpVersion}`
    : `${request.method} over HTTP/${request.httpVersion}`;
}
