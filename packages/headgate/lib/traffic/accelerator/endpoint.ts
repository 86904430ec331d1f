import { HeadgateError } from '../../errors';
import { type Fields, Reference, type Resource, type Text } from '../../template';
import { typeOf } from '../balancer/type';
import type { Hop, Road } from '../hop';
import type { Passage } from '../passage';
import { ELASTIC_IP, INSTANCE, LOAD_BALANCER } from '../resource-types';
import { type Step, stepAt } from '../step';
import type { Balancer, World } from '../world';
import type { PortOverrides } from './port-overrides';

const ADDRESS_TYPES: ReadonlySet<string> = new Set([ELASTIC_IP, INSTANCE]);

/** What an endpoint has from its group. */
export interface EndpointContext {
  readonly group: Resource;
  readonly ports: PortOverrides;
  /** Whether the group's Region is down. */
  readonly isDown: boolean;
  readonly world: World;
}

/** The weight of an endpoint that gives none: by the guide; the CloudFormation reference has another (GA-1). */
const DEFAULT_WEIGHT = 128;
const MAX_WEIGHT = 255;

/** An endpoint: a balancer, whose own health counts, or an address or server that ends the road. */
export class Endpoint implements Hop {
  readonly weight: number;
  readonly hasWeight: boolean;
  readonly isWeightSymbolic: boolean;
  /** How people read it: the logical id, or what was given. */
  readonly name: string;
  private readonly id: Text;
  private readonly keepsAddress: boolean;
  /** That it isn't known whether the balancer sees the client's address. */
  private readonly addressUnknown: Step | undefined;
  /** What is wrong with its reference: an error only for requests that come here. */
  private readonly unusable: string | undefined;
  private compiled: Balancer | undefined;

  constructor(
    fields: Fields,
    private readonly context: EndpointContext,
  ) {
    this.weight = fields.weight('Weight', MAX_WEIGHT) ?? DEFAULT_WEIGHT;
    this.isWeightSymbolic = fields.isSymbolic('Weight');
    this.hasWeight = fields.has('Weight') && !this.isWeightSymbolic;
    const id = fields.text('EndpointId');
    if (id === undefined || id === '') this.unusable = `${fields.at('EndpointId')} is missing or empty.`;
    if (id instanceof Reference && id.resource.type !== LOAD_BALANCER && !ADDRESS_TYPES.has(id.resource.type)) {
      this.unusable = `${fields.at('EndpointId')} must lead to a balancer, an address or an instance, got ${id.text}.`;
    }
    this.id = id ?? '';
    this.name = id instanceof Reference ? id.resource.logicalId : String(id ?? 'an endpoint without an id');
    const type = id instanceof Reference ? id.resource.type : '';
    const isApplication =
      id instanceof Reference &&
      type === LOAD_BALANCER &&
      typeOf(id.resource, context.world.templates).name === 'application';
    const keepsByDefault = type === INSTANCE || isApplication;
    this.keepsAddress = fields.boolean('ClientIPPreservationEnabled') ?? keepsByDefault;
    if (type === LOAD_BALANCER && fields.isSymbolic('ClientIPPreservationEnabled')) {
      this.keepsAddress = false;
      const because = "whether it sees the client's address is not known";
      const warning = `${fields.at('ClientIPPreservationEnabled')} isn't known, so which address ${this.name} sees isn't either.`;
      this.addressUnknown = stepAt('endpoint-group', context.group, because, ['GA-1'], { warning });
    }
  }

  get isHealthy(): boolean {
    return this.unhealthyBecause === undefined;
  }

  /** Why it isn't healthy: `Blue has no targets`. */
  get unhealthyBecause(): string | undefined {
    if (this.context.isDown) return 'its Region is down';
    const { balancer } = this;
    if (balancer === undefined) {
      const isDown =
        this.id instanceof Reference && this.context.world.faults.isRegionDown(this.id.resource.stack.region);
      return isDown ? 'its Region is down' : undefined;
    }
    if (balancer.reachable && balancer.healthyForDns) return undefined;
    return balancer.unhealthyBecause ?? `${this.name} isn't reachable`;
  }

  /** What had to be assumed to say whether it is healthy. */
  get healthDoubt(): string | undefined {
    return this.context.isDown ? undefined : this.balancer?.dnsHealth?.doubt;
  }

  pass(passage: Passage, road: Road): void {
    if (this.unusable !== undefined) throw new HeadgateError('HM1006', this.unusable);
    const { request } = passage;
    const { balancer } = this;
    const { port, doubt } = this.context.ports.of(request.port);
    const onward = this.doubted(passage, doubt).as(
      request.with({
        via: 'global-accelerator',
        port,
        ...(this.keepsAddress ? {} : { address: undefined }),
      }),
    );
    if (balancer) balancer.pass(onward, road);
    else if (this.id instanceof Reference) {
      road.end(onward, { type: 'address', id: this.name, stack: this.id.resource.stack.name });
    } else road.end(onward, { type: 'address', id: this.name });
  }

  /** What matters to a balancer alone and isn't known: its port, and the address that it sees. */
  private doubted(passage: Passage, portUnknown: Step | undefined): Passage {
    if (this.balancer === undefined) return passage;
    const ported = portUnknown === undefined ? passage : passage.part(1, 'bounded', 0, 1).note(portUnknown);
    const isAddressLost = this.addressUnknown !== undefined && passage.request.address !== undefined;
    return isAddressLost ? ported.note(this.addressUnknown!) : ported;
  }

  private get balancer(): Balancer | undefined {
    if (this.compiled === undefined && this.id instanceof Reference && this.id.resource.type === LOAD_BALANCER) {
      this.compiled = this.context.world.balancer(this.id.resource);
    }
    return this.compiled;
  }
}
