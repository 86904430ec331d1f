import { type Resource, resourceKey } from '../../../template';
import type { Hop, Road } from '../../hop';
import { type Destination, destinationAt } from '../../outcome';
import type { Passage } from '../../passage';
import { type Step, stepAt } from '../../step';

/** Where a request ends for whose port a balancer has no listener. */
export class NoListener implements Hop {
  private readonly destination: Destination;
  private readonly step: Step;
  private readonly mayListen: boolean;

  constructor(
    balancer: Resource,
    /** Listeners whose port isn't known: one of them may be the one. */
    unknown: readonly Resource[],
    /** A warning about listeners of which isn't known whether they are its own. */
    strays: string | undefined,
  ) {
    this.destination = destinationAt('error', balancer);
    const names = unknown.map(resourceKey).join(', ');
    const warnings = [
      ...(unknown.length === 0 ? [] : [`Left out, since their Port isn't known: ${names}.`]),
      ...(strays === undefined ? [] : [strays]),
    ];
    this.mayListen = warnings.length > 0;
    const more = this.mayListen ? { warning: warnings.join(' ') } : {};
    this.step = stepAt('load-balancer', balancer, ({ port }) => `nothing listens on ${port}`, ['ALB-34'], {
      ...more,
      failure: 'port',
    });
  }

  pass(passage: Passage, road: Road): void {
    const here = this.mayListen ? passage.part(1, 'bounded', 0, 1) : passage;
    road.end(here.note(this.step), this.destination);
  }
}
