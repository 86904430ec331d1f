import { isList, isRecord, type Json } from './json';

/** A place in the properties of a resource, such as `Actions/0/TargetGroupArn`, and the scalar that stands there. */
export type Leaf = readonly [path: string, value: Json];

/** All scalars of a value; an empty text says nothing. What has a key of its own, as tags and attributes do, stands under it, since its place in the list says nothing. */
export function leaves(value: Json, path: readonly string[] = []): Leaf[] {
  if (isList(value)) {
    return value.length === 0
      ? [[path.join('/'), '[]']]
      : value.flatMap((item, index) => leaves(item, [...path, keyOf(item) ?? `${index}`]));
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
  readonly equal: { readonly path: string; readonly value: Json }[];
  readonly different: { readonly path: string; readonly wanted: Json; readonly got: Json | undefined }[];
}

/** Compares what a template says with what is there, scalar by scalar; a number equals the same number as a text. */
export function readBack(wanted: Json, got: Json): ReadBack {
  const there = new Map(leaves(got));
  const equal: ReadBack['equal'] = [];
  const different: ReadBack['different'] = [];
  for (const [path, value] of leaves(wanted)) {
    const found = there.get(path);
    if (found !== undefined && String(found) === String(value)) equal.push({ path, value });
    else different.push({ path, wanted: value, got: found });
  }
  return { equal, different };
}
