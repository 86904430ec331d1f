import { HeadgateError } from '../../errors';
import { Fields, Reference, type Resource, type Value } from '../../template';
import type { Attributes } from '../attributes';
import { typeOf } from '../balancer/type';
import { endsOf, type Road } from '../hop';
import { destinationAt, type Outcome } from '../outcome';
import { Passage } from '../passage';
import { HttpRequest } from '../request';
import { LOAD_BALANCER } from '../resource-types';
import { type Step, stepAt } from '../step';
import type { Balancer, GroupState, World } from '../world';
import { compileMatcher } from './matcher';

const PRESERVES = 'preserve_client_ip.enabled';

/** What says how its health is checked. */
const HEALTH_CHECK = ['HealthCheckPath', 'HealthCheckProtocol', 'HealthCheckPort', 'Matcher'];

/** An Application Load Balancer as the only target of a Network Load Balancer's group (NLB-6). */
export class BalancerTarget {
  private readonly id: Value | undefined;
  private readonly port: number | undefined;
  private readonly keepsAddress: boolean;
  /** That it isn't known whether the balancer sees the client's address. */
  private readonly addressUnknown: Step | undefined;
  private readonly portUnknown: Step | undefined;
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
    this.port = target?.isSymbolic('Port') ? undefined : (target?.number('Port') ?? fields.number('Port'));
    const isPreservationUnknown = attributes.symbolic(PRESERVES).length > 0;
    this.keepsAddress = !isPreservationUnknown && (attributes.boolean(PRESERVES) ?? true);
    const doubt = (because: string, warning: string) => stepAt('target-group', group, because, ['NLB-6'], { warning });
    if (isPreservationUnknown) {
      const warning = `${fields.at('TargetGroupAttributes')}: ${PRESERVES} isn't known, so which address the balancer sees isn't either.`;
      this.addressUnknown = doubt("whether it shows the client's address is not known", warning);
    }
    if (this.port === undefined) {
      const at = target?.isSymbolic('Port') ? target.at('Port') : fields.at('Port');
      this.portUnknown = doubt('its port is not known', `${at} isn't known: the port of the request is assumed.`);
    }
  }

  /** Why a request goes on from here. */
  get because(): string {
    const name = this.id instanceof Reference ? this.id.resource.logicalId : 'an Application Load Balancer';
    return this.keepsAddress ? `sends to ${name}, which sees the client's address` : `sends to ${name}`;
  }

  /** What of its health checks isn't known, so that its health isn't either. */
  get healthDoubts(): readonly string[] {
    const fields = Fields.of(this.group);
    const matcher = fields.object('Matcher');
    const names = HEALTH_CHECK.filter((name) => fields.isSymbolic(name));
    const unknown = [...names, ...(matcher?.isSymbolic('HttpCode') ? ['Matcher.HttpCode'] : [])];
    return unknown.map((name) => `${name} isn't known, so its default is taken`);
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
    balancer.pass(this.doubted(passage).as(this.forwarded(request)), road);
  }

  private doubted(passage: Passage): Passage {
    const ported = this.portUnknown === undefined ? passage : passage.part(1, 'bounded', 0, 1).note(this.portUnknown);
    const isAddressLost = this.addressUnknown !== undefined && passage.request.address !== undefined;
    return isAddressLost ? ported.note(this.addressUnknown!) : ported;
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
    const client = { host, address: undefined, region: undefined, country: undefined, ipVersion: 4 as const };
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
