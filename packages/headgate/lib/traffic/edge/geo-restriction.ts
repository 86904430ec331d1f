import type { Hop, Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { type Step, stepAt } from '../step';
import type { Edge } from './config';

/** Puts the country list of a distribution before the rest of its road (CF-14). */
export function behindGeoRestriction(edge: Edge, next: Hop): Hop {
  const restriction = edge.config.object('Restrictions')?.object('GeoRestriction');
  const type = restriction?.string('RestrictionType');
  if (!restriction || (type !== 'whitelist' && type !== 'blacklist')) return next;
  const locations = restriction.texts('Locations');
  const known = locations.filter((country) => typeof country === 'string').map((country) => country.toUpperCase());
  const isComplete = !restriction.isSymbolic('Locations') && known.length === locations.length;
  return new GeoRestriction(new Set(known), isComplete, type === 'whitelist', edge, next);
}

class GeoRestriction implements Hop {
  private readonly blocked: Destination;
  private readonly refuses: Step;
  private readonly unknown: Step;

  constructor(
    private readonly countries: ReadonlySet<string>,
    /** Whether all countries of the list are known. */
    private readonly isComplete: boolean,
    private readonly isAllowList: boolean,
    { resource }: Edge,
    private readonly next: Hop,
  ) {
    this.blocked = destinationAt('blocked', resource);
    this.refuses = stepAt('distribution', resource, "serves nobody in the client's country", ['CF-14']);
    this.unknown = stepAt('distribution', resource, 'is restricted to some countries', ['CF-14'], {
      warning: `${resource.stack.name}/${resource.logicalId} serves only some countries; whether the client's is one isn't known, so it counts as one.`,
    });
  }

  pass(passage: Passage, road: Road): void {
    const { country } = passage.request.client;
    if (country === undefined || (!this.isComplete && !this.countries.has(country))) {
      this.next.pass(passage.note(this.unknown).part(1, 'bounded', 0, 1), road);
    } else if (this.countries.has(country) === this.isAllowList) {
      this.next.pass(passage, road);
    } else {
      road.end(passage.note(this.refuses), this.blocked, 403);
    }
  }
}
