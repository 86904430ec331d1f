import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a program synthesized, as far as it is compared. */
export interface Assembly {
  /** The templates, by file name. */
  readonly templates: Readonly<Record<string, unknown>>;
  /** The files of assets, by their paths below the assembly, which begin with the hash of the asset. */
  readonly assets: Readonly<Record<string, Buffer>>;
}

/** The assembly in a folder. */
export function readAssembly(folder: string): Assembly {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
  const read = (name: string): [string, Buffer] => [name, readFileSync(join(folder, name))];
  const templates = files.filter((name) => name.endsWith('.template.json')).map(read);
  if (templates.length === 0) throw new Error(`there is no template in ${folder}`);
  return {
    templates: Object.fromEntries(templates.map(([name, content]) => [name, JSON.parse(content.toString('utf8'))])),
    assets: Object.fromEntries(files.filter((name) => name.startsWith('asset.')).map(read)),
  };
}

/** JSON with the keys of every object in order, so that equal values are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** The first thing in which two assemblies differ, with the place of it; undefined when they are the same. */
export function difference(expected: Assembly, actual: Assembly): string | undefined {
  for (const [name, template] of Object.entries(expected.templates)) {
    if (!(name in actual.templates)) return `${name} is missing`;
    if (canonical(template) === canonical(actual.templates[name])) continue;
    return firstDifference(template, actual.templates[name], name);
  }
  const [more] = Object.keys(actual.templates).filter((name) => !(name in expected.templates));
  if (more !== undefined) return `${more} is too much`;
  const names = new Set([...Object.keys(expected.assets), ...Object.keys(actual.assets)]);
  for (const name of [...names].sort()) {
    if (actual.assets[name] === undefined) return `${name} is missing`;
    if (expected.assets[name] === undefined) return `${name} is too much`;
    if (!expected.assets[name].equals(actual.assets[name])) return `${name} has another content`;
  }
  return undefined;
}

/** What an assembly holds, for the report. */
export function inventory({ templates, assets }: Assembly): string {
  const resources = Object.values(templates).flatMap((template) =>
    Object.keys((template as { Resources?: object }).Resources ?? {}),
  );
  const hashes = new Set(Object.keys(assets).map((name) => name.split(/[\\/]/)[0]));
  return `${counted(Object.keys(templates).length, 'template')}, ${counted(resources.length, 'resource')}, ${counted(hashes.size, 'asset')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstDifference(expected: unknown, actual: unknown, path: string): string {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    const index = expected.findIndex((item, at) => canonical(item) !== canonical(actual[at]));
    return firstDifference(expected[index], actual[index], `${path}[${index}]`);
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    const key = keys.find((name) => canonical(expected[name]) !== canonical(actual[name]))!;
    return firstDifference(expected[key], actual[key], `${path}/${key}`);
  }
  return `${path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = canonical(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
