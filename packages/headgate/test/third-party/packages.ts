import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import sources from './sources.json';

/** Where the fetched packages are kept between runs. */
const KEPT = join(__dirname, '..', '..', '.third-party');

interface Source {
  readonly id: string;
  readonly package: string;
  readonly path: string;
  readonly sha256: string;
  readonly entries: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A third-party template on this machine. */
export interface ThirdPartyTemplate {
  readonly id: string;
  readonly file: string;
  readonly entries: string;
  /** Those without which it can't be deployed, or has no names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * All templates of the list, fetched from the registry where they aren't here yet, and compared with their hashes.
 *
 * @throws Error naming the package or template that isn't the one that was chosen
 */
export function fetchTemplates(): readonly ThirdPartyTemplate[] {
  for (const { name, version, file, sha256 } of sources.packages) fetchPackage(`${name}@${version}`, file, sha256);
  const templates = sources.templates as readonly Source[];
  return templates.map(({ id, package: name, path, sha256, entries, parameters = {} }) => {
    const { sha256: packageHash } = sources.packages.find((one) => one.name === name)!;
    const file = join(KEPT, packageHash, path);
    if (hash(file) !== sha256) throw new Error(`${id} isn't the template that was chosen: its SHA-256 differs`);
    return { id, file, entries, parameters };
  });
}

/** Templates that are read as one, with the parameters without which they can't be deployed. */
export interface Reading {
  readonly id: string;
  readonly files: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** Every template once: alone, or with those that it imports from. */
export function readingsOf(templates: readonly ThirdPartyTemplate[]): readonly Reading[] {
  const groups: readonly Together[] = sources.together;
  const grouped = new Set(groups.flatMap((group) => group.templates));
  const alone = templates
    .filter(({ id }) => !grouped.has(id))
    .map(({ id, file, parameters }) => ({ id, files: [file], parameters }));
  const together = groups.map(({ id, templates: ids, parameters }) => ({
    id,
    files: ids.map((one) => named(templates.find((template) => template.id === one)!)),
    parameters,
  }));
  return [...alone, ...together];
}

interface Together {
  readonly id: string;
  readonly templates: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** A copy named by the template's id: the name of the file is the name of the stack, on which exports depend. */
function named({ id, file }: ThirdPartyTemplate): string {
  const folder = join(KEPT, 'named');
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, `${id}${extname(file)}`);
  copyFileSync(file, copy);
  return copy;
}

function fetchPackage(specifier: string, file: string, sha256: string): void {
  const folder = join(KEPT, sha256);
  if (existsSync(folder)) return;
  const work = mkdtempSync(join(tmpdir(), 'third-party-'));
  try {
    execFileSync('npm', ['pack', specifier, '--silent', '--ignore-scripts', '--pack-destination', work], {
      cwd: work,
      stdio: 'pipe',
    });
    const tarball = join(work, file);
    if (hash(tarball) !== sha256)
      throw new Error(`${specifier} isn't the package that was chosen: its SHA-256 differs`);
    const unpacked = join(work, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xzf', tarball, '-C', unpacked], { stdio: 'pipe' });
    mkdirSync(KEPT, { recursive: true });
    // Whole or not at all: an interrupted run leaves nothing that the next one would take for complete.
    move(unpacked, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    execFileSync('cp', ['-R', from, `${to}.part`]);
    renameSync(`${to}.part`, to);
  }
}

function hash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
