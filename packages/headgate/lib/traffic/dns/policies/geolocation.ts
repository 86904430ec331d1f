import { countries, type TCountryCode } from 'countries-list';
import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { noAnswer } from '../ends';
import { type Member, type Members, ruleOf } from '../members';
import type { Territory } from '../policy';

const FACTS = ['R53-6', 'R53-14'];

/** The record of the smallest territory that the client is in, outward past unhealthy ones (R53-6, R53-14). */
export function byGeolocation(members: Members): Hop {
  if (members.all.length === 1 && territoryOf(members.all[0]!).country === '*') {
    return members.branch(members.all[0]!, { because: 'geolocation: the default record', facts: FACTS });
  }
  return new Geolocation(members);
}

class Geolocation implements Hop {
  private readonly byCountry = new Map<string, Hop>();
  private readonly anywhere: Hop;
  private readonly elsewhere: Hop;
  private readonly name: string;

  constructor(private readonly members: Members) {
    this.name = String(members.all[0]!.record.name);
    this.anywhere = this.guess();
    this.elsewhere = this.outward(undefined);
  }

  /** Behind an edge it is the edge that asks DNS, and where that is nobody says. */
  pass(passage: Passage, road: Road): void {
    const { client, via } = passage.request;
    const country = via === 'cloudfront' ? undefined : client.country;
    if (country === undefined) this.anywhere.pass(passage, road);
    else this.ofCountry(country).pass(passage, road);
  }

  private ofCountry(country: string): Hop {
    if (!isCountry(country)) return this.elsewhere;
    let hop = this.byCountry.get(country);
    if (!hop) {
      hop = this.outward(country);
      this.byCountry.set(country, hop);
    }
    return hop;
  }

  private outward(country: TCountryCode | undefined): Hop {
    const applicable = [
      ...this.withTerritory(({ subdivision, country: of }) => subdivision === undefined && of === country),
      ...this.withTerritory(({ continent }) => country !== undefined && continent === countries[country].continent),
      ...this.withTerritory(({ country: of }) => of === '*'),
    ];
    const parts = this.withTerritory(({ subdivision, country: of }) => subdivision !== undefined && of === country);
    const warning =
      parts.length === 0
        ? undefined
        : `Which part of ${country} the client is in isn't known: ${parts.map(({ record }) => record.label).join(', ')} of ${this.name} count as not matching.`;
    const chosen = applicable.find(({ health }) => health.healthy) ?? applicable[0];
    if (!chosen) {
      return noAnswer(
        this.name,
        `geolocation: no record for ${country ?? 'the client'} and no default`,
        FACTS,
        warning,
      );
    }
    const before = applicable.slice(0, applicable.indexOf(chosen));
    const because = chosen.health.healthy
      ? [describe(territoryOf(chosen)), ...before.map(({ record, health }) => `${record.label} is out (${health.why})`)]
      : [describe(territoryOf(chosen)), 'the smallest, as no record for the client is healthy'];
    return this.members.branch(chosen, {
      because: `geolocation: ${because.join(', ')}`,
      facts: chosen.health.healthy ? FACTS : [...FACTS, 'R53-1'],
      speaksOfHealth: true,
      ...(warning === undefined ? {} : { quality: 'bounded', warning }),
    });
  }

  private guess(): Hop {
    const because = `geolocation: one of ${this.members.usable.length} records, as the client's country isn't given`;
    const hasDefault = this.members.all.some((member) => territoryOf(member).country === '*');
    const warning = `${this.name} has no default record: clients elsewhere get no answer.`;
    return this.members.guess({ because, facts: FACTS, quality: 'bounded', ...(hasDefault ? {} : { warning }) });
  }

  private withTerritory(matches: (territory: Territory) => boolean): readonly Member[] {
    return this.members.all.filter((member) => matches(territoryOf(member)));
  }
}

function isCountry(code: string): code is TCountryCode {
  return Object.hasOwn(countries, code);
}

function territoryOf(member: Member): Territory {
  return ruleOf(member, 'geolocation')?.territory ?? {};
}

function describe({ continent, country, subdivision }: Territory): string {
  if (country === '*') return 'the default record';
  if (country !== undefined) return subdivision === undefined ? `country ${country}` : `${country}-${subdivision}`;
  return `continent ${continent}`;
}
