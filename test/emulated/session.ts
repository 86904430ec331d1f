import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { pythonPrograms } from '../python/environment';
import { Commands, gist } from '../support/commands';
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
  /** What selects all of its stacks: `--all` leaves out those in Stages. */
  readonly selector: '--all' | '**';
  /** The context that it is given. */
  readonly context: Readonly<Record<string, string>>;
}

/** An emulator, a copy of the project, and the CDK's command line between them. Everything that any of them writes is in one folder. */
export class Session {
  private readonly commands = new Map<string, Commands>();
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
    const project = copyOfProject();
    for (const name of FOR_THE_COMMAND_LINE) cpSync(join(CHECKOUT, name), join(project, name), { recursive: true });
    process.on('exit', () => {
      for (const folder of [root, project]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    mkdirSync(join(root, 'tmp'));
    const emulator = await Server.start(ministack, programs, join(root, 'emulator'), port);
    const environment = {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: root,
      TMPDIR: join(root, 'tmp'),
      // The command line keeps accounts by access key there.
      CDK_HOME: join(root, 'cdk'),
      CDK_VALIDATION: 'false',
      CDK_DISABLE_VERSION_CHECK: '1',
      AWS_ENDPOINT_URL: emulator.url,
      AWS_REGION: REGION,
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_COLOR: '1',
      ...(process.env.EMULATED_RUN ? { EMULATED_RUN: process.env.EMULATED_RUN } : {}),
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => process.exit(128 + constants.signals[signal]));
    }
    // For the SDK in this process.
    process.env.AWS_ENDPOINT_URL = emulator.url;
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const session = new Session(root, project, packageFolder(programs), environment, emulator);
    // Before what they write is removed.
    process.prependListener('exit', () => {
      for (const commands of session.commands.values()) commands.endAll();
    });
    return session;
  }

  /** Runs the CDK's command line in the copy of the project; fails when it does, or when the emulator dies. */
  public async cdk(problem: string, ...args: string[]): Promise<string> {
    return this.cdkAs(ACCOUNT, problem, ...args);
  }

  /** The same with the credentials of an account. */
  private async cdkAs(account: string, problem: string, ...args: string[]): Promise<string> {
    const { code, output } = await Promise.race([
      this.commandsOf(account).run(process.execPath, [CDK, ...args], this.project),
      this.emulator.died,
    ]);
    if (code !== 0) throw new Error(`${problem}: ${reasons(output)}`);
    return output;
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
    const output = join(this.root, `assembly-${this.assemblies++}`);
    await this.cdk('cdk synth failed', 'synth', '--quiet', '--output', output, ...inContext(app));
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
      await this.cdkAs(account, 'cdk bootstrap failed', 'bootstrap', environment, ...trust);
      this.bootstrapped.add(environment);
    }
    return missing;
  }

  /** Deploys all stacks of an app. */
  public async deploy(app: DeployedApp): Promise<void> {
    await this.cdk(
      'cdk deploy failed',
      'deploy',
      app.selector,
      '--require-approval',
      'never',
      ...this.out(),
      ...inContext(app),
    );
  }

  /** Fails when the app would change anything that is deployed. */
  public async diff(app: DeployedApp): Promise<void> {
    await this.cdk('cdk diff finds changes', 'diff', app.selector, '--fail', ...this.out(), ...inContext(app));
  }

  /** Destroys all stacks of an app. */
  public async destroy(app: DeployedApp): Promise<void> {
    await this.cdk('cdk destroy failed', 'destroy', app.selector, '--force', ...this.out(), ...inContext(app));
  }

  private commandsOf(account: string): Commands {
    const commands = this.commands.get(account) ?? new Commands({ ...this.environment, AWS_ACCESS_KEY_ID: account });
    this.commands.set(account, commands);
    return commands;
  }

  private out(): string[] {
    return ['--output', join(this.root, `assembly-${this.assemblies++}`)];
  }
}

function inContext({ command, context }: DeployedApp): string[] {
  return [
    ...(command ? ['--app', command] : []),
    ...Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]),
  ];
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
