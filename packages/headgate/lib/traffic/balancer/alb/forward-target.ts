import { HeadgateError } from '../../../errors';
import { describeResource, type Fields, resourceIn, resourceKey, Symbolic } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import type { HttpRequest } from '../../request';
import { TARGET_GROUP } from '../../resource-types';
import { type Step, stepAt } from '../../step';
import type { TargetGroup, World } from '../../world';
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

/** The group of a forward action, or of one of its tuples. @throws HeadgateError HM1006 if it leads nowhere. */
export function targetOf(tuple: Fields, base: BalancerBase, world: World): ForwardTarget {
  const arn = tuple.text('TargetGroupArn');
  const resource = resourceIn(arn);
  if (resource?.type === TARGET_GROUP) {
    const { logicalId, stack } = resource;
    const group = world.targetGroup(resource);
    return {
      id: logicalId,
      stack: stack.name,
      names: [logicalId, resourceKey(resource)],
      hop: speaking(group, base.through(group)),
    };
  }
  if (resource) {
    const what = `${describeResource(resource)}, which isn't a target group`;
    throw new HeadgateError('HM1006', `${tuple.at('TargetGroupArn')} leads to ${what}.`);
  }
  if (arn === undefined) {
    throw new HeadgateError('HM1006', `${tuple.at('TargetGroupArn')} is missing: a forward needs a target group.`);
  }
  return outside(arn instanceof Symbolic ? arn.text : arn, tuple);
}

function outside(id: string, tuple: Fields): ForwardTarget {
  const warning = `${tuple.at('TargetGroupArn')} isn't in the templates, so the health of its targets isn't known: ${id}.`;
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
