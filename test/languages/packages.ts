import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/readme';
import { Failure, runProgram } from './run-program';

/** What the package and what it needs are called and pinned to. */
export const MANIFEST: {
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly jsii: {
    readonly targets: {
      readonly java: { readonly maven: { readonly groupId: string; readonly artifactId: string } };
      readonly go: { readonly moduleName: string };
    };
  };
} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What Maven downloads, kept between runs; not that of the user, where our own version would stay behind. */
export const MAVEN_REPOSITORY = join(ROOT, '.maven');

/** The schema of cloud assemblies, on which aws-cdk-lib for Go depends: jsii makes that module from the npm package, as its owner does. */
const SCHEMA = join(ROOT, 'node_modules', '@aws-cdk', 'cloud-assembly-schema');

/** The npm package, as it is published. */
export function packNpm(out: string): string {
  runProgram('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', out], { cwd: ROOT });
  return onlyFile(out, '.tgz');
}

/** The wheel. What packs it is installed by pip, so a Python has to be in front of the PATH. */
export function packPython(out: string, programs: string, tablet: string): string {
  const PATH = `${programs}:${process.env.PATH}`;
  pacmak('python', out, ['--rosetta-tablet', tablet], ROOT, { PATH });
  return onlyFile(join(out, 'python'), '.whl');
}

/** The folder that is a Maven repository with the jar. */
export function packJava(out: string, tablet: string): string {
  forgetOurJar();
  pacmak('java', out, ['--rosetta-tablet', tablet, '--maven-local-repository', MAVEN_REPOSITORY], ROOT);
  // Building it put it there; a project has to get it from where it was packed.
  forgetOurJar();
  return join(out, 'java');
}

/** The folders of the Go modules that were packed, by module. Packing compiles them. */
export function packGo(out: string): Record<string, string> {
  // One after the other: pacmak takes what stands in the folder in the place of what a registry has.
  pacmak('go', out, ['--code-only'], SCHEMA);
  pacmak('go', out, [], ROOT);
  const folders = readdirSync(join(out, 'go')).map((name) => join(out, 'go', name));
  return Object.fromEntries(
    folders.map((folder) => {
      const [, module] = /^module (\S+)$/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8')) ?? [];
      if (module === undefined) throw new Failure(`${folder} has a go.mod that names no module`);
      return [module, folder];
    }),
  );
}

/** The folder with the C# project: its code alone, since to pack it takes the .NET SDK. */
export function generateDotnet(out: string): string {
  pacmak('dotnet', out, ['--code-only'], ROOT);
  return join(out, 'dotnet', 'CdkHeadgate');
}

/** The scripts of the package are not run: it is built already, once for all languages. */
function pacmak(target: string, out: string, options: string[], project: string, env: Record<string, string> = {}) {
  const program = join(ROOT, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak');
  const args = [program, project, '--target', target, '--outdir', out, '--npmignore=false', ...options];
  runProgram(process.execPath, args, { cwd: ROOT, env: { npm_config_ignore_scripts: 'true', ...env } });
}

function forgetOurJar(): void {
  const { groupId, artifactId } = MANIFEST.jsii.targets.java.maven;
  rmSync(join(MAVEN_REPOSITORY, ...groupId.split('.'), artifactId), { recursive: true, force: true });
}

function onlyFile(folder: string, ending: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  if (files.length !== 1) throw new Failure(`${folder} has to hold one *${ending}, got ${files.join(', ') || 'none'}`);
  return join(folder, files[0]!);
}
