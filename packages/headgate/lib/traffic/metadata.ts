import { HeadgateError } from '../errors';
import { Fields, type Resource } from '../template';

const KEY = 'cdk-headgate';
const VERSION = 1;
/** What a resource can say; `docs/metadata.schema.json` is the schema. */
const NAMES = ['version', 'edgeFunction', 'weights'];

/**
 * What a resource tells the traffic model under `Metadata['cdk-headgate']`, since a template can't show it; undefined if it tells nothing.
 *
 * @throws HeadgateError HM1009 for metadata of another version, or with names that aren't known.
 */
export function metadataOf(resource: Resource): Fields | undefined {
  const fields = Fields.metadataOf(resource).object(KEY);
  if (!fields) return undefined;
  if (fields.number('version') !== VERSION) {
    throw fields.wrong('version', `${VERSION}`, fields.raw('version') ?? null);
  }
  refuseOthers(fields, NAMES);
  return fields;
}

/** A name that isn't known is a mistake or of a later version: to pass over it would give a wrong answer. */
export function refuseOthers(fields: Fields, names: readonly string[]): void {
  const other = fields.names().find((name) => !names.includes(name));
  if (other === undefined) return;
  throw new HeadgateError('HM1009', `${fields.at(other)} isn't known; there are ${names.join(', ')}.`);
}
