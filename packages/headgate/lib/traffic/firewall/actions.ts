import type { Fields } from '../../template';
import type { InsertedHeaders } from './end';

/** What a rule does with a request that it matches (WAF-4). */
export interface Action {
  readonly kind: 'allow' | 'block' | 'count' | 'captcha' | 'challenge';
  /** As people read it: `Block`. */
  readonly name: string;
  /** The status that a client without the request it wanted gets; null if it is symbolic. */
  readonly status: number | null;
  readonly location: string | undefined;
  /** The headers that go on with the request. */
  readonly headers: InsertedHeaders;
}

const KINDS = { Allow: 'allow', Block: 'block', Count: 'count', Captcha: 'captcha', Challenge: 'challenge' } as const;
const STATUSES = { allow: null, block: 403, count: null, captcha: 405, challenge: 202 } as const;

/**
 * The action at a property.
 *
 * @throws HeadgateError HM1009 if it isn't one.
 */
export function readAction(parent: Fields, property: string): Action {
  const fields = parent.object(property);
  const name = fields?.names().find((key) => Object.hasOwn(KINDS, key)) as keyof typeof KINDS | undefined;
  if (!fields || !name) {
    throw parent.wrong(property, `one of ${Object.keys(KINDS).join(', ')}`, parent.raw(property) ?? null);
  }
  const kind = KINDS[name];
  const settings = fields.object(name);
  const custom = settings?.object('CustomResponse');
  const isKnown = !fields.isSymbolic(name) && !settings?.isSymbolic('CustomResponse');
  const usual = isKnown || kind !== 'block' ? STATUSES[kind] : null;
  const status = custom?.has('ResponseCode') ? (custom.number('ResponseCode') ?? null) : usual;
  return { kind, name, status, location: locationIn(custom), headers: insertedBy(settings) };
}

/** An action that lets the request go on to the next rule and does nothing else. */
export const COUNT: Action = { kind: 'count', name: 'Count', status: null, location: undefined, headers: [] };

function locationIn(response: Fields | undefined): string | undefined {
  const header = response?.objects('ResponseHeaders').find((each) => each.string('Name')?.toLowerCase() === 'location');
  const value = header?.text('Value');
  return value === undefined ? undefined : String(value);
}

/** AWS puts a prefix before the names (WAF-5). */
function insertedBy(settings: Fields | undefined): InsertedHeaders {
  const inserted = settings?.object('CustomRequestHandling')?.objects('InsertHeaders') ?? [];
  return inserted.flatMap((header) => {
    const name = header.string('Name');
    const value = header.text('Value');
    return name === undefined || value === undefined
      ? []
      : [[`x-amzn-waf-${name.toLowerCase()}`, String(value)] as const];
  });
}
