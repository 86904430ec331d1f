import { type Fields, keyOf, Symbolic, type Text } from '../../template';

/** The one of some origins or origin groups that has an Id. Equal symbolic Ids are equal: `!Ref Name` in both places is one Id. */
export function withId(candidates: readonly Fields[], id: Text): Fields | undefined {
  const key = keyOf(id);
  return candidates.find((candidate) => {
    const own = candidate.text('Id');
    return own !== undefined && keyOf(own) === key;
  });
}

/**
 * The one origin that an Id can stand for if none equals it as written, and one of the two isn't known before a deployment: CloudFront
 * refuses a distribution in which an Id leads nowhere.
 */
export function onlyPossible(origins: readonly Fields[], id: Text, config: Fields): Fields | undefined {
  const isSymbolic = id instanceof Symbolic;
  if (isSymbolic && (config.object('OriginGroups')?.objects('Items').length ?? 0) > 0) return undefined;
  const possible = origins.filter((origin) => (isSymbolic && origin.has('Id')) || origin.isSymbolic('Id'));
  return possible.length === 1 ? possible[0] : undefined;
}
