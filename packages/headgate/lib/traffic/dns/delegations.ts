import { isOneZone, isWithin } from './hosted-zones';
import { ancestors } from './names';
import type { ExistingName } from './record';

/** Names whose name servers a record of the zone above them names: what that zone itself has at or below them isn't asked (R53-20). */
export class Delegations {
  private readonly byKey = new Map<string, ExistingName[]>();

  constructor(names: readonly ExistingName[]) {
    for (const name of names) {
      if (!name.hasServers || name.isPrivate || !isBelowItsZone(name, names)) continue;
      const others = this.byKey.get(name.key);
      if (others) others.push(name);
      else this.byKey.set(name.key, [name]);
    }
  }

  /** The name by which a name is handed on to other name servers; the lowest, as each is asked in turn. */
  over(name: string): string | undefined {
    return [name, ...ancestors(name)].find((key) => this.byKey.has(key));
  }

  /** The name by which what stands in a zone is hidden; undefined if it is asked. */
  hiding(name: Omit<ExistingName, 'hasServers'>): string | undefined {
    return [name.key, ...ancestors(name.key)].find((key) =>
      this.byKey.get(key)?.some((each) => isOneZone(each, name) === true),
    );
  }
}

/** A zone has name servers at its own name too. If that isn't known, a name outside shows that the zone stands above. */
function isBelowItsZone(name: ExistingName, names: readonly ExistingName[]): boolean {
  if (name.zoneName !== undefined) return name.zoneName !== name.key;
  return names.some((other) => isOneZone(name, other) === true && !isWithin(other.key, name.key));
}
