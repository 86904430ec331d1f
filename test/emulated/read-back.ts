import { isList, isRecord, type Json } from './json';

/** A place in the properties of a resource, such as `Actions/0/TargetGroupArn`, and the scalar that stands there. */
export type Leaf = readonly [path: string, value: Json];

/**
 * All scalars of a value; an empty text says nothing. What has a key of its own, as tags and attributes do, stands under it, since its place in
 * the list says nothing. The length of a list is one too, but of attributes: of those AWS has more than one sets.
 */
export function leaves(value: Json, path: readonly string[] = []): Leaf[] {
  if (isList(value)) {
    const length: Leaf[] = path.at(-1)?.endsWith('Attributes') ? [] : [[[...path, 'length'].join('/'), value.length]];
    return [...length, ...value.flatMap((item, index) => leaves(item, [...path, keyOf(item) ?? `${index}`]))];
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
    return entries.length === 0
      ? [[path.join('/'), '{}']]
      : entries.flatMap(([name, item]) => leaves(item, [...path, name]));
  }
  return value === '' ? [] : [[path.join('/'), value]];
}

function keyOf(item: Json): string | undefined {
  return isRecord(item) && typeof item.Key === 'string' ? `[${item.Key}]` : undefined;
}

/** What came back of a template's properties. */
export interface ReadBack {
  /** Places that no API of AWS gives back. */
  readonly unreadable: string[];
  readonly equal: { readonly path: string; readonly value: Json }[];
  readonly different: { readonly path: string; readonly wanted: Json; readonly got: Json | undefined }[];
}

/** Whether a place is one that a pattern means, or below it: `*` stands for any one part of it. */
export function matches(pattern: string, path: string): boolean {
  const given = path.split('/');
  return pattern.split('/').every((part, index) => part === '*' || part === given[index]);
}

/**
 * Compares what a template says with what is there, scalar by scalar; a number equals the same number as a text.
 *
 * @param hidden patterns of places that no API gives back
 */
export function readBack(wanted: Json, got: Json, hidden: readonly string[] = []): ReadBack {
  const unreadable: string[] = [];
  const there = new Map(leaves(got));
  const equal: ReadBack['equal'] = [];
  const different: ReadBack['different'] = [];
  for (const [path, value] of leaves(wanted)) {
    if (hidden.some((pattern) => matches(pattern, path))) {
      unreadable.push(path);
      continue;
    }
    const found = there.get(path);
    if (found !== undefined && String(found) === String(value)) {
      // That a list is as long proves only that nothing is there too many.
      if (!path.endsWith('/length') || value === 0) equal.push({ path, value });
    } else different.push({ path, wanted: value, got: found });
  }
  return { unreadable, equal, different };
}
