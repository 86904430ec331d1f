import type { Fields } from '../../template';

/** The hosts that a distribution answers for (CF-12). */
export class Hosts {
  private readonly names = new Set<string>();
  private readonly suffixes: string[] = [];
  /** Whether there are no aliases: any host of a request that sets out here stands for the distribution's own. */
  private readonly isBare: boolean;
  /** Whether some aliases aren't known, so that any host counts as right. */
  private readonly isUnknown: boolean;
  /** Why, for traces. */
  readonly because: string;
  /** The property of which a part isn't known. */
  readonly unknown: string | undefined;

  constructor(config: Fields) {
    const aliases = config.texts('Aliases');
    for (const alias of aliases) {
      if (typeof alias !== 'string') continue;
      if (alias.startsWith('*.')) this.suffixes.push(alias.slice(1).toLowerCase());
      else this.names.add(alias.toLowerCase());
    }
    this.isUnknown = config.isSymbolic('Aliases') || aliases.some((alias) => typeof alias !== 'string');
    this.isBare = aliases.length === 0 && !this.isUnknown;
    this.because = this.isBare || this.isUnknown ? 'any host counts as its own' : 'the host is one of its own';
    this.unknown = this.isUnknown ? config.at('Aliases') : undefined;
  }

  /**
   * How closely a host is named: infinity by a name in full, a length by a wildcard, 0 if any host counts, -1 if it isn't covered.
   *
   * @param byName whether a name in DNS led here, which has to be an alias
   */
  closeness(host: string, byName = false): number {
    if (this.names.has(host) || isOwnDomain(host)) return Number.POSITIVE_INFINITY;
    let closest = this.isUnknown || (this.isBare && !byName) ? 0 : -1;
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
