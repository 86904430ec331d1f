import type { Fields, Resource, Templates, Text } from '../../template';
import { isMultiTenant, tenantsOf } from './tenants';

/** The hosts that a distribution answers for (CF-12, CF-22). */
export class Hosts {
  /** Those of a distribution: its aliases and its own domain, or the domains of its tenants. */
  static of(distribution: Resource, config: Fields, templates: Templates): Hosts {
    if (!isMultiTenant(config)) {
      const aliases = config.texts('Aliases');
      const isBare = aliases.length === 0 && !config.isSymbolic('Aliases');
      return new Hosts(aliases, unknownIn([config], 'Aliases'), true, isBare);
    }
    const tenants = tenantsOf(distribution, templates);
    const domains = tenants.flatMap((tenant) => tenant.texts('Domains'));
    const unknown = tenants.length === 0 ? `${config.where}: its tenants` : unknownIn(tenants, 'Domains');
    return new Hosts(domains, unknown, false, false);
  }

  private readonly names = new Set<string>();
  private readonly suffixes: string[] = [];
  /** Why, for traces. */
  readonly because: string;

  private constructor(
    hosts: readonly Text[],
    /** What isn't known of them, so that any host counts as right; undefined if all are known. */
    readonly unknown: string | undefined,
    /** Whether the domain that CloudFront gives it is one of them. */
    private readonly hasOwnDomain: boolean,
    /** Whether it has no other: any host of a request that sets out here stands for it. */
    private readonly isBare: boolean,
  ) {
    for (const host of hosts) {
      if (typeof host !== 'string') continue;
      if (host.startsWith('*.')) this.suffixes.push(host.slice(1).toLowerCase());
      else this.names.add(host.toLowerCase());
    }
    this.because = isBare || unknown !== undefined ? 'any host counts as its own' : 'the host is one of its own';
  }

  /**
   * How closely a host is named: infinity by a name in full, a length by a wildcard, 0 if any host counts, -1 if it isn't covered.
   *
   * @param byName whether a name in DNS led here, which has to be an alias
   */
  closeness(host: string, byName = false): number {
    if (this.names.has(host) || (this.hasOwnDomain && isOwnDomain(host))) return Number.POSITIVE_INFINITY;
    let closest = this.unknown !== undefined || (this.isBare && !byName) ? 0 : -1;
    for (const suffix of this.suffixes) {
      if (suffix.length > closest && host.length > suffix.length && host.endsWith(suffix)) closest = suffix.length;
    }
    return closest;
  }

  /** Whether there are wildcards, which another distribution can have a closer name below. */
  get hasWildcards(): boolean {
    return this.suffixes.length > 0;
  }
}

/** Whether it is the name that CloudFront gives a distribution: literally, or as a template refers to it. */
function isOwnDomain(host: string): boolean {
  return host.endsWith('.cloudfront.net') || host.startsWith('${');
}

/** Where a list stands of which not every text is known; undefined if all lists are known. */
function unknownIn(all: readonly Fields[], list: string): string | undefined {
  const unknown = all.find(
    (fields) => fields.isSymbolic(list) || fields.texts(list).some((text) => typeof text !== 'string'),
  );
  return unknown?.at(list);
}
