import { dirname, resolve } from 'node:path';
import { HeadgateError } from '../errors';
import { lastName } from './assets';
import type { Documents } from './documents';
import { inside } from './inside';
import { type Resource, resourceKey } from './stack';
import type { StackSource, TemplateStack } from './template-stack';
import { Symbolic } from './value';

/**
 * Finds the template of a nested stack: in a cloud assembly by the asset's path, else by a TemplateURL that is a path. The nested stack's
 * name is `STACK/ID`, after the resource that makes it.
 */
export function nestedSource(
  resource: Resource,
  parent: TemplateStack,
  top: string,
  documents: Documents,
): StackSource | undefined {
  const file = assetFile(resource, parent, top) ?? localFile(resource, parent, top);
  if (file === undefined) return undefined;
  refuseLoop(file, resource, parent);
  return {
    name: resourceKey(resource),
    region: parent.region,
    account: parent.source.account,
    file,
    document: documents.read(file),
    ...(parent.source.assets && { assets: parent.source.assets }),
    parent: { stack: parent, resource },
  };
}

function assetFile(resource: Resource, parent: TemplateStack, top: string): string | undefined {
  const path = resource.metadata['aws:asset:path'] ?? publishedFrom(resource, parent);
  if (typeof path !== 'string') return undefined;
  const found = inside(top, dirname(parent.file), path);
  if (found === 'outside') {
    const where = `${parent.file}: ${resource.logicalId}`;
    throw new HeadgateError('HM1010', `${where}: the template '${path}' leads out of ${top}, so it isn't read.`);
  }
  return found === 'missing' ? undefined : found.file;
}

/** Without metadata, as in an app that runs without the CDK's command line, the URL has the name of the asset. */
function publishedFrom(resource: Resource, parent: TemplateStack): string | undefined {
  const url = resource.properties.TemplateURL;
  const text = url instanceof Symbolic ? url.text : url;
  return typeof text === 'string' ? parent.source.assets?.get(lastName(text)) : undefined;
}

function localFile(resource: Resource, parent: TemplateStack, top: string): string | undefined {
  const url = resource.properties.TemplateURL;
  const say = (what: string) =>
    parent.warn(`${parent.file}: the nested stack ${resource.logicalId} isn't read, since its template ${what}.`);
  if (typeof url !== 'string' || url.includes('://')) {
    say("isn't a file beside this one");
    return undefined;
  }
  const found = inside(top, dirname(parent.file), url);
  if (typeof found === 'object') return found.file;
  say(found === 'outside' ? `'${url}' is outside of ${top}` : `'${url}' isn't there`);
  return undefined;
}

/** A stack that is nested in itself would have no end. */
function refuseLoop(file: string, resource: Resource, parent: TemplateStack): void {
  for (let stack: TemplateStack | undefined = parent; stack; stack = stack.source.parent?.stack) {
    if (resolve(stack.file) === resolve(file)) {
      throw new HeadgateError('HM1008', `${parent.file}: the nested stack ${resource.logicalId} is nested in itself.`);
    }
  }
}
