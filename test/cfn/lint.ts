import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentProblem, pythonPrograms } from '../python/environment';
import { synthesize } from '../support/project';

const ROOT = join(__dirname, '..', '..');

/** The apps whose templates are linted: the reference app, and every example. */
function apps(): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).map((name) => join('examples', name, 'app.ts'));
  return ['bin/app.ts', ...examples.filter((file) => existsSync(join(ROOT, file)))];
}

/** What cfn-lint says of templates; empty when it finds nothing. */
function lint(programs: string, templates: string[]): string {
  const { status, error, stdout, stderr } = spawnSync(
    join(programs, 'cfn-lint'),
    ['--format', 'parseable', ...templates],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (error) throw new EnvironmentProblem(`cfn-lint could not be run: ${error.message}`);
  const found = `${stdout}${stderr}`.trim();
  if (status !== 0 && found === '') throw new Error(`cfn-lint ended with code ${status} and said nothing`);
  return found;
}

/** A linter that is not looking finds nothing either: this one has to see a port that is none. */
function checkThatItLooks(programs: string, template: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-lint-'));
  try {
    const broken = JSON.parse(readFileSync(template, 'utf8'));
    const listeners = Object.values<{ Type: string; Properties: { Protocol: string } }>(broken.Resources).filter(
      ({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::Listener',
    );
    if (listeners.length === 0) throw new Error(`${template} has no listener to break`);
    for (const { Properties } of listeners) Properties.Protocol = 'GOPHER';
    const file = join(folder, 'broken.template.json');
    writeFileSync(file, JSON.stringify(broken));
    if (!/GOPHER/.test(lint(programs, [file])))
      throw new Error('cfn-lint does not see a listener with the protocol GOPHER');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function main(): void {
  const programs = pythonPrograms('cfn-lint');
  const folders: string[] = [];
  try {
    for (const app of apps()) folders.push(synthesize({ app }));
    const templates = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.template.json'))
        .map((name) => join(folder, name)),
    );
    const site = templates.find((template) =>
      readFileSync(template, 'utf8').includes('ElasticLoadBalancingV2::Listener"'),
    );
    checkThatItLooks(programs, site ?? templates[0]!);
    const found = lint(programs, templates);
    if (found !== '') {
      console.log(found);
      process.exitCode = 1;
    }
    console.log(
      `cfn-lint: ${templates.length} templates of ${apps().length} apps, ${found === '' ? 'nothing found' : 'see above'}`,
    );
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof EnvironmentProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
