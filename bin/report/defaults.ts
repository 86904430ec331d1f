import type { AssemblyStack } from './assembly';
import { WIDTH, wrap } from './render';
import { at } from './values';

/** The type under which constructs of the library say which defaults they chose. */
const DEFAULT_METADATA = 'cdk-headgate:default';

/** Scopes that hold constructs of one kind, each under a name of its own. */
const COLLECTIONS: Readonly<Record<string, string>> = { Fleets: 'Fleet', TargetGroups: 'TargetGroup' };

/** A default that was chosen, and in how many places. */
export interface ChosenDefault {
  /** The construct's kind, by the id that it has in the library's compositions. */
  readonly kind: string;
  readonly prop: string;
  readonly value: string;
  readonly why: string;
  readonly places: number;
}

/** The defaults that stand in for props that nobody gave, each once. */
export function chosenDefaults(stacks: readonly AssemblyStack[]): ChosenDefault[] {
  const found = new Map<string, ChosenDefault>();
  for (const { path, data, type } of stacks.flatMap(({ metadata }) => metadata)) {
    if (type !== DEFAULT_METADATA) continue;
    const [prop, value, why] = ['prop', 'value', 'why'].map((key) => String(at(data, key)));
    const kind = kindOf(path);
    const key = JSON.stringify([kind, prop, value]);
    found.set(key, { kind, prop: prop!, value: value!, why: why!, places: (found.get(key)?.places ?? 0) + 1 });
  }
  return [...found.values()].sort(
    (a, b) => compare(a.kind, b.kind) || compare(a.prop, b.prop) || compare(a.value, b.value),
  );
}

function kindOf(path: string): string {
  const parts = path.split('/');
  return COLLECTIONS[parts.at(-2) ?? ''] ?? parts.at(-1)!;
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The defaults as text, two lines each: what, and why. */
export function renderDefaults(defaults: readonly ChosenDefault[]): string {
  if (defaults.length === 0) return '  none: every prop was given';
  const heads = defaults.map(({ kind, places }) => (places > 1 ? `${kind} × ${places}` : kind));
  const width = Math.min(Math.max(...heads.map((head) => head.length)), Math.floor(WIDTH / 3));
  const indent = ' '.repeat(width + 4);
  return defaults
    .map(({ prop, value, why }, index) =>
      [wrap(`${prop}: ${value}`, `${indent}  `, `  ${heads[index]!.padEnd(width)}  `), wrap(why, `${indent}  `)].join(
        '\n',
      ),
    )
    .join('\n');
}
