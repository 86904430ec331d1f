import { type Resource, resourceKey } from '../../../template';
import type { Hop, Road } from '../../hop';
import { type Destination, destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import { type Step, stepAt } from '../../step';

/** Where a request ends for whose port a balancer has no listener. */
export class NoListener implements Hop {
  private readonly destination: Destination;
  private readonly step: Step;

  constructor(
    balancer: Resource,
    /** Listeners whose port isn't known: one of them may be the one. */
    private readonly unknown: readonly Resource[],
  ) {
    this.destination = destinationAt('error', balancer);
    const names = unknown.map(resourceKey).join(', ');
    const more = unknown.length === 0 ? {} : { warning: `Left out, since their Port isn't known: ${names}.` };
    this.step = stepAt('load-balancer', balancer, ({ port }) => `nothing listens on ${port}`, ['ALB-34'], {
      ...more,
      failure: 'port',
    });
  }

  pass(passage: Passage, road: Road): void {
    const here = this.unknown.length === 0 ? passage : passage.part(1, 'bounded', 0, 1);
    road.end(here.note(this.step), this.destination);
  }
}
