import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { codeBlocks, ROOT } from '../support/readme';
import { type Assembly, readAssembly } from './assemblies';
import { MANIFEST, MAVEN_REPOSITORY } from './packages';
import { runProgram } from './run-program';

/** The programs that every project has: the service in two Regions, and the smallest example of the README. */
export const APPS = ['shop', 'smallest'] as const;
export type AppName = (typeof APPS)[number];

/** A project in a folder of its own, in which the package is installed. */
export interface Project {
  /** What one of its programs synthesizes. */
  synthesize(app: AppName): Assembly;
}

/** A project that has a program that gives a route a weight which no balancer takes, too. */
export interface RefusingProject extends Project {
  /** What that program prints of the error that it gets. */
  refusal(): string;
}

/** A project in Python, which has tests. */
export interface PythonProject extends Project {
  /** Runs its tests, and gives what they print. */
  pytest(args: string[]): string;
  /** The README of the package, as an index of packages would show it. */
  readme(): string;
}

const { version, devDependencies: pins } = MANIFEST;

/** TypeScript, by npm. */
export function typeScriptProject(folder: string, tarball: string): Project {
  template('typescript', folder);
  const [smallest] = codeBlocks('README.md');
  writeFileSync(join(folder, 'smallest.ts'), smallest!.code);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const packages = ['aws-cdk-lib', 'constructs', 'tsx'].map((name) => `${name}@${pins[name]}`);
  runProgram('npm', ['install', '--silent', '--prefer-offline', tarball, ...packages], { cwd: folder });
  return { synthesize: (app) => assemblyOf(folder, app, process.execPath, ['--import', 'tsx', `${app}.ts`]) };
}

/** Python, by pip: with what the package needs from the pinned environment, and the package itself in the project. */
export function pythonProject(folder: string, programs: string, wheel: string): PythonProject {
  template('python', folder);
  const python = join(programs, 'python');
  const env = { PYTHONPATH: join(folder, 'packages'), PYTHONDONTWRITEBYTECODE: '1' };
  const install = ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', '--target', 'packages', wheel];
  runProgram(python, install, { cwd: folder });
  runProgram(python, ['-m', 'pip', 'check'], { cwd: folder, env });
  return {
    synthesize: (app) => assemblyOf(folder, app, python, [`${app}.py`], env),
    readme: () => runProgram(python, ['-c', PRINT_README], { cwd: folder, env }),
    pytest: (args) =>
      runProgram(python, ['-m', 'pytest', '--quiet', ...args], { cwd: folder, env: { ...env, ...UNVALIDATED } }),
  };
}

/** Java, by Maven. */
export function javaProject(folder: string, repository: string): RefusingProject {
  template('java', folder);
  const properties = {
    'maven.repo.local': MAVEN_REPOSITORY,
    'cdk-headgate.repository': `file://${repository}`,
    'cdk-headgate.version': version,
    'aws-cdk-lib.version': pins['aws-cdk-lib'],
    'constructs.version': pins.constructs,
    'mdep.outputFile': 'classpath.txt',
  };
  const settings = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
  runProgram(
    'mvn',
    ['--batch-mode', '--quiet', '-Dstyle.color=never', ...settings, 'compile', 'dependency:build-classpath'],
    { cwd: folder },
  );
  const classpath = [join('target', 'classes'), readFileSync(join(folder, 'classpath.txt'), 'utf8').trim()].join(
    delimiter,
  );
  const main = (name: string): string[] => [
    `-Djava.io.tmpdir=${tmpdir()}`,
    '-classpath',
    classpath,
    `shop.${name[0]!.toUpperCase()}${name.slice(1)}`,
  ];
  return {
    synthesize: (app) => assemblyOf(folder, app, 'java', main(app)),
    refusal: () => runProgram('java', main('refused'), { cwd: folder }),
  };
}

/** Go, with the modules that were packed in place of published ones. */
export function goProject(folder: string, modules: Readonly<Record<string, string>>): RefusingProject {
  template('go', folder);
  const go = (...args: string[]): string => runProgram('go', args, { cwd: folder });
  go('mod', 'init', 'example.com/shop');
  const replaced = Object.entries(modules).map(([module, at]) => `-replace=${module}=${at}`);
  go('mod', 'edit', ...replaced, `-require=github.com/aws/aws-cdk-go/awscdk/v2@v${pins['aws-cdk-lib']}`);
  // Takes the versions that the modules ask for, and looks for none that are newer.
  const ours = Object.keys(modules).filter((module) => module.startsWith(MANIFEST.jsii.targets.go.moduleName));
  go('mod', 'edit', ...ours.map((module) => `-require=${module}@v${version}`));
  go('build', '-mod=mod', '-o', 'bin/', './...');
  return {
    synthesize: (app) => assemblyOf(folder, app, join(folder, 'bin', app), []),
    refusal: () => runProgram(join(folder, 'bin', 'refused'), [], { cwd: folder }),
  };
}

const PRINT_README = "from importlib.metadata import metadata; print(metadata('cdk-headgate').get_payload())";

/** The CDK's validator is no matter of languages. */
const UNVALIDATED = { CDK_VALIDATION: 'false' };

/** Every language runs with the same context, as the CDK's command line would give it. */
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));

function assemblyOf(
  folder: string,
  app: AppName,
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Assembly {
  const out = join(folder, `cdk.out-${app}`);
  runProgram(command, args, {
    cwd: folder,
    env: { ...env, ...UNVALIDATED, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return readAssembly(out);
}

function template(language: string, folder: string): void {
  cpSync(join(__dirname, language), folder, { recursive: true });
}
