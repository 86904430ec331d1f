import ipaddr from 'ipaddr.js';
import { Fields, Symbolic } from '../../template';
import { compileBlocks, holdsPublic } from '../matching/cidr';
import { IP_SET } from '../resource-types';
import { isUntold, UNTOLD } from '../untold';
import { setOf } from './references';
import type { RuleScope } from './rule-scope';
import { unreadIn } from './unread';
import { always, NO, never, type Predicate, type Verdict, YES } from './verdict';

/** Compares the address of the connection, or addresses in a header, with an IP set. */
export function compileIpSet(statement: Fields, scope: RuleScope): Predicate {
  const set = setOf(statement, 'Arn', IP_SET, scope);
  if (!set.resource) return set.instead;
  const id = set.resource.logicalId;
  const fields = Fields.of(set.resource);
  const addresses = fields.texts('Addresses');
  const contains = compileBlocks(addresses.filter((address) => typeof address === 'string'));
  const isPartial = fields.isSymbolic('Addresses') || addresses.some((address) => address instanceof Symbolic);
  const partial = scope.unsure('bounded', `refers to ${id}, whose Addresses aren't all known; the others count`);
  const outside: Predicate = isPartial ? partial : () => NO;
  if (statement.isSymbolic('IPSetForwardedIPConfig'))
    return unreadConfig(statement, ['IPSetForwardedIPConfig'], scope)!;
  const forwarded = statement.object('IPSetForwardedIPConfig');
  if (forwarded) return forwardedPredicate(forwarded, scope, contains, outside);
  scope.cite('WAF-2');
  const unknown = scope.unsure(
    'bounded',
    `refers to ${id} and counts as not matching: give the address by --client-ip`,
  );
  const seesAws = (whose: string, facts: readonly string[]) =>
    scope.unsure('bounded', `refers to ${id} and counts as not matching: the address of ${whose} isn't known`, facts);
  const atEdge = seesAws('CloudFront', ['WAF-2']);
  const ofChecker = seesAws('a health checker', ['R53-7']);
  // Checkers ask from public addresses; of the edge's, VPC origins show private ones.
  const mayHoldCheckers = addresses.some((address) => typeof address === 'string' && holdsPublic(address));
  return (inspection) => {
    const { address, via } = inspection.request;
    if (address !== undefined) return contains(address) ? YES : outside(inspection);
    if (via === 'cloudfront') return atEdge(inspection);
    if (via !== 'health-checker') return unknown(inspection);
    return mayHoldCheckers ? ofChecker(inspection) : outside(inspection);
  };
}

/** Addresses in a header, such as X-Forwarded-For (WAF-10). */
function forwardedPredicate(
  config: Fields,
  scope: RuleScope,
  contains: (address: string) => boolean,
  outside: Predicate,
): Predicate {
  scope.cite('WAF-10');
  const unread = unreadConfig(config, ['HeaderName', 'Position'], scope);
  if (unread) return unread;
  const header = config.string('HeaderName')?.toLowerCase() ?? '';
  const fallback = fallbackOf(config, scope);
  const position = config.string('Position') ?? 'FIRST';
  const unknown = unknownForwarded(scope, header);
  return (inspection) => {
    const value = inspection.request.header(header);
    if (value === undefined) return leaveOut(inspection);
    let sawAddress = false;
    let sawUntold = false;
    for (const address of addressesIn(value, position)) {
      if (isUntold(address)) sawUntold = true;
      if (!ipaddr.isValid(address)) continue;
      sawAddress = true;
      if (contains(address)) return YES;
    }
    if (sawUntold) return unknown(inspection);
    return sawAddress ? outside(inspection) : fallback(inspection);
  };
}

/** What a statement comes to of which isn't known where its addresses stand or which of them count (WAF-10). */
function unreadConfig(fields: Fields, names: readonly string[], scope: RuleScope): Predicate | undefined {
  const unread = unreadIn(fields, names);
  if (unread === undefined) return undefined;
  return scope.unsure('bounded', `has the ${unread}, which isn't known, and counts as not matching`, ['WAF-10']);
}

/** WAF looks at no more than the last ten addresses of a header. */
const MOST_ADDRESSES = 10;

function addressesIn(value: string, position: string): readonly string[] {
  const listed = value.split(',').map((address) => address.trim());
  if (position === 'FIRST') return listed.slice(0, 1);
  return listed.slice(position === 'LAST' ? -1 : -MOST_ADDRESSES);
}

/** The countries of a list, by the country of the client or of the first address in a header (WAF-13). */
export function compileGeoMatch(statement: Fields, scope: RuleScope): Predicate {
  scope.cite('WAF-13');
  const codes = statement.texts('CountryCodes');
  const known = new Set(codes.filter((code) => typeof code === 'string').map((code) => code.toUpperCase()));
  const isPartial = statement.isSymbolic('CountryCodes') || codes.some((code) => code instanceof Symbolic);
  const partial = scope.unsure('bounded', "has CountryCodes that aren't all known; the others count");
  const outside: Predicate = isPartial ? partial : () => NO;
  if (statement.isSymbolic('ForwardedIPConfig')) return unreadConfig(statement, ['ForwardedIPConfig'], scope)!;
  const forwarded = statement.object('ForwardedIPConfig');
  if (forwarded) return forwardedCountry(forwarded, scope, known, outside);
  const text = 'matches countries and counts as not matching: give the country by --client-country';
  const unknown = scope.unsure('bounded', text, ['WAF-13']);
  const atEdge = scope.unsure(
    'bounded',
    "matches countries and sees CloudFront's addresses here, so it counts as not matching",
    ['WAF-2'],
  );
  return (inspection) => {
    const { request } = inspection;
    const isClient = request.via !== 'cloudfront' && request.address === request.client.address;
    const country = isClient ? request.client.country : undefined;
    inspection.countries.clientip = country;
    if (country === undefined) return request.via === 'cloudfront' ? atEdge(inspection) : unknown(inspection);
    return known.has(country) ? YES : outside(inspection);
  };
}

function forwardedCountry(config: Fields, scope: RuleScope, known: ReadonlySet<string>, outside: Predicate): Predicate {
  scope.cite('WAF-10');
  const unread = unreadConfig(config, ['HeaderName'], scope);
  if (unread) return unread;
  const header = config.string('HeaderName')?.toLowerCase() ?? '';
  const fallback = fallbackOf(config, scope);
  const unknown = unknownForwarded(scope, header);
  return (inspection) => {
    const { request } = inspection;
    const value = request.header(header);
    if (value === undefined) return leaveOut(inspection);
    const first = value.split(',', 1)[0]!.trim();
    if (!isUntold(first) && !ipaddr.isValid(first)) return fallback(inspection);
    const isClient = first === UNTOLD || first === request.client.address;
    const country = isClient ? request.client.country : undefined;
    inspection.countries.forwardedip = country;
    if (country === undefined) return unknown(inspection);
    return known.has(country) ? YES : outside(inspection);
  };
}

/** A rule whose header is absent isn't applied to the request at all, whatever stands around the statement. */
function leaveOut(inspection: { outOfScope: boolean }): Verdict {
  inspection.outOfScope = true;
  return NO;
}

/** What a header without a valid address comes to. */
function fallbackOf(config: Fields, scope: RuleScope): Predicate {
  const unread = unreadConfig(config, ['FallbackBehavior'], scope);
  if (unread) return unread;
  return config.string('FallbackBehavior') === 'MATCH' ? always : never;
}

function unknownForwarded(scope: RuleScope, header: string): Predicate {
  const text = `looks at the address in ${header}, which isn't known, and counts as not matching: give it by --client-ip`;
  return scope.unsure('bounded', text, ['WAF-10']);
}
