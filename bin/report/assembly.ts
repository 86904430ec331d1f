import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, isObject, list, type Properties, type Value } from './values';

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly Metadata?: Properties;
}

/** A template, as far as the report reads it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Properties;
}

/** Something that a construct said beside the template. */
export interface MetadataEntry {
  /** The construct's path, without a slash in front. */
  readonly path: string;
  readonly type: string;
  readonly data: Value;
}

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  /** The artifact's id, which dependencies name. */
  readonly id: string;
  readonly stackName: string;
  /** The path by which `cdk deploy` selects it. */
  readonly path: string;
  /** Undefined when the stack is deployed into whatever account the credentials belong to. */
  readonly account?: string;
  /** Undefined when the stack goes wherever the command line says. */
  readonly region?: string;
  readonly template: Template;
  readonly templateBytes: number;
  /** The ids of the artifacts that are deployed before it. */
  readonly dependencies: readonly string[];
  readonly metadata: readonly MetadataEntry[];
}

/** Reads the stacks of a cloud assembly, those of its Stages too, in the order of the manifest. */
export function readAssembly(folder: string): AssemblyStack[] {
  const artifacts = at(readJson(join(folder, 'manifest.json')), 'artifacts');
  return Object.entries(isObject(artifacts) ? artifacts : {}).flatMap(([id, artifact]) => {
    if (at(artifact, 'type') === 'cdk:cloud-assembly') {
      return readAssembly(join(folder, String(at(artifact, 'properties', 'directoryName'))));
    }
    return at(artifact, 'type') === 'aws:cloudformation:stack' ? [readStack(folder, id, artifact)] : [];
  });
}

/** Reads a JSON file. */
export function readJson(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function readStack(folder: string, id: string, artifact: Value): AssemblyStack {
  const text = readFileSync(join(folder, String(at(artifact, 'properties', 'templateFile'))));
  const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(String(at(artifact, 'environment'))) ?? [];
  return {
    id,
    stackName: String(at(artifact, 'properties', 'stackName') ?? id),
    path: String(at(artifact, 'displayName') ?? id),
    account: known(account),
    region: known(region),
    template: JSON.parse(text.toString('utf8')),
    templateBytes: text.length,
    dependencies: list(at(artifact, 'dependencies')).map(String),
    metadata: readMetadata(folder, artifact),
  };
}

function known(part: string | undefined): string | undefined {
  return part?.startsWith('unknown-') ? undefined : part;
}

/** Entries stand in a file beside the template, in assemblies of older versions in the manifest itself. */
function readMetadata(folder: string, artifact: Value): MetadataEntry[] {
  const file = at(artifact, 'additionalMetadataFile');
  const sources = [at(artifact, 'metadata'), typeof file === 'string' ? readJson(join(folder, file)) : undefined];
  return sources
    .filter(isObject)
    .flatMap(Object.entries)
    .flatMap(([path, entries]) =>
      list(entries).map((entry) => ({
        path: path.replace(/^\//, ''),
        type: String(at(entry, 'type')),
        data: at(entry, 'data'),
      })),
    );
}
