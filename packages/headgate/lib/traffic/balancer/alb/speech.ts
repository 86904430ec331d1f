import { Fields, resourceKey } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import type { HttpRequest } from '../../request';
import { stepAt } from '../../step';
import type { TargetGroup } from '../../world';
import type { BalancerBase } from '../zones';

/** The attribute without which clients speak HTTP/1.1 alone (ALB-35). */
export const HTTP2 = 'routing.http2.enabled';

/** The protocol versions that a group can have, the default first. */
const VERSIONS = ['HTTP1', 'HTTP2', 'GRPC'] as const;

/** Answers 464 where the client's version of HTTP and the group's don't go together (ALB-9). */
export function speaking(group: TargetGroup, base: BalancerBase, onward: Hop): Hop {
  const version = group.protocolVersion ?? VERSIONS[0];
  const step = stepAt(
    'target-group',
    group.resource,
    (request) => `${speechOf(request)} doesn't go with its protocol version ${version}`,
    ['ALB-9'],
  );
  const destination = destinationAt('error', group.resource);
  const answered: Hop = {
    pass(passage, road) {
      if (isUnderstood(passage.request, version)) onward.pass(passage, road);
      else road.end(passage.note(step), destination, 464);
    },
  };
  return doubted(group, base, answered);
}

/** Doubts what depends on a version of HTTP, the group's or the client's, that isn't known. */
function doubted(group: TargetGroup, base: BalancerBase, answered: Hop): Hop {
  const isHttp2Unknown = base.attributes.symbolic(HTTP2).length > 0;
  const isVersionUnknown = group.protocolVersion === undefined;
  if (!isHttp2Unknown && !isVersionUnknown) return answered;
  const versions = isVersionUnknown ? VERSIONS : [group.protocolVersion];
  const isOpen = (request: HttpRequest) => {
    const own = isHttp1(request);
    const speeches = isHttp2Unknown && !own ? [own, true] : [own];
    const answers = versions.flatMap((version) => speeches.map((is) => isUnderstood(request, version, is)));
    return new Set(answers).size > 1;
  };
  const warning = [
    ...(isVersionUnknown ? [`${Fields.of(group.resource).at('ProtocolVersion')} isn't known: HTTP1 is assumed.`] : []),
    ...(isHttp2Unknown
      ? [`${resourceKey(base.resource)}: LoadBalancerAttributes: ${HTTP2} isn't known: true is assumed.`]
      : []),
  ].join(' ');
  const because = "whether the client's version of HTTP goes with its own is not known";
  const step = stepAt('target-group', group.resource, because, ['ALB-9'], { warning });
  return {
    pass(passage, road) {
      const isSure = !isOpen(passage.request);
      answered.pass(isSure ? passage : passage.part(1, 'bounded', 0, 1).note(step), road);
    },
  };
}

function isUnderstood(request: HttpRequest, version: string, speaksHttp1 = isHttp1(request)): boolean {
  if (version === 'HTTP1') return !isGrpc(request);
  if (speaksHttp1) return false;
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
