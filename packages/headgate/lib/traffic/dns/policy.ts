import ipaddr from 'ipaddr.js';
import { Fields, Symbolic } from '../../template';
import { type Place, placeOfRegion } from '../regions';
import { CIDR_COLLECTION } from '../resource-types';

/** The largest weight of a record (R53-2). */
const MAX_WEIGHT = 255;

/** A CIDR block, parsed. */
export type Block = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Where a geolocation record is for: the most specific that is given decides. */
export interface Territory {
  readonly continent?: string;
  /** `*` for the default record. */
  readonly country?: string;
  readonly subdivision?: string;
}

/** What a record says about when it is chosen. */
export type PolicyRule =
  | { readonly kind: 'simple' }
  | { readonly kind: 'multivalue' }
  | { readonly kind: 'weighted'; readonly weight: number }
  | { readonly kind: 'latency'; readonly region: string }
  | { readonly kind: 'failover'; readonly isPrimary: boolean }
  | { readonly kind: 'geolocation'; readonly territory: Territory }
  | { readonly kind: 'geoproximity'; readonly place: Place; readonly region?: string; readonly bias: number }
  | { readonly kind: 'ip-based'; readonly isDefault: boolean; readonly blocks: readonly Block[] };

/** A routing policy's name. */
export type PolicyKind = PolicyRule['kind'];

/** The policy of a record, or that it can't be read from the template. */
export type Policy = PolicyRule | { readonly kind: PolicyKind; readonly unknown: string };

/** Reads the policy of a record. */
export function readPolicy(record: Fields): Policy {
  if (record.has('Weight')) return readWeight(record);
  if (record.has('Region')) {
    const region = record.string('Region');
    return region === undefined ? unknown('latency', record, 'Region') : { kind: 'latency', region };
  }
  if (record.has('Failover')) {
    const role = record.string('Failover');
    return role === undefined
      ? unknown('failover', record, 'Failover')
      : { kind: 'failover', isPrimary: role.toUpperCase() === 'PRIMARY' };
  }
  if (record.has('GeoLocation')) return readTerritory(record);
  if (record.has('GeoProximityLocation')) return readProximity(record);
  if (record.has('CidrRoutingConfig')) return readBlocks(record);
  if (record.isSymbolic('MultiValueAnswer')) return unknown('multivalue', record, 'MultiValueAnswer');
  return record.boolean('MultiValueAnswer') ? { kind: 'multivalue' } : { kind: 'simple' };
}

function unknown(kind: PolicyKind, fields: Fields, property: string): Policy {
  return { kind, unknown: fields.at(property) };
}

function readWeight(record: Fields): Policy {
  const weight = record.weight('Weight', MAX_WEIGHT);
  if (weight === undefined) return unknown('weighted', record, 'Weight');
  return { kind: 'weighted', weight };
}

function readTerritory(record: Fields): Policy {
  const location = record.object('GeoLocation');
  if (!location) return unknown('geolocation', record, 'GeoLocation');
  for (const property of ['ContinentCode', 'CountryCode', 'SubdivisionCode']) {
    if (location.isSymbolic(property)) return unknown('geolocation', location, property);
  }
  const territory = {
    ...given('continent', location.string('ContinentCode')),
    ...given('country', location.string('CountryCode')),
    ...given('subdivision', location.string('SubdivisionCode')),
  };
  return { kind: 'geolocation', territory };
}

function given(name: keyof Territory, code: string | undefined): Territory {
  return code === undefined ? {} : { [name]: code.toUpperCase() };
}

function readProximity(record: Fields): Policy {
  const location = record.object('GeoProximityLocation');
  if (!location) return unknown('geoproximity', record, 'GeoProximityLocation');
  const bias = location.number('Bias') ?? 0;
  if (location.isSymbolic('Bias')) return unknown('geoproximity', location, 'Bias');
  if (bias < -99 || bias > 99) throw location.wrong('Bias', 'a number from -99 to 99', bias);
  const coordinates = location.object('Coordinates');
  if (coordinates) {
    const latitude = coordinates.number('Latitude');
    const longitude = coordinates.number('Longitude');
    if (latitude === undefined || longitude === undefined) return unknown('geoproximity', location, 'Coordinates');
    return { kind: 'geoproximity', place: { latitude, longitude }, bias };
  }
  const region = location.string('AWSRegion');
  const place = region === undefined ? undefined : placeOfRegion(region);
  if (region === undefined || place === undefined) {
    return unknown('geoproximity', location, location.has('AWSRegion') ? 'AWSRegion' : 'LocalZoneGroup');
  }
  return { kind: 'geoproximity', place, region, bias };
}

function readBlocks(record: Fields): Policy {
  const config = record.object('CidrRoutingConfig');
  const location = config?.string('LocationName');
  if (!config || location === undefined) return unknown('ip-based', record, 'CidrRoutingConfig');
  if (location === '*') return { kind: 'ip-based', isDefault: true, blocks: [] };
  const collection = config.reference('CollectionId');
  if (collection?.type !== CIDR_COLLECTION) return unknown('ip-based', config, 'CollectionId');
  const fields = Fields.of(collection);
  const locations = fields.objects('Locations');
  if (fields.list('Locations').length !== locations.length || fields.isSymbolic('Locations')) {
    return unknown('ip-based', fields, 'Locations');
  }
  const unnamed = locations.find((candidate) => candidate.isSymbolic('LocationName'));
  const found = locations.find((candidate) => candidate.string('LocationName') === location);
  if (!found && unnamed) return unknown('ip-based', unnamed, 'LocationName');
  if (found?.isSymbolic('CidrList') || found?.list('CidrList').some((block) => block instanceof Symbolic)) {
    return unknown('ip-based', found, 'CidrList');
  }
  const blocks = (found?.texts('CidrList') ?? []).flatMap((block) =>
    typeof block === 'string' && ipaddr.isValidCIDR(block) ? [ipaddr.parseCIDR(block)] : [],
  );
  return { kind: 'ip-based', isDefault: false, blocks };
}
