import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HeadgateError } from '../errors';
import { type AssemblyStack, readAssembly } from './assembly';
import { Documents } from './documents';
import type { ReadOptions } from './from-objects';
import { GivenParameters } from './given-parameters';
import { nestedSource } from './nested';
import { folderOf, requireOptions, requirePaths } from './options';
import { Project } from './project';
import type { Templates } from './stack';
import type { StackSource } from './template-stack';
import { unreadable } from './text-file';

/** A cloud assembly as the CDK's synthesis gives it: only its folder matters. */
export interface CloudAssemblyFolder {
  readonly directory: string;
}

/** A stack with the other names that it can have, if others have its first. */
interface Found {
  readonly source: StackSource;
  readonly names: readonly string[];
  /** The outermost folder that belongs to it: nothing outside is read. */
  readonly top: string;
}

/**
 * Reads templates. Each path is the folder of a cloud assembly or the file of a template, in JSON or YAML. A plain template's stack is
 * named like the file without its extension; its Region is the parameter `AWS::Region`. Stacks of the same name are told apart by
 * their ids in the assembly, or the paths of their files.
 *
 * @throws HeadgateError HM1001 to HM1010.
 */
export function readTemplates(paths: readonly string[], options: ReadOptions = {}): Templates {
  requirePaths(paths);
  const { parameters } = requireOptions(options);
  const documents = new Documents();
  const found = named(paths.flatMap((path) => readPath(path, documents)));
  const tops = new Map(found.map(({ source, top }) => [source, top]));
  const given = new GivenParameters(parameters);
  const sources = found.map(({ source }) => source);
  return Project.read(sources, given, (resource, parent) =>
    nestedSource(resource, parent, tops.get(parent.root.source)!, documents),
  );
}

/** Reads the stacks of a cloud assembly that was synthesized in this process. */
export function readCloudAssembly(assembly: CloudAssemblyFolder, options: ReadOptions = {}): Templates {
  return readTemplates([folderOf(assembly)], options);
}

function readPath(path: string, documents: Documents): readonly Found[] {
  if (!isFolder(path)) return [readFile(path, documents)];
  if (!existsSync(join(path, 'manifest.json'))) {
    throw new HeadgateError(
      'HM1010',
      `${path}: is no cloud assembly: it has no manifest.json. Give a file, or the folder of cdk synth.`,
    );
  }
  return readAssembly(path, documents).map((stack: AssemblyStack) => {
    const { artifact, folder, ...source } = stack;
    return { source, top: folder, names: [source.name, artifact, `${path}/${artifact}`] };
  });
}

function readFile(file: string, documents: Documents): Found {
  const name = stackNameOf(file);
  const source = { name, region: undefined, account: undefined, file, document: documents.read(file) };
  return { source, top: dirname(file), names: [name, join(dirname(file), name)] };
}

/** `shop.template.json` makes the stack `shop`. */
function stackNameOf(file: string): string {
  const name = basename(file);
  const short = name.replace(/\.template\.(json|ya?ml)$/i, '');
  if (short !== name && short !== '') return short;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Gives each stack the first of its names that no other has. */
function named(found: readonly Found[]): readonly Found[] {
  let place = 0;
  let open = found;
  const done = new Map<Found, Found>();
  while (open.length > 0) {
    const counts = new Map<string, number>();
    for (const { names } of open) counts.set(names[place] ?? '', (counts.get(names[place] ?? '') ?? 0) + 1);
    const left: Found[] = [];
    for (const stack of open) {
      const name = stack.names[place];
      if (name === undefined) {
        throw new HeadgateError('HM1001', `${stack.source.file}: was given twice.`);
      }
      if (counts.get(name) === 1)
        done.set(stack, { ...stack, source: { ...stack.source, stackName: stack.names[0]!, name } });
      else left.push(stack);
    }
    open = left;
    place += 1;
  }
  return found.map((stack) => done.get(stack)!);
}
