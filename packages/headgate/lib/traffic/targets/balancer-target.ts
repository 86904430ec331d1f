import { HeadgateError } from '../../errors';
import { Fields, Reference, type Resource, type Value } from '../../template';
import type { Attributes } from '../attributes';
import { typeOf } from '../balancer/type';
import { endsOf, type Road } from '../hop';
import { destinationAt, type Outcome } from '../outcome';
import { Passage } from '../passage';
import { HttpRequest } from '../request';
import { LOAD_BALANCER } from '../resource-types';
import { stepAt } from '../step';
import type { Balancer, GroupState, World } from '../world';
import { compileMatcher } from './matcher';

/** An Application Load Balancer as the only target of a Network Load Balancer's group (NLB-6). */
export class BalancerTarget {
  private readonly id: Value | undefined;
  private readonly port: number | undefined;
  private readonly keepsAddress: boolean;
  private health: { readonly healthy: boolean; readonly because: string } | undefined;
  private isProbing = false;
  private compiled: Balancer | undefined;

  constructor(
    private readonly group: Resource,
    attributes: Attributes,
    private readonly world: World,
  ) {
    const fields = Fields.of(group);
    const target = fields.objects('Targets')[0];
    this.id = target?.text('Id');
    this.port = target?.number('Port') ?? fields.number('Port');
    this.keepsAddress = attributes.boolean('preserve_client_ip.enabled') ?? true;
  }

  /** Why a request goes on from here. */
  get because(): string {
    const name = this.id instanceof Reference ? this.id.resource.logicalId : 'an Application Load Balancer';
    return this.keepsAddress ? `sends to ${name}, which sees the client's address` : `sends to ${name}`;
  }

  /** Whether the balancer answers the group's health checks, as far as the templates show it. */
  get isHealthy(): boolean {
    return this.probed().healthy;
  }

  /** Why it doesn't, if nothing else made the group unhealthy. */
  probe(otherwise: GroupState): string | undefined {
    return otherwise === 'healthy' ? this.probed().because : undefined;
  }

  pass(passage: Passage, road: Road): void {
    const balancer = this.balancer();
    if (balancer === undefined) {
      if (this.id instanceof Reference) throw this.wrongTarget(this.id);
      road.end(passage, destinationAt('target-group', this.group));
      return;
    }
    const { request } = passage;
    if (request.via === 'network-load-balancer') {
      const loop = 'the balancer sends back to a group that leads to a balancer again';
      road.end(
        passage.note(stepAt('target-group', this.group, loop, ['NLB-6'])),
        destinationAt('error', this.group),
        null,
      );
      return;
    }
    balancer.pass(passage.as(this.forwarded(request)), road);
  }

  private forwarded(request: HttpRequest): HttpRequest {
    return request.with({
      via: 'network-load-balancer',
      port: this.port ?? request.port,
      ...(this.keepsAddress ? {} : { address: undefined }),
    });
  }

  /** The balancer; undefined if the template doesn't show it, or if it is something else. */
  private balancer(): Balancer | undefined {
    if (this.compiled || !(this.id instanceof Reference)) return this.compiled;
    const { resource } = this.id;
    const isApplication =
      resource.type === LOAD_BALANCER && typeOf(resource, this.world.templates).name === 'application';
    if (isApplication) this.compiled = this.world.balancer(resource);
    return this.compiled;
  }

  private wrongTarget(id: Reference): HeadgateError {
    const where = Fields.of(this.group).at('Targets');
    return new HeadgateError('HM1006', `${where} must lead to an Application Load Balancer, got ${id.text}.`);
  }

  /** A health check goes the same road as a request: through the balancer's listener and rules. */
  private probed(): { readonly healthy: boolean; readonly because: string } {
    if (this.health) return this.health;
    const balancer = this.balancer();
    if (this.isProbing || balancer === undefined || this.port === undefined) return { healthy: true, because: '' };
    this.isProbing = true;
    try {
      this.health = this.check(balancer);
    } finally {
      this.isProbing = false;
    }
    return this.health;
  }

  private check(balancer: Balancer) {
    if (!balancer.reachable) return { healthy: false, because: `${balancer.resource.logicalId} isn't reachable` };
    const fields = Fields.of(this.group);
    const path = fields.string('HealthCheckPath') ?? '/';
    const matches = compileMatcher(fields.object('Matcher')?.string('HttpCode') ?? '200-399');
    const answers = endsOf(balancer, Passage.start(this.checkRequest(fields, path)));
    const healthy = answers.some((answer) => this.passes(answer, matches));
    const status = answers.find((answer) => answer.status !== null)?.status;
    return { healthy, because: `${path} is answered with ${status ?? 'nothing good'}` };
  }

  private checkRequest(fields: Fields, path: string): HttpRequest {
    const scheme = fields.string('HealthCheckProtocol') === 'HTTPS' ? 'https' : 'http';
    const given = fields.string('HealthCheckPort') ?? 'traffic-port';
    const port = /^\d+$/.test(given) ? Number(given) : this.port!;
    const [bare, query] = path.split('?', 2);
    // The host of a health check is an address of a node, which no condition on host names matches.
    const host = '192.0.2.1';
    const client = { host, address: undefined, region: undefined, country: undefined };
    return new HttpRequest(
      'GET',
      scheme,
      host,
      port,
      bare ?? '/',
      query,
      new Map(),
      undefined,
      '1.1',
      'health-checker',
      client,
    );
  }

  private passes(answer: Outcome, matches: (status: number) => boolean): boolean {
    if (answer.status !== null) return matches(answer.status);
    const { type, id, stack } = answer.destination;
    if (type !== 'target-group') return type !== 'error';
    const group = this.world.templates.stacks.find(({ name }) => name === stack)?.resources.get(id);
    const state = group === undefined ? 'healthy' : this.world.targetGroup(group).state;
    return state === 'healthy' || state === 'degraded';
  }
}
