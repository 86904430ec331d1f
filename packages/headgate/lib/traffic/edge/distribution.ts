import { Fields, type Resource, resourceKey } from '../../template';
import type { Hop, Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { type Step, stepAt } from '../step';
import type { World } from '../world';
import { Behaviors } from './behaviors';
import { type Edge, edgeOf, unknownOf } from './config';
import { ViewerConnection } from './connection';
import { behindContinuousDeployment } from './continuous-deployment';
import { ErrorPageRoad, readErrorPages } from './error-pages';
import { behindFirewall } from './firewall';
import { behindGeoRestriction } from './geo-restriction';
import { Hosts } from './hosts';
import { isMultiTenant } from './tenants';

/** Compiles a distribution: who may enter, its continuous deployment, and how it serves what entered. */
export function compileDistribution(resource: Resource, world: World): Hop {
  const edge = edgeOf(resource, world);
  if (edge.config.boolean('Enabled') === false) return unanswered(edge, 'it is disabled', 'CF-12');
  if (edge.config.boolean('Staging') === true)
    return unanswered(edge, 'a staging distribution has no viewers of its own', 'CF-4');
  const served = behindContinuousDeployment(edge, serve(edge), (staging) => serve(edgeOf(staging, world)));
  return new Distribution(edge, served);
}

/** A distribution that viewers can't use; how it refuses them isn't documented. */
function unanswered({ resource }: Edge, why: string, fact: string): Hop {
  const destination = destinationAt('error', resource);
  const step = stepAt('distribution', resource, why, [fact], {
    warning: `${resource.stack.name}/${resource.logicalId}: ${why}; how CloudFront answers then isn't documented.`,
  });
  return { pass: (passage, road) => road.end(passage.note(step).atBest('undocumented'), destination) };
}

/** Another distribution, and the hosts that it answers for. */
interface Rival {
  readonly resource: Resource;
  readonly hosts: Hosts;
}

class Distribution implements Hop {
  private readonly connection: ViewerConnection;
  private readonly hosts: Hosts;
  private readonly isMultiTenant: boolean;
  private readonly arrives: Step;
  private readonly wrongHost: Step;
  private readonly stacked: Step;
  private readonly blocked: Destination;
  private readonly rivals: readonly Rival[];
  private readonly hasRival: Step;

  constructor(
    private readonly edge: Edge,
    private readonly served: Hop,
  ) {
    const { resource } = edge;
    this.connection = new ViewerConnection(edge);
    this.hosts = Hosts.of(resource, edge.config, edge.world.templates);
    this.isMultiTenant = isMultiTenant(edge.config);
    const unknown = unknownOf(edge.config, ['Enabled', 'Staging', 'Aliases', 'ConnectionMode']) ?? this.hosts.unknown;
    const warnings = [
      ...(unknown === undefined ? [] : [`Not known, and so counted as accepting any request: ${unknown}.`]),
      ...(this.isMultiTenant ? [tenantWarning(resource)] : []),
    ];
    const facts = ['CF-12', ...(this.isMultiTenant ? ['CF-22'] : [])];
    this.arrives = stepAt('distribution', resource, this.hosts.because, facts, {
      ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
    });
    const none = this.isMultiTenant ? 'the host is no domain of its tenants' : 'the host is none of its aliases';
    this.wrongHost = stepAt('distribution', resource, none, facts, {
      ...(this.isMultiTenant ? { warning: tenantWarning(resource) } : {}),
    });
    this.stacked = stepAt('distribution', resource, 'the request comes from another distribution', ['CF-12'], {
      warning: `${resource.stack.name}/${resource.logicalId} is the origin of another distribution: the documentation says that CloudFront answers 403, other sources that two in a row work.`,
    });
    this.blocked = destinationAt('blocked', resource);
    this.rivals = this.hosts.hasWildcards ? rivalsOf(edge) : [];
    this.hasRival = stepAt('distribution', resource, 'another distribution has a closer alias', ['CF-12']);
  }

  pass(passage: Passage, road: Road): void {
    const { request } = passage;
    if (request.via === 'cloudfront') {
      road.end(passage.note(this.stacked).atBest('undocumented'), this.blocked, 403);
      return;
    }
    if (!this.connection.opensFor(request)) {
      this.connection.refuse(passage, road);
      return;
    }
    const closeness = this.hosts.closeness(request.hostname, !passage.isAtStart);
    const at = this.isMultiTenant ? passage.atBest('undocumented') : passage;
    const closer = closeness > 0 && this.rivals.find(({ hosts }) => hosts.closeness(request.hostname) > closeness);
    if (closeness < 0) road.end(at.note(this.wrongHost), this.blocked, 403);
    else if (closer) this.edge.world.distribution(closer.resource).pass(passage.note(this.hasRival), road);
    else this.served.pass(this.connection.arriving(at.note(this.arrives)), road);
  }
}

function tenantWarning(distribution: Resource): string {
  return `${resourceKey(distribution)} has tenants: what each of them sets or changes, such as parameters, certificates, countries and web ACLs, isn't modelled, nor how a host is refused that is none of theirs.`;
}

/** The other distributions, of which one may have a closer name for a host: it then gets the request, whatever DNS says (CF-12). */
function rivalsOf({ resource, world }: Edge): readonly Rival[] {
  return world.templates
    .ofType(resource.type)
    .filter((other) => other !== resource && Fields.of(other).has('DistributionConfig'))
    .map((other) => ({ resource: other, hosts: Hosts.of(other, edgeOf(other, world).config, world.templates) }));
}

/** What a distribution does with a request that it accepts: country, firewall, behavior; and pages in place of errors. */
function serve(edge: Edge): Hop {
  const behaviors = new Behaviors(edge);
  const guarded = behindGeoRestriction(edge, behindFirewall(edge, behaviors));
  const pages = readErrorPages(edge);
  if (pages === undefined) return guarded;
  return {
    pass: (passage, road) => guarded.pass(passage, new ErrorPageRoad(road, pages, behaviors, passage.request)),
  };
}
