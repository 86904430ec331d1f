import { join } from 'node:path';
import { HeadgateError } from '../errors';
import { type Assets, addAssets } from './assets';
import type { Documents } from './documents';
import { inside } from './inside';
import { LIMITS } from './limits';
import { isRawMap, type Raw, type RawMap } from './raw';
import type { StackSource } from './template-stack';

/** How many assemblies may stand inside each other, and how many there may be in all. */
const MAX_DEPTH = 20;
const MAX_ASSEMBLIES = 1_000;

/** A stack of a cloud assembly; its name may be that of another. */
export interface AssemblyStack extends StackSource {
  /** What tells it from all others of its assembly. */
  readonly artifact: string;
  /** The outermost folder that was given: nothing outside is read. */
  readonly folder: string;
}

/**
 * The stacks of a cloud assembly, with those of its stages.
 *
 * @throws HeadgateError HM1010 if the manifest isn't usable.
 */
export function readAssembly(folder: string, documents: Documents): readonly AssemblyStack[] {
  const assembly = new Assembly(folder, documents);
  assembly.read(folder, []);
  if (assembly.stacks.length === 0) throw unusable(join(folder, 'manifest.json'), 'has no stack');
  return assembly.stacks;
}

class Assembly {
  readonly stacks: AssemblyStack[] = [];
  private count = 0;

  constructor(
    private readonly top: string,
    private readonly documents: Documents,
  ) {}

  read(folder: string, stages: readonly string[]): void {
    const manifest = join(folder, 'manifest.json');
    this.count += 1;
    if (stages.length > MAX_DEPTH || this.count > MAX_ASSEMBLIES) throw unusable(manifest, 'holds too many assemblies');
    const { artifacts } = this.documents.read(this.locate(folder, 'manifest.json', manifest));
    if (artifacts === undefined) return;
    if (!isRawMap(artifacts)) throw unusable(manifest, "isn't that of a cloud assembly: artifacts must be a mapping");
    const assets: Assets = new Map();
    for (const [id, artifact] of Object.entries(artifacts)) {
      if (!isRawMap(artifact)) throw unusable(manifest, `artifact '${id}' must be a mapping`);
      if (artifact.type === 'aws:cloudformation:stack') {
        this.stacks.push({ ...this.stack(folder, manifest, [...stages, id], artifact), assets });
      } else if (artifact.type === 'cdk:asset-manifest') {
        this.addAssets(folder, manifest, artifact, assets);
      } else if (artifact.type === 'cdk:cloud-assembly') {
        const name = textProperty(artifact, 'directoryName', manifest, id);
        this.read(this.locate(folder, name, manifest), [...stages, id]);
      }
      if (this.stacks.length > LIMITS.stacks) throw unusable(manifest, `has more than ${LIMITS.stacks} stacks`);
    }
  }

  private stack(folder: string, manifest: string, path: readonly string[], artifact: RawMap): AssemblyStack {
    const id = path.at(-1)!;
    const file = this.locate(folder, textProperty(artifact, 'templateFile', manifest, id), manifest);
    const given = isRawMap(artifact.properties) ? artifact.properties.stackName : undefined;
    const name = typeof given === 'string' && given !== '' ? given : id;
    const [account, region] = environment(artifact.environment, manifest, id);
    const document = this.documents.read(file);
    return { name, stackName: name, region, account, file, document, artifact: path.join('/'), folder: this.top };
  }

  /** Only nested stacks need assets, so a manifest of them that is missing is no error. */
  private addAssets(folder: string, manifest: string, artifact: RawMap, assets: Assets): void {
    const path = isRawMap(artifact.properties) ? artifact.properties.file : undefined;
    if (typeof path !== 'string' || inside(this.top, folder, path) === 'missing') return;
    addAssets(this.documents.read(this.locate(folder, path, manifest)), assets);
  }

  private locate(folder: string, path: string, manifest: string): string {
    const found = inside(this.top, folder, path);
    if (found === 'outside') throw unusable(manifest, `'${path}' leads out of the cloud assembly, so it isn't read`);
    if (found === 'missing') throw unusable(manifest, `'${path}' isn't there`);
    return found.file;
  }
}

/** `aws://account/region`, where either may be unknown. */
function environment(raw: Raw | undefined, manifest: string, id: string): readonly (string | undefined)[] {
  if (raw === undefined) return [];
  const parts = typeof raw === 'string' && raw.startsWith('aws://') ? raw.slice('aws://'.length).split('/') : [];
  if (parts.length !== 2) throw unusable(manifest, `the environment of artifact '${id}' must be aws://ACCOUNT/REGION`);
  return parts.map((part) => (part === '' || part.startsWith('unknown-') ? undefined : part));
}

function textProperty(artifact: RawMap, name: string, manifest: string, id: string): string {
  const value = isRawMap(artifact.properties) ? artifact.properties[name] : undefined;
  if (typeof value !== 'string' || value === '') throw unusable(manifest, `artifact '${id}' must have a ${name}`);
  return value;
}

function unusable(file: string, what: string): HeadgateError {
  return new HeadgateError('HM1010', `${file}: ${what}.`);
}
