import { keyOf, resourceKey, type Text } from '../../template';
import type { Hop, Road } from '../hop';
import { versionsOf } from '../ip-versions';
import { destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { isPrivate } from '../private-network';
import { downRegionOf } from '../reach';
import { type Client, HttpRequest } from '../request';
import { type Step, stepAt } from '../step';
import type { Edge } from './config';
import { OriginRequestWriter } from './origin-request';
import { OriginEnds, OriginRoad } from './origin-road';
import { isUnknown, type OriginSettings, readOrigin } from './origin-settings';
import type { Forwarding } from './policies';

/** A place that a behavior sends requests to: an origin, or a group of two. */
export interface Target extends Hop {
  /**
   * The same as `pass`, but an origin that can't be connected to ends as an error without status, for an origin group to act on.
   */
  reach(passage: Passage, road: Road): void;
}

/** Compiles an origin for a behavior, which says what is forwarded. */
export function compileOrigin(id: Text, forwarding: Forwarding, edge: Edge): Target {
  const settings = readOrigin(id, edge);
  const fault = edge.world.faults.statusOfOrigin(settings.id, String(settings.domain));
  return fault === undefined ? new Origin(settings, forwarding, edge) : failingOrigin(settings, fault, edge);
}

/** An origin that answers every request with an error. */
function failingOrigin({ id }: OriginSettings, status: number, { resource }: Edge): Target {
  const destination = destinationAt('error', resource, id);
  const step = stepAt('origin', resource, `answers ${status} by a fault`, [], { id });
  const fail = (passage: Passage, road: Road) => road.end(passage.note(step), destination, status);
  return { pass: fail, reach: fail };
}

class Origin implements Target {
  private readonly writer: OriginRequestWriter;
  private readonly host: string;
  private readonly overHttp: Step;
  private readonly overHttps: Step;
  private readonly overGrpc: Step;
  private readonly ends: OriginEnds;
  private readonly rootPath: string;
  /** Where the road goes on; undefined if it ends at the origin. */
  private readonly next: Hop | undefined;
  /** That the origin stands in a Region that is down or in a private network; undefined if it answers. */
  private readonly outOfReach: Step | undefined;
  private readonly proxiesGrpc: boolean;

  constructor(
    private readonly settings: OriginSettings,
    forwarding: Forwarding,
    private readonly edge: Edge,
  ) {
    const { resource, config } = edge;
    this.writer = new OriginRequestWriter(forwarding, settings.headers);
    this.host = keyOf(settings.domain).toLowerCase();
    this.ends = new OriginEnds(settings.id, resource);
    this.outOfReach = this.findPrivate();
    this.next = this.outOfReach ? undefined : this.findNext();
    if (!this.next) this.outOfReach ??= this.findDown();
    this.proxiesGrpc = forwarding.proxiesGrpc && !settings.isVpcOrigin;
    this.overHttp = this.stepOver('http', settings.httpPort);
    this.overHttps = this.stepOver('https', settings.httpsPort);
    this.overGrpc = this.stepOver('https', settings.httpsPort, ' by gRPC');
    const root = config.string('DefaultRootObject') ?? '';
    this.rootPath = `${settings.path}/${root.replace(/^\//, '')}`;
  }

  pass(passage: Passage, road: Road): void {
    this.send(passage, road, true);
  }

  reach(passage: Passage, road: Road): void {
    this.send(passage, road, false);
  }

  private send(passage: Passage, road: Road, answersUnreachable: boolean): void {
    const { request } = passage;
    const scheme = this.schemeFor(request);
    const byGrpc = this.proxiesGrpc && scheme === 'https' && isGrpc(request);
    const sent = passage.note(this.stepFor(scheme, byGrpc)).as(this.rewrite(request, scheme, byGrpc ? '2' : '1.1'));
    if (this.next) this.next.pass(sent, new OriginRoad(road, this.ends, answersUnreachable));
    else if (this.outOfReach === undefined) road.end(sent, this.ends.origin);
    else if (answersUnreachable) this.ends.endUnreachable(sent.note(this.outOfReach), road, undefined);
    else this.ends.leaveUnreachable(sent.note(this.outOfReach), road);
  }

  private rewrite(request: HttpRequest, scheme: 'http' | 'https', httpVersion: '1.1' | '2'): HttpRequest {
    const { settings } = this;
    return new HttpRequest(
      request.method,
      scheme,
      this.writer.sendsHost ? request.host : this.host,
      scheme === 'https' ? settings.httpsPort : settings.httpPort,
      request.path === '/' ? this.rootPath : settings.path + request.path,
      this.writer.queryOf(request),
      this.writer.headersOf(request),
      undefined,
      httpVersion,
      'cloudfront',
      this.clientOf(request.client),
    );
  }

  /** Who the origin's DNS answers for: the edge location, not the viewer; with Origin Shield, always its one Region (CF-9, CF-10). */
  private clientOf(client: Client): Client {
    const { shield, ipVersion } = this.settings;
    return {
      host: client.host,
      address: undefined,
      region: shield ?? client.region,
      country: client.country,
      ipVersion,
    };
  }

  private stepFor(scheme: 'http' | 'https', byGrpc: boolean): Step {
    if (byGrpc) return this.overGrpc;
    return scheme === 'https' ? this.overHttps : this.overHttp;
  }

  private schemeFor(request: HttpRequest): 'http' | 'https' {
    if (this.settings.protocol === 'match-viewer') return request.scheme;
    return this.settings.protocol === 'https-only' ? 'https' : 'http';
  }

  private findNext(): Hop | undefined {
    const { target } = this.settings;
    const { world } = this.edge;
    if (typeof target === 'string' && !world.dns.knows(target)) return undefined;
    return this.lacksVersion() ?? world.hopAt(target);
  }

  /** The end at an AWS resource that has no address of the version of IP by which it is asked (CF-23). */
  private lacksVersion(): Hop | undefined {
    const { id, domain, ipVersion, isVpcOrigin } = this.settings;
    if (isVpcOrigin || ipVersion === undefined || versionsOf(domain)[ipVersion === 4 ? 'v4' : 'v6']) return undefined;
    const facts = ['CF-23', 'R53-22'];
    const step = stepAt('origin', this.edge.resource, `${domain} has no address of IPv${ipVersion}`, facts, { id });
    return { pass: (passage, road) => road.end(passage.note(step), { type: 'no-answer', id: String(domain) }) };
  }

  /** Whether it is in a private network, where CloudFront reaches VPC origins alone (CF-18). */
  private findPrivate(): Step | undefined {
    const { id, target, isVpcOrigin } = this.settings;
    if (isVpcOrigin || !isPrivate(target)) return undefined;
    const because = "it is in a private network, where CloudFront doesn't reach";
    return stepAt('origin', this.edge.resource, because, ['CF-18'], { id });
  }

  /** Whether a Region that is down takes the origin with it, by its name or as a resource of a stack there. */
  private findDown(): Step | undefined {
    const { id, target } = this.settings;
    const region = target === undefined ? undefined : downRegionOf(target, this.edge.world);
    return region === undefined
      ? undefined
      : stepAt('origin', this.edge.resource, `it is in ${region}, which is down`, ['CF-3'], { id });
  }

  private stepOver(scheme: 'http' | 'https', port: number, how = ''): Step {
    const { id, domain, isVpcOrigin, shield, target, unknown } = this.settings;
    const { resource } = this.edge;
    const name = isVpcOrigin ? `the VPC origin ${id}, whatever DNS says of ${domain}` : String(domain);
    const host = this.writer.sendsHost ? "with the viewer's Host" : 'with its own name as Host';
    const from = shield === undefined ? '' : `, from Origin Shield in ${shield}`;
    const facts = ['CF-10', 'CF-15', ...(isVpcOrigin ? ['CF-8'] : []), ...(shield === undefined ? [] : ['CF-9'])];
    const warnings = [
      ...(isUnknown(target)
        ? [`${resourceKey(resource)}: where origin ${id} leads isn't in the templates, so the road ends there.`]
        : []),
      ...(unknown === undefined ? [] : [`Not known, and so counted as left out: ${unknown}.`]),
    ];
    return stepAt('origin', resource, `asks ${name} over ${scheme} on port ${port}${how} ${host}${from}`, facts, {
      id,
      ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
    });
  }
}

/** Whether CloudFront takes a request for one of gRPC: by its content type, over HTTP/2 (CF-15). */
function isGrpc(request: HttpRequest): boolean {
  return request.httpVersion === '2' && request.header('content-type')?.startsWith('application/grpc') === true;
}
