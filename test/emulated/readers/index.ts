import type { Attributes, Deployed } from '../deployed';
import { balancing } from './balancing';
import { dns } from './dns';
import { edge } from './edge';
import { fleet } from './fleet';
import { functions } from './functions';
import { identity } from './identity';
import { network } from './network';
import type { Reader } from './reader';

const READERS: Readonly<Record<string, Reader>> = {
  ...network,
  ...balancing,
  ...fleet,
  ...dns,
  ...edge,
  ...identity,
  ...functions,
};

export function readerOf({ type }: Deployed): Reader {
  const reader = READERS[type];
  if (!reader) throw new Error(`${type} is new in the templates: add how it is read in test/emulated/readers`);
  return reader;
}

/** The attribute of a resource that a template refers to. */
export const attributes: Attributes = async (resource, name) => {
  const read = readerOf(resource).attributes?.[name];
  if (!read) throw new Error(`${resource.type}.${name} is new in the templates: add it in test/emulated/readers`);
  return read(resource);
};
