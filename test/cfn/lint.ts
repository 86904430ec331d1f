// Lints the templates of the reference app and of every example with cfn-lint.
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentProblem, pythonPrograms } from '../python/environment';
import { Commands } from '../support/commands';
import { runScript } from '../support/script';

const ROOT = join(__dirname, '..', '..');

/** All that was started, to be ended with this. */
const started: Commands[] = [];

runScript(main);

async function main(): Promise<number> {
  const programs = pythonPrograms('cfn-lint');
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'headgate-lint-')));
  process.on('exit', () => {
    for (const commands of started) commands.endAll();
    // What was just ended may still be closing its files.
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  const templates: string[] = [];
  for (const [index, app] of apps().entries()) templates.push(...(await templatesOf(app, join(root, `${index}`))));
  const site = templates.find((template) =>
    readFileSync(template, 'utf8').includes('ElasticLoadBalancingV2::Listener"'),
  );
  await checkThatItLooks(programs, site ?? templates[0]!, join(root, 'broken.template.json'));
  const found = await lint(programs, templates);
  if (found !== '') console.log(found);
  console.log(
    `cfn-lint: ${templates.length} templates of ${apps().length} apps, ${found === '' ? 'nothing found' : 'see above'}`,
  );
  return found === '' ? 0 : 1;
}

/** The apps whose templates are linted: the reference app, and every example. */
function apps(): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).map((name) => join('examples', name, 'app.ts'));
  return ['bin/app.ts', ...examples.filter((file) => existsSync(join(ROOT, file)))];
}

/** The templates of an app, which is run as cdk.json runs the reference app, but leaves this able to end it. */
async function templatesOf(app: string, folder: string): Promise<string[]> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const environment = { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' };
  await commandsWith(environment).must('npx', ['tsx', app], ROOT, `${app} can't be synthesized`);
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(folder, name));
  if (templates.length === 0) throw new Error(`${app} makes no template`);
  return templates;
}

/** What cfn-lint says of templates; empty when it finds nothing. */
async function lint(programs: string, templates: string[]): Promise<string> {
  const program = join(programs, 'cfn-lint');
  const { code, output } = await commandsWith({})
    .run(program, ['--format', 'parseable', ...templates], ROOT)
    .catch((error: Error) => {
      throw new EnvironmentProblem(`cfn-lint could not be run: ${error.message}`);
    });
  const found = output.trim();
  if (code !== 0 && found === '') throw new Error(`cfn-lint ended with code ${code} and said nothing`);
  return found;
}

/** A linter that is not looking finds nothing either: this one has to see a port that is none. */
async function checkThatItLooks(programs: string, template: string, file: string): Promise<void> {
  const broken = JSON.parse(readFileSync(template, 'utf8'));
  const listeners = Object.values<{ Type: string; Properties: { Protocol: string } }>(broken.Resources).filter(
    ({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::Listener',
  );
  if (listeners.length === 0) throw new Error(`${template} has no listener to break`);
  for (const { Properties } of listeners) Properties.Protocol = 'GOPHER';
  writeFileSync(file, JSON.stringify(broken));
  if (!/GOPHER/.test(await lint(programs, [file])))
    throw new Error('cfn-lint does not see a listener with the protocol GOPHER');
}

function commandsWith(environment: NodeJS.ProcessEnv): Commands {
  const commands = new Commands({ ...process.env, ...environment });
  started.push(commands);
  return commands;
}
