import { HeadgateError } from '../errors';
import { didYouMean } from '../near';
import { isPlain, shown } from '../shown';
import type { ReadOptions } from './from-objects';
import { isAccountNumber, isRegionName } from './places';
import type { CloudAssemblyFolder } from './read-templates';

/**
 * Refuses paths that the types refuse too, for callers that have none.
 *
 * @throws HeadgateError HM1001
 */
export function requirePaths(paths: readonly string[]): void {
  const bad = (what: string) => new HeadgateError('HM1001', `The paths of templates ${what}.`);
  const example = "such as ['cdk.out']";
  if (typeof paths === 'string') throw bad(`must be a list of texts: write ['${paths}']`);
  if (!Array.isArray(paths)) throw bad(`must be a list of texts ${example}, got ${shown(paths)}`);
  if (paths.length === 0) throw bad(`must be a list of at least one, ${example}`);
  for (const path of paths as readonly unknown[]) {
    if (typeof path !== 'string') throw bad(`must be a list of texts ${example}, got one with ${shown(path)}`);
  }
}

/**
 * The folder of a cloud assembly, given as its path or as what the CDK's synthesis gives.
 *
 * @throws HeadgateError HM1001
 */
export function folderOf(assembly: string | CloudAssemblyFolder): string {
  const folder = typeof assembly === 'object' && assembly !== null ? assembly.directory : assembly;
  if (typeof folder === 'string') return folder;
  const got = Array.isArray(assembly) ? 'a list: fromTemplates() takes several paths' : shown(assembly);
  throw new HeadgateError(
    'HM1001',
    `The assembly must be what app.synth() gives, or the path of its folder such as 'cdk.out', got ${got}.`,
  );
}

/**
 * Refuses options that the types refuse too: a misspelt one would change nothing.
 *
 * @param texts the options beside `parameters`, all of which are texts
 * @throws HeadgateError HM1007
 */
export function requireOptions<T extends ReadOptions>(options: T, texts: readonly string[] = []): T {
  const bad = (what: string) => new HeadgateError('HM1007', `The options ${what}${what.endsWith('?') ? '' : '.'}`);
  const example = "{ parameters: { Stage: 'live' } }";
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw bad(`must be an object such as ${example}, got ${shown(options)}`);
  }
  const known = [...texts, 'parameters'];
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (!known.includes(name))
      throw bad(`have no '${name}'${didYouMean(name, known) || `; there are ${known.join(', ')}`}`);
    if (value === undefined) continue;
    if (name !== 'parameters') {
      if (typeof value !== 'string') throw bad(`must have a text as '${name}', got ${shown(value)}`);
      const form = FORMS[name];
      if (form && !form.isGood(value)) throw bad(`must have ${form.be} as '${name}', got '${value}'`);
    } else {
      requireParameters(value, bad);
    }
  }
  return options;
}

/** What options are besides texts. */
const FORMS: Readonly<Record<string, { readonly be: string; isGood(text: string): boolean }>> = {
  region: { be: "a Region such as 'eu-west-1'", isGood: isRegionName },
  account: { be: 'twelve digits', isGood: isAccountNumber },
};

function requireParameters(parameters: unknown, bad: (what: string) => HeadgateError): void {
  if (!isPlain(parameters)) {
    throw bad(`must have an object of names and texts as 'parameters', got ${shown(parameters)}`);
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value !== 'string') throw bad(`must have a text as parameter '${name}', got ${shown(value)}`);
  }
}
