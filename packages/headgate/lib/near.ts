/** Edits that a slip of the fingers makes at most. */
const MOST = 2;
/** Longer texts aren't compared: nobody mistypes them. */
const LONGEST = 100;

/**
 * The names that a text may have been meant to be, the nearest alone, in any case: those that one or two letters, or two letters in the
 * wrong order, tell from it.
 */
export function near(text: string, known: Iterable<string>): readonly string[] {
  if (text.length > LONGEST) return [];
  const meant = text.toLowerCase();
  let least = Math.min(MOST, (text.length - 1) / 2);
  let names: string[] = [];
  for (const name of new Set(known)) {
    if (Math.abs(name.length - text.length) > least) continue;
    const edits = editsOf(meant, name.toLowerCase());
    if (edits > least) continue;
    if (edits < least) names = [];
    least = edits;
    names.push(name);
  }
  return names.slice(0, 3);
}

/** The end of a message on a name that isn't known: `; did you mean us-east-1?`, or nothing if none is near. */
export function didYouMean(text: string, known: Iterable<string>): string {
  const names = near(text, known);
  return names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`;
}

/** The letters to add, drop, replace or swap with the next one. */
function editsOf(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let at = 1; at <= other.length; at++) {
      const isSame = one[row - 1] === other[at - 1];
      const isSwapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      const edits = Math.min(last[at]! + 1, now[at - 1]! + 1, last[at - 1]! + (isSame ? 0 : 1));
      now.push(isSwapped ? Math.min(edits, before[at - 2]! + 1) : edits);
    }
    [before, last] = [last, now];
  }
  return last[other.length]!;
}
