import { type Resource, resourceKey } from '../../../template';
import type { Road } from '../../hop';
import { type Destination, destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import { type Step, stepAt } from '../../step';
import type { Balancer, DnsHealth, World } from '../../world';
import { listenersOf, strayListeners } from '../parts-of';
import { BalancerBase } from '../zones';
import { NetworkListener } from './listener';

/** Compiles a Network Load Balancer: its listeners by port, their rules by the client's IP version, and weighted groups. */
export function compileNetworkBalancer(resource: Resource, world: World): Balancer {
  return new NetworkBalancer(resource, world);
}

class NetworkBalancer implements Balancer {
  readonly reachable: boolean;
  private readonly base: BalancerBase;
  private readonly listeners = new Map<number, NetworkListener[]>();
  private readonly noListener: Step;
  /** Whether a listener whose port isn't known may be the one that a request asks for. */
  private readonly mayListen: boolean;
  private readonly error: Destination;

  constructor(
    readonly resource: Resource,
    world: World,
  ) {
    this.base = new BalancerBase(resource, world);
    this.reachable = this.base.reachable;
    this.error = destinationAt('error', resource);
    const unknown: string[] = [];
    for (const one of listenersOf(resource, world.templates)) {
      const listener = new NetworkListener(one, this.base, world);
      if (listener.port === undefined) unknown.push(one.logicalId);
      else this.listeners.set(listener.port, [...(this.listeners.get(listener.port) ?? []), listener]);
    }
    const strays = strayListeners(world.templates);
    this.mayListen = unknown.length > 0 || strays !== undefined;
    this.noListener = noListener(resource, unknown, strays);
  }

  get healthyForDns(): boolean {
    return this.base.healthyForDns;
  }

  get unhealthyBecause(): string | undefined {
    return this.base.unhealthyBecause;
  }

  get dnsHealth(): DnsHealth {
    return this.base.dnsHealth;
  }

  pass(passage: Passage, road: Road): void {
    if (!this.reachable) {
      this.base.refuse(passage, road);
      return;
    }
    const entered = this.base.enter(passage);
    const candidates = this.listeners.get(entered.request.port);
    if (candidates === undefined) {
      const here = this.mayListen ? entered.part(1, 'bounded', 0, 1) : entered;
      road.end(here.note(this.noListener), this.error, null);
      return;
    }
    // One port can have two listeners only if one is for TCP and one for UDP.
    for (const listener of candidates) {
      if (listener.carries(entered.request)) {
        listener.pass(entered, road);
        return;
      }
    }
    candidates[0]!.refuse(entered, road);
  }
}

function noListener(balancer: Resource, unknown: readonly string[], strays: string | undefined): Step {
  const because = (request: { readonly port: number }) => `no listener on port ${request.port}`;
  const ports = `${resourceKey(balancer)}: the Port of ${unknown.join(' and ')} isn't known, so it counts as another one.`;
  const warnings = [...(unknown.length === 0 ? [] : [ports]), ...(strays === undefined ? [] : [strays])];
  const more = warnings.length === 0 ? {} : { warning: warnings.join(' ') };
  return stepAt('load-balancer', balancer, because, ['NLB-1'], { ...more, failure: 'port' });
}
