import { isOneZone, isWithin } from './hosted-zones';
import type { ExistingName } from './record';

/** Names whose name servers a record of the zone above them names: what that zone itself has at or below them isn't asked (R53-20). */
export class Delegations {
  private readonly all: readonly ExistingName[];

  constructor(names: readonly ExistingName[]) {
    this.all = names.filter((name) => name.hasServers && !name.isPrivate && isBelowItsZone(name, names));
  }

  /** The name by which a name is handed on to other name servers; the lowest, as each is asked in turn. */
  over(name: string): string | undefined {
    const above = this.all.filter(({ key }) => isWithin(name, key)).map(({ key }) => key);
    return above.sort((one, other) => other.length - one.length)[0];
  }

  /** The name by which what stands in a zone is hidden; undefined if it is asked. */
  hiding(name: Omit<ExistingName, 'hasServers'>): string | undefined {
    return this.all.find((each) => isWithin(name.key, each.key) && isOneZone(each, name) === true)?.key;
  }
}

/** A zone has name servers at its own name too. If that isn't known, a name outside shows that the zone stands above. */
function isBelowItsZone(name: ExistingName, names: readonly ExistingName[]): boolean {
  if (name.zoneName !== undefined) return name.zoneName !== name.key;
  return names.some((other) => isOneZone(name, other) === true && !isWithin(other.key, name.key));
}
