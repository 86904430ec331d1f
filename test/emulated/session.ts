import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { pythonPrograms } from '../python/environment';
import { Commands, type Ended, gist } from '../support/commands';
import { copyOfProject } from '../support/project';
import { credentialsOf, type StackTemplate, stacksOf } from './assembly';
import { ministack } from './ministack';
import { Server } from './server';

/** The account that everything is deployed into unless an app says another. */
export const ACCOUNT = '111122223333';
const REGION = 'us-east-1';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const CHECKOUT = join(__dirname, '..', '..');
const CDK = join(CHECKOUT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
/** What the command line reads of a checkout besides what apps read. */
const FOR_THE_COMMAND_LINE = ['cdk.json', 'scripts', 'lambda'];

/** An app of a copy of the project. */
export interface DeployedApp {
  /** The command that runs it; the one of cdk.json when left out. */
  readonly command?: string;
  /** What selects all of its stacks, where they are in Stages `**`. */
  readonly all: '--all' | '**';
  /** What selects them by path. */
  readonly selector: string;
  /** Whether the CDK's validators and the app's look at it each time. */
  readonly validated: boolean;
  /** The context that it is given. */
  readonly context: Readonly<Record<string, string>>;
}

/** An emulator, a copy of the project, and the CDK's command line between them. Everything that any of them writes is in one folder. */
export class Session {
  private readonly commands = new Set<Commands>();
  private readonly bootstrapped = new Set<string>();
  private assemblies = 0;

  private constructor(
    private readonly root: string,
    /** The copy of the project that is deployed from. */
    public readonly project: string,
    /** The folder of the emulator's Python package. */
    public readonly packageFolder: string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    public readonly emulator: Server,
  ) {}

  /** Starts an emulator. Whatever happens, nothing stays: no process, and no file. */
  public static async start(port?: number): Promise<Session> {
    const programs = pythonPrograms('emulators');
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'emulated-')));
    process.on('exit', () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
    process.env.TMPDIR = join(root, 'tmp');
    mkdirSync(process.env.TMPDIR);
    const project = copyOfProject();
    for (const name of FOR_THE_COMMAND_LINE) cpSync(join(CHECKOUT, name), join(project, name), { recursive: true });
    const emulator = await Server.start(ministack, programs, join(root, 'emulator'), port);
    const environment = {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: root,
      TMPDIR: process.env.TMPDIR,
      // The command line keeps accounts by access key there.
      CDK_HOME: join(root, 'cdk'),
      CDK_DISABLE_VERSION_CHECK: '1',
      AWS_ENDPOINT_URL: emulator.url,
      AWS_REGION: REGION,
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_COLOR: '1',
      ...(process.env.EMULATED_RUN ? { EMULATED_RUN: process.env.EMULATED_RUN } : {}),
    };
    // For the SDK in this process.
    process.env.AWS_ENDPOINT_URL = emulator.url;
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const session = new Session(root, project, packageFolder(programs), environment, emulator);
    // Before what they write is removed.
    process.prependListener('exit', () => {
      for (const commands of session.commands) commands.endAll();
    });
    return session;
  }

  /** Runs the CDK's command line in the copy of the project; fails when it does, or when the emulator dies. */
  private async cdk(problem: string, app: DeployedApp, ...args: string[]): Promise<string> {
    const context = Object.entries(app.context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
    const { code, output } = await this.run(
      { CDK_VALIDATION: String(app.validated) },
      ...args,
      '--output',
      join(this.root, `assembly-${this.assemblies}`),
      ...(app.command ? ['--app', app.command] : []),
      ...context,
    );
    if (code !== 0) throw new Error(`${problem}: ${reasons(output)}`);
    return output;
  }

  /** Runs the command line, by default as the account that deploys. */
  private async run(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
    this.assemblies++;
    const commands = new Commands({ ...this.environment, AWS_ACCESS_KEY_ID: ACCOUNT, ...environment });
    this.commands.add(commands);
    const ended = await Promise.race([
      commands.run(process.execPath, [CDK, ...args], this.project),
      this.emulator.died,
    ]);
    this.commands.delete(commands);
    return ended;
  }

  /** A public hosted zone of one's own, as a user has it before anything is deployed. */
  public async zone(name: string, account: string = ACCOUNT): Promise<string> {
    const client = new Route53Client(credentialsOf({ account, region: REGION }));
    const { HostedZone } = await client.send(
      new CreateHostedZoneCommand({ Name: name, CallerReference: `${name}-${this.assemblies++}` }),
    );
    return HostedZone!.Id!.replace('/hostedzone/', '');
  }

  /** Synthesizes an app and gives its stacks. */
  public async synth(app: DeployedApp): Promise<StackTemplate[]> {
    const output = join(this.root, `assembly-${this.assemblies}`);
    await this.cdk('cdk synth failed', app, 'synth', '--quiet');
    return stacksOf(output, { account: ACCOUNT, region: REGION });
  }

  /** Bootstraps the environments of stacks, each once. */
  public async bootstrap(stacks: readonly StackTemplate[]): Promise<string[]> {
    const wanted = [...new Set(stacks.map(({ account, region }) => `aws://${account}/${region}`))];
    const missing = wanted.filter((environment) => !this.bootstrapped.has(environment));
    for (const environment of missing) {
      const [, account = ACCOUNT] = /^aws:..(\d+)/.exec(environment) ?? [];
      // Another account trusts the one that deploys, as the CDK's guide says.
      const trust =
        account === ACCOUNT ? [] : ['--trust', ACCOUNT, '--cloudformation-execution-policies', ADMINISTRATOR];
      const { code, output } = await this.run({ AWS_ACCESS_KEY_ID: account }, 'bootstrap', environment, ...trust);
      if (code !== 0) throw new Error(`cdk bootstrap failed: ${reasons(output)}`);
      this.bootstrapped.add(environment);
    }
    return missing;
  }

  /** Deploys all stacks of an app, or those that are selected. */
  public async deploy(app: DeployedApp, ...selected: string[]): Promise<void> {
    const selection = selected.length > 0 ? selected : [app.all];
    await this.cdk('cdk deploy failed', app, 'deploy', ...selection, '--require-approval', 'never');
  }

  /** How many stacks the app would change. */
  public async changes(app: DeployedApp): Promise<number> {
    const output = await this.cdk('cdk diff failed', app, 'diff', app.selector);
    const [, count] = /Number of stacks with differences: (\d+)/.exec(output) ?? [];
    if (count === undefined) throw new Error(`cdk diff doesn't say what would change: ${gist(output)}`);
    return Number(count);
  }

  /** Destroys all stacks of an app. */
  public async destroy(app: DeployedApp): Promise<void> {
    await this.cdk('cdk destroy failed', app, 'destroy', app.selector, '--force');
  }
}

function packageFolder(programs: string): string {
  const lib = join(programs, '..', 'lib');
  const python = readdirSync(lib).find((name) => name.startsWith('python3'));
  return join(lib, python!, 'site-packages', 'ministack');
}

/** Of the output of a command that failed, the resources that failed and why; else the lines that say what went wrong. */
function reasons(output: string): string {
  const failed = output.split('\n').filter((line) => / (CREATE|UPDATE|DELETE)_FAILED /.test(line));
  if (failed.length === 0) return gist(output);
  // An event, and again in the summary: `stack | progress | time | status | type | path and reason`.
  const told = failed.map((line) => line.split('|').map((part) => part.trim()));
  return [...new Set(told.map((parts) => `${parts[0]} ${parts.at(-2)} ${parts.at(-1)}`))].join('; ');
}
