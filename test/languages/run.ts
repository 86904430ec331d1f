// Packs the package for each language, installs it into empty projects, and compares what they synthesize with what TypeScript does.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentProblem, pythonPrograms } from '../python/environment';
import { type CodeBlock, codeBlocks, ROOT } from '../support/readme';
import { type Assembly, difference, inventory } from './assemblies';
import { compileExamples } from './documents';
import { checkDotnet } from './dotnet';
import { generateDotnet, packGo, packJava, packNpm, packPython } from './packages';
import {
  APPS,
  type AppName,
  goProject,
  javaProject,
  type Project,
  pythonProject,
  type RefusingProject,
  typeScriptProject,
} from './projects';
import { Failure, runProgram } from './run-program';
import { missingTools } from './tools';

const PAGE = 'docs/languages.md';
const REFUSAL = "HG2104: 'weight' must be an integer from 0 to 999, got 1000";
const SNAPSHOTS = '__snapshots__';
/** Keeps the snapshot that the test in pytest makes now. */
const UPDATE = process.argv.includes('--update');

let passed = 0;

/** Says what was found right. */
function pass(text: string): void {
  passed += 1;
  console.log(text);
}

function main(folder: string): void {
  const missing = missingTools();
  if (missing.length > 0) throw new EnvironmentProblem(missing.join('\n'));
  // What the programs leave behind goes with the folder: the runtime that a Java program unpacks, what pacmak made before it failed.
  process.env.TMPDIR = join(folder, 'tmp');
  mkdirSync(process.env.TMPDIR);
  runProgram('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  const programs = pythonPrograms('languages');

  const examples = compileExamples(join(folder, 'examples'));
  pass(`documents: Rosetta compiled ${examples.blocks.length} examples, of ${documentsOf(examples.blocks)}`);

  const [smallest] = codeBlocks('README.md', 'ts') as [CodeBlock];
  const out = join(folder, 'out');
  mkdirSync(out);
  const at = (language: string): string => join(folder, language);
  const typeScript = typeScriptProject(at('typescript'), packNpm(out));
  const expected = synthesizeAll(typeScript);
  for (const app of APPS) pass(`TypeScript, ${app}: ${inventory(expected[app])}, by the package as npm packs it`);
  checkFigures(APPS.map((app) => inventory(expected[app])));

  const python = pythonProject(at('python'), programs, packPython(out, programs, examples.tablet));
  compare('Python', python, expected);
  if (!python.readme().includes(examples.translated(smallest, 'python'))) {
    throw new Failure("Python: the README of the wheel has to show its examples in Python, got TypeScript's");
  }
  pass('Python: the README of the wheel shows its examples in Python');
  python.pytest(UPDATE ? ['--snapshot-update'] : []);
  if (UPDATE) cpSync(join(at('python'), SNAPSHOTS), join(__dirname, 'python', SNAPSHOTS), { recursive: true });
  pass('Python: a snapshot test passes in pytest, and a bad weight is refused there, with code and text');

  const java = javaProject(at('java'), packJava(out, examples.tablet));
  compare('Java', java, expected);
  checkRefusal('Java', java);

  const go = goProject(at('go'), packGo(out));
  compare('Go', go, expected);
  checkRefusal('Go', go);

  const sources = checkDotnet(generateDotnet(out), programs);
  pass(`.NET: ${sources} sources and a project are generated and read by a parser; neither compiled nor run`);
  checkDotnetExample(examples.translated(smallest, 'csharp'));
}

function synthesizeAll(project: Project): Record<AppName, Assembly> {
  return { shop: project.synthesize('shop'), smallest: project.synthesize('smallest') };
}

function compare(language: string, project: Project, expected: Record<AppName, Assembly>): void {
  for (const app of APPS) {
    const actual = project.synthesize(app);
    const found = difference(expected[app], actual);
    if (found !== undefined) throw new Failure(`${language}, ${app}: not what TypeScript makes: ${found}`);
    pass(`${language}, ${app}: ${inventory(actual)}, all the same as TypeScript's`);
  }
}

function checkRefusal(language: string, project: RefusingProject): void {
  const text = project.refusal();
  if (!text.includes(REFUSAL)) throw new Failure(`${language}: a bad weight has to say '${REFUSAL}', got: ${text}`);
  pass(`${language}: a bad weight is refused, with code and text`);
}

/** The documents say how much was compared. */
function checkFigures(figures: string[]): void {
  const page = readFileSync(join(ROOT, PAGE), 'utf8').replace(/\s+/g, ' ');
  for (const figure of figures) if (!page.includes(figure)) throw new Failure(`${PAGE} has to say '${figure}'`);
}

/** The example in C# that the documents show can't be run here, so it has to be the translation of one that is. */
function checkDotnetExample(translation: string): void {
  const [shown] = codeBlocks(PAGE, 'csharp');
  if (shown?.code !== translation) throw new Failure(`${PAGE} has to show this example in C#:\n${translation}`);
  pass(".NET: the example in the documents is Rosetta's translation of the README's smallest one");
}

function documentsOf(blocks: { at: string }[]): string {
  return [...new Set(blocks.map(({ at }) => at.split(':')[0]))].join(', ');
}

const folder = mkdtempSync(join(tmpdir(), 'headgate-languages-'));
try {
  main(folder);
  console.log(`languages: ${passed} checks passed`);
} catch (error) {
  if (!(error instanceof EnvironmentProblem || error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
