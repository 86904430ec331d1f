import { isIP } from 'node:net';
import { countries, type TCountryCode } from 'countries-list';

/** Codes that are taken for those of countries, but that no list of ISO 3166 has. */
const MISTAKEN: Readonly<Record<string, TCountryCode>> = { EL: 'GR', UK: 'GB' };

/** Whether a text is an IPv4 address of four parts or an IPv6 address without a zone. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}

/** Whether a text is the code of a country in ISO 3166, in any case. */
export function isCountry(text: string): boolean {
  return Object.hasOwn(countries, text.toUpperCase());
}

/** What to write in place of a text that is no country: a clause that goes on after `must be`. */
export function countryFor(text: unknown): string {
  const code = typeof text === 'string' ? text.toUpperCase() : '';
  if (!Object.hasOwn(MISTAKEN, code)) return 'the two letters of a country in ISO 3166, such as DE';
  const meant = MISTAKEN[code]!;
  return `the two letters of a country in ISO 3166: ${meant} for ${countries[meant].name}`;
}
