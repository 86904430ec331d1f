/** Any number of characters, slashes and dots too (ALB-3). */
const ANY = '*';
/** Exactly one character. */
const ONE = '?';

/** What stands for `?` in an example when the other pattern doesn't say more. */
const FILLER = 'x';

/**
 * A shortest text that both patterns match as a whole, and undefined if there is none. `*` and `?` are wildcards and everything else is
 * literal, with regard to case: callers lower-case both where the balancer compares without it.
 *
 * The answer is exact. One table of (rest of `a`, rest of `b`) makes it linear in the product of the lengths, where trying `*` with every
 * length would be exponential. Most patterns part in their literal beginnings and never get that far.
 */
export function globIntersection(a: string, b: string): string | undefined {
  let prefix = 0;
  while (isLiteral(a[prefix]) && isLiteral(b[prefix])) {
    if (a[prefix] !== b[prefix]) return undefined;
    prefix++;
  }
  const rest = shortest(a.slice(prefix), b.slice(prefix));
  return rest === undefined ? undefined : a.slice(0, prefix) + rest;
}

/** `length` of (i, j) is that of a shortest text that the rests of both patterns match, Infinity for none. */
function shortest(a: string, b: string): string | undefined {
  const width = b.length + 1;
  const length = new Array<number>((a.length + 1) * width).fill(Number.POSITIVE_INFINITY);
  const at = (i: number, j: number): number => length[i * width + j]!;
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      const ends = i === a.length && j === b.length ? 0 : Number.POSITIVE_INFINITY;
      length[i * width + j] = Math.min(ends, ...steps(a, b, i, j).map((step) => step.text.length + at(step.i, step.j)));
    }
  }
  if (at(0, 0) === Number.POSITIVE_INFINITY) return undefined;
  let text = '';
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const next = steps(a, b, i, j).find((step) => step.text.length + at(step.i, step.j) === at(i, j))!;
    text += next.text;
    i = next.i;
    j = next.j;
  }
  return text;
}

interface Step {
  readonly i: number;
  readonly j: number;
  readonly text: string;
}

/** Where the two patterns can go together from (i, j): a `*` ends, or both take one character. Every step goes forward. */
function steps(a: string, b: string, i: number, j: number): Step[] {
  const x = a[i];
  const y = b[j];
  const found: Step[] = [];
  if (x === ANY) found.push({ i: i + 1, j, text: '' });
  if (y === ANY) found.push({ i, j: j + 1, text: '' });
  // Two `*` need not take anything together: ending one of them is as good.
  if (x === undefined || y === undefined || (x === ANY && y === ANY)) return found;
  const text = shared(x, y);
  if (text !== undefined) found.push({ i: x === ANY ? i : i + 1, j: y === ANY ? j : j + 1, text });
  return found;
}

function shared(x: string, y: string): string | undefined {
  if (isLiteral(x)) return !isLiteral(y) || x === y ? x : undefined;
  return isLiteral(y) ? y : FILLER;
}

function isLiteral(character: string | undefined): boolean {
  return character !== undefined && character !== ANY && character !== ONE;
}
