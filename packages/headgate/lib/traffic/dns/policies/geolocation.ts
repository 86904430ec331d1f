import { countries, type TCountryCode } from 'countries-list';
import type { Hop, Road } from '../../hop';
import type { Passage } from '../../passage';
import { likely, noAnswer } from '../ends';
import { type Member, type Members, oneOf, ruleOf } from '../members';
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

  /** What clients in a country get. */
  private outward(country: TCountryCode | undefined): Hop {
    return this.within(country, country && continentOf(country));
  }

  /** The records for clients in a country, the smallest territory first. */
  private applicable(country: string | undefined, of: string | undefined): readonly Member[] {
    return [
      ...this.withTerritory((territory) => territory.subdivision === undefined && territory.country === country),
      ...this.withTerritory(({ continent }) => of !== undefined && continent === of),
      ...this.withTerritory((territory) => territory.country === '*'),
    ];
  }

  /** What clients in a country of a continent get, and what those in a part of it may get that has records of its own. */
  private within(country: string | undefined, continent: string | undefined, doubt?: string): Hop {
    const applicable = this.applicable(country, continent);
    const parts = this.withTerritory(({ subdivision, country: of }) => subdivision !== undefined && of === country);
    const inParts = parts.filter((part) => chosenOf([part, ...applicable]) === part);
    const labels = inParts.map(({ record }) => record.label);
    const inPart =
      inParts.length === 0
        ? undefined
        : `Which part of ${country} the client is in isn't known: ${labels.join(', ')} of ${this.name} ${labels.length === 1 ? 'counts' : 'count'} as not matching.`;
    const warning = [doubt, inPart].filter((text) => text !== undefined).join(' ') || undefined;
    const others = inParts.map((part) => this.branch(part, [part, ...applicable], warning));
    const chosen = chosenOf(applicable);
    if (chosen) return likely(this.branch(chosen, applicable, warning), others);
    const because = `geolocation: no record for ${country ?? 'the client'} and no default`;
    return likely(noAnswer(this.name, because, FACTS, warning), others);
  }

  /** A record that is chosen among those for a client, the smallest territory first. */
  private branch(chosen: Member, applicable: readonly Member[], warning: string | undefined): Hop {
    const smaller = applicable.slice(0, applicable.indexOf(chosen));
    const because = chosen.health.healthy
      ? smaller.map(({ record, health }) => `${record.label} is out (${health.because})`)
      : [
          'the smallest, as no record for the client is healthy',
          ...applicable.map(({ record, health }) => `${record.label} is out (${health.because})`),
        ];
    return this.members.branch(chosen, {
      because: `geolocation: ${[describe(territoryOf(chosen)), ...because].join(', ')}`,
      facts: chosen.health.healthy ? FACTS : [...FACTS, 'R53-1'],
      speaksOfHealth: true,
      restsOn: chosen.health.healthy ? [...smaller, chosen] : applicable,
      ...(warning === undefined ? {} : { quality: 'bounded', warning }),
    });
  }

  private guess(): Hop {
    const because = `geolocation: ${oneOf(this.members)}, as the client's country isn't given`;
    const hasDefault = this.members.all.some((member) => territoryOf(member).country === '*');
    if (hasDefault) return this.members.guess({ because, facts: FACTS, quality: 'bounded' });
    const warning = `${this.name} has no default record: clients elsewhere get no answer.`;
    const records = this.members.guess({ because, facts: FACTS, quality: 'bounded', warning });
    return likely(records, [
      noAnswer(this.name, 'geolocation: no record for the client and no default', FACTS, warning),
    ]);
  }

  private withTerritory(matches: (territory: Territory) => boolean): readonly Member[] {
    return this.members.all.filter((member) => matches(territoryOf(member)));
  }
}

/** The first that is healthy, else the smallest territory (R53-14). */
function chosenOf(applicable: readonly Member[]): Member | undefined {
  return applicable.find(({ health }) => health.healthy) ?? applicable[0];
}

/** The continent that Route 53 counts a country to (R53-6); its list differs from the one here in Russia alone. */
function continentOf(country: TCountryCode): string {
  return country === 'RU' ? 'EU' : countries[country].continent;
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
