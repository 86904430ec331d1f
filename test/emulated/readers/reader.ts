import { credentialsOf } from '../assembly';
import type { Deployed } from '../deployed';
import { isList, isRecord, type Json, type Properties } from '../json';

/** How resources of a type are read from the emulator, by the SDK. */
export interface Reader {
  /**
   * What is there, in the shape of the template's properties; undefined when it isn't there.
   *
   * @param ids the physical ids of all that was deployed
   */
  read(resource: Deployed, ids: ReadonlySet<string>): Promise<Properties | undefined>;
  /** What `Fn::GetAtt` gives, for attributes that templates of the project ask for. */
  readonly attributes?: Readonly<Record<string, (resource: Deployed) => Promise<Json | undefined> | Json>>;
  /** Whether it makes nothing, and finds what is there anyway. */
  readonly looksUp?: boolean;
  /** Places in the properties that no API of AWS gives back, each with what stands there. */
  readonly unreadable?: Readonly<Record<string, string>>;
}

/** One client for each account and Region. */
export function clientOf<C>(make: (configuration: ReturnType<typeof credentialsOf>) => C): (resource: Deployed) => C {
  const clients = new Map<string, C>();
  return ({ stack }) => {
    const key = `${stack.account}/${stack.region}`;
    const client = clients.get(key) ?? make(credentialsOf(stack));
    clients.set(key, client);
    return client;
  };
}

/** What the SDK answers, as JSON: dates as texts, bytes as the text that they are. */
export function plain(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, item]) =>
        item === undefined || name === '$metadata' ? [] : [[name, plain(item)]],
      ),
    );
  }
  return (value ?? null) as Json;
}

/** The same as properties; an answer that is none is an error. */
export function record(value: unknown): Properties {
  const given = plain(value ?? {});
  if (!isRecord(given)) throw new Error(`an object was expected, and ${JSON.stringify(given)} came`);
  return given;
}

/** Gives undefined in place of the error that says that something isn't there; any other error stays one. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const { name = '', message = '' } = error as Error;
    if (/NotFound|NoSuch|NonExist|does not exist|Unknown.*NotFound|not found/i.test(`${name} ${message}`))
      return undefined;
    throw error;
  }
}

/** A policy document, which some APIs give as a text and some as an encoded text. */
export function policy(text: string | undefined): Json {
  if (text === undefined) return null;
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
}

/** Lists as CloudFront's API has them, `{ Quantity, Items }`, as CloudFormation has most of them. */
export function unwrapped(value: Json): Json {
  if (isList(value)) return value.map(unwrapped);
  if (!isRecord(value)) return value;
  if ('Quantity' in value && Object.keys(value).every((name) => name === 'Quantity' || name === 'Items')) {
    return unwrapped(value.Items ?? []);
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unwrapped(item)]));
}

/** Pairs of key and value, without what the deployment adds to them. */
export function tags(given: readonly { Key?: string; Value?: string }[] | undefined): Json {
  return plain((given ?? []).filter(({ Key }) => !Key?.startsWith('aws:')).map(({ Key, Value }) => ({ Key, Value })));
}

/** Tags that an API has as an object. */
export function pairs(given: Readonly<Record<string, string>> | undefined): Json {
  return tags(Object.entries(given ?? {}).map(([Key, Value]) => ({ Key, Value })));
}
