import { HeadgateError } from '../../errors';
import { didYouMean } from '../../near';
import type { Fields, Resource, Templates } from '../../template';
import { isRegion, regionNames } from '../known';
import { metadataOf, refuseOthers } from '../metadata';

/**
 * What a function at the edge does, as its resource says under `Metadata['cdk-headgate']`: code can't be read, so only this is known of it.
 * `docs/metadata.schema.json` is its schema. What it sets, it does in this order: headers, path, redirect, origin.
 */
export interface EdgeFunctionMetadata {
  /** Headers that the function sets, by name in lower case. */
  readonly setHeaders: ReadonlyMap<string, string>;
  /** A regular expression that is looked for in the path, and what takes the place of its first match. */
  readonly rewritePath: { readonly regex: string; readonly replacement: string } | undefined;
  /** Every request is answered with a redirect. */
  readonly redirect: { readonly status: number; readonly location: string } | undefined;
  readonly selectOrigin: OriginChoice | undefined;
}

/** How a function selects an origin: by the Region nearest to the client, or by stable shares of the clients. */
export type OriginChoice =
  | { readonly by: 'region'; readonly origins: ReadonlyMap<string, string>; readonly fallback: string | undefined }
  | { readonly by: 'share'; readonly weights: ReadonlyMap<string, number> };

/** The most that one origin's weight can be. */
const MAX_SHARE = 1_000_000;

/**
 * What the metadata of a function says; undefined if it says nothing.
 *
 * @throws HeadgateError HM1009 for metadata of another version or form, or with a Region that there isn't.
 */
export function readFunctionMetadata(resource: Resource, templates: Templates): EdgeFunctionMetadata | undefined {
  const edgeFunction = metadataOf(resource)?.object('edgeFunction');
  if (!edgeFunction) return undefined;
  refuseOthers(edgeFunction, ['setHeaders', 'rewritePath', 'redirect', 'selectOrigin']);
  return {
    setHeaders: readHeaders(edgeFunction.object('setHeaders')),
    rewritePath: readRewrite(edgeFunction.object('rewritePath')),
    redirect: readRedirect(edgeFunction.object('redirect')),
    selectOrigin: readChoice(edgeFunction.object('selectOrigin'), templates),
  };
}

function readHeaders(fields: Fields | undefined): ReadonlyMap<string, string> {
  const names = fields?.names() ?? [];
  return new Map(names.map((name) => [name.toLowerCase(), required(fields!, name)]));
}

function readRewrite(fields: Fields | undefined): EdgeFunctionMetadata['rewritePath'] {
  return fields && { regex: required(fields, 'regex'), replacement: required(fields, 'replacement') };
}

function readRedirect(fields: Fields | undefined): EdgeFunctionMetadata['redirect'] {
  if (!fields) return undefined;
  const status = fields.number('status') ?? 302;
  if (![301, 302, 303, 307, 308].includes(status)) {
    throw fields.wrong('status', '301, 302, 303, 307 or 308', status);
  }
  return { status, location: required(fields, 'location') };
}

function readChoice(fields: Fields | undefined, templates: Templates): OriginChoice | undefined {
  if (!fields) return undefined;
  refuseOthers(fields, ['byRegion', 'default', 'shares']);
  const shares = fields.object('shares');
  if (shares) {
    const weights = new Map(shares.names().map((name) => [name, weightOf(shares, name)]));
    if (sum(weights.values()) <= 0) {
      throw new HeadgateError('HM1009', `${fields.at('shares')} must have a weight above 0.`);
    }
    return { by: 'share', weights };
  }
  const byRegion = fields.object('byRegion');
  const regions = byRegion?.names() ?? [];
  const fallback = fields.string('default');
  if (regions.length === 0 && fallback === undefined) {
    throw new HeadgateError('HM1009', `${fields.where} must have 'byRegion', 'default' or 'shares'.`);
  }
  for (const region of regions) requireRegion(byRegion!, region, templates);
  const origins = new Map(regions.map((region) => [region, required(byRegion!, region)]));
  return { by: 'region', origins, fallback };
}

/** A misspelt Region would never be anybody's nearest. */
function requireRegion(byRegion: Fields, region: string, templates: Templates): void {
  if (isRegion(region, templates)) return;
  const advice = didYouMean(region, regionNames(templates));
  throw new HeadgateError('HM1009', `${byRegion.at(region)} isn't a Region${advice || '.'}`);
}

function weightOf(fields: Fields, name: string): number {
  const weight = fields.number(name);
  if (weight !== undefined && weight >= 0 && weight <= MAX_SHARE) return weight;
  throw fields.wrong(name, `a weight from 0 to ${MAX_SHARE}`, fields.raw(name) ?? null);
}

function required(fields: Fields, name: string): string {
  const value = fields.string(name);
  if (value === undefined) throw fields.wrong(name, 'a text that is known', fields.raw(name) ?? null);
  return value;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
