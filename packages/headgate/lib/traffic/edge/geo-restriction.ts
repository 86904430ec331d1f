import { resourceKey } from '../../template';
import type { Hop, Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import { type Step, stepAt } from '../step';
import { type Edge, unknownOf } from './config';

/** Puts the country list of a distribution before the rest of its road (CF-14). */
export function behindGeoRestriction(edge: Edge, next: Hop): Hop {
  const restrictions = edge.config.object('Restrictions');
  const restriction = restrictions?.object('GeoRestriction');
  const unknown =
    unknownOf(edge.config, ['Restrictions']) ??
    unknownOf(restrictions, ['GeoRestriction']) ??
    unknownOf(restriction, ['RestrictionType']);
  if (unknown !== undefined) return behindUnknown(unknown, edge, next);
  const type = restriction?.string('RestrictionType');
  if (!restriction || (type !== 'whitelist' && type !== 'blacklist')) return next;
  const locations = restriction.texts('Locations');
  const known = locations.filter((country) => typeof country === 'string').map((country) => country.toUpperCase());
  const isComplete = !restriction.isSymbolic('Locations') && known.length === locations.length;
  return new GeoRestriction(new Set(known), isComplete, type === 'whitelist', edge, next);
}

/** A restriction that may be any: it counts as serving everybody. */
function behindUnknown(unknown: string, { resource }: Edge, next: Hop): Hop {
  const step = stepAt('distribution', resource, 'may be restricted to some countries', ['CF-14'], {
    warning: `Not known, and so counted as serving every country: ${unknown}.`,
  });
  return { pass: (passage, road) => next.pass(passage.note(step).part(1, 'bounded', 0, 1), road) };
}

class GeoRestriction implements Hop {
  private readonly blocked: Destination;
  private readonly refuses: Step;
  private readonly unknownCountry: Step;
  private readonly unknownList: Step;

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
    const rule = isAllowList ? 'serves some countries alone' : 'serves all countries but some';
    const unknown = (what: string) =>
      stepAt('distribution', resource, rule, ['CF-14'], { warning: `${resourceKey(resource)} ${rule}; ${what}.` });
    this.unknownCountry = unknown(
      "the client's isn't known and counts as one that it serves: give it by --client-country",
    );
    this.unknownList = unknown("they aren't all known, and the client's counts as one that it serves");
  }

  pass(passage: Passage, road: Road): void {
    const { country } = passage.request.client;
    if (country === undefined || (!this.isComplete && !this.countries.has(country))) {
      const step = country === undefined ? this.unknownCountry : this.unknownList;
      this.next.pass(passage.note(step).part(1, 'bounded', 0, 1), road);
    } else if (this.countries.has(country) === this.isAllowList) {
      this.next.pass(passage, road);
    } else {
      road.end(passage.note(this.refuses), this.blocked, 403);
    }
  }
}
