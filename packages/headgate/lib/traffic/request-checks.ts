import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { isPlain, shown } from '../shown';
import type { Templates } from '../template';
import { countryFor, isAddress, isCountry } from './client';
import { isRegion, regionNames } from './known';
import type { RequestOptions } from './request';

const OPTIONS: readonly (keyof RequestOptions)[] = [
  'url',
  'method',
  'headers',
  'cookies',
  'clientIp',
  'clientRegion',
  'clientCountry',
  'httpVersion',
  'entry',
];

/**
 * Refuses what the types refuse too, for callers that have none. It is one loop over what is given: requests are asked about by the
 * million.
 *
 * @throws HeadgateError HM2004 that names the option and what to write.
 */
export function requireOptions(options: RequestOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw unusable(`it must be options such as { url: 'https://shop.example.com/path' }, got ${shown(options)}`);
  }
  let hasUrl = false;
  for (const name in options) {
    const value: unknown = options[name as keyof RequestOptions];
    switch (name) {
      case 'url':
        if (typeof value !== 'string') throw notText(name, value, "such as 'https://shop.example.com/path'");
        hasUrl = true;
        break;
      case 'method':
        if (typeof value !== 'string' && value !== undefined) throw notText(name, value, "such as 'GET'");
        break;
      case 'headers':
      case 'cookies':
        if (value !== undefined && !isPlain(value)) throw notMapping(name, value);
        break;
      case 'clientIp':
        if (value !== undefined && (typeof value !== 'string' || !isAddress(value))) {
          throw unusable(`clientIp must be an IPv4 or IPv6 address such as '192.0.2.1', got ${shown(value)}`);
        }
        break;
      case 'clientRegion':
        if (typeof value !== 'string' && value !== undefined) throw notText(name, value, "such as 'eu-west-1'");
        break;
      case 'clientCountry':
        if (value !== undefined && (typeof value !== 'string' || !isCountry(value))) {
          throw unusable(`clientCountry must be ${countryFor(value)}, got ${shown(value)}`);
        }
        break;
      case 'httpVersion':
        if (value !== undefined && value !== '1.0' && value !== '1.1' && value !== '2' && value !== '3') {
          throw unusable(`httpVersion must be one of '1.0', '1.1', '2', '3', got ${shown(value)}`);
        }
        break;
      case 'entry':
        if (typeof value !== 'string' && value !== undefined) throw notText(name, value, 'an id or STACK/ID');
        break;
      default:
        throw unusable(`it has no option '${name}'${didYouMean(name, OPTIONS) || `; there are ${OPTIONS.join(', ')}`}`);
    }
  }
  if (!hasUrl) throw unusable("url is missing: write url: 'https://shop.example.com/path'");
}

/** @throws HeadgateError HM2004 for a header's or cookie's value that isn't a text. */
export function requireTexts(option: 'headers' | 'cookies', values: Readonly<Record<string, string>>): void {
  for (const name in values) {
    const value: unknown = values[name];
    if (typeof value !== 'string') throw notText(`${option}['${name}']`, value, "such as '1'");
  }
}

/**
 * A misspelt Region would count as one that wasn't given.
 *
 * @throws HeadgateError HM2004
 */
export function requireClientRegion(region: string, templates: Templates): void {
  if (isRegion(region, templates)) return;
  throw unusable(`clientRegion '${region}' isn't a Region${didYouMean(region, regionNames(templates))}`);
}

function notText(option: string, value: unknown, write: string): HeadgateError {
  return unusable(`${option} must be a text, ${write}, got ${shown(value)}`);
}

function notMapping(option: string, value: unknown): HeadgateError {
  return unusable(`${option} must be an object of names and texts, such as { name: 'value' }, got ${shown(value)}`);
}

function unusable(what: string): HeadgateError {
  return new HeadgateError('HM2004', `The request isn't usable: ${what}${what.endsWith('?') ? '' : '.'}`);
}
