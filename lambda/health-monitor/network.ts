import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { type AddressPolicy, strictPolicy } from './address-policy';

/** What stands between a probe and the network. */
export interface Network {
  /** The addresses of a host, the one to use first. */
  readonly resolve: (host: string) => Promise<LookupAddress[]>;
  readonly refusal: AddressPolicy;
  /** Certificates to trust in place of the runtime's own roots. */
  readonly ca?: string;
}

/** The network of the handler. IPv4 first, as Route 53's checkers (R53-7), since a function has no IPv6 unless its VPC gives it one. */
export const strictNetwork: Network = {
  resolve: (host) => lookup(host, { all: true, order: 'ipv4first' }),
  refusal: strictPolicy,
};
