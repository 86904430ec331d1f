import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssemblyStack, readAssembly } from '../../bin/report/assembly';
import { copyOfProject } from '../support/project';
import { ROOT } from '../support/readme';

/** What a command did. */
export interface Run {
  readonly status: number | null;
  /** What it said, on both streams. */
  readonly output: string;
}

/** An example in a fresh copy of the checkout, where the commands of its README are run. */
export class DocumentedExample {
  /** The text of the README. */
  public readonly readme: string;

  /** The copy. */
  public readonly root = copyOfProject();

  private readonly home = mkdtempSync(join(tmpdir(), 'headgate-home-'));

  public constructor(public readonly name: string) {
    this.readme = readFileSync(join(ROOT, 'examples', name, 'README.md'), 'utf8');
    // What `cdk synth` needs beside what an app does: it builds the handlers anew.
    rmSync(join(this.root, 'dist'), { recursive: true });
    for (const file of ['cdk.json', 'lambda', 'scripts']) {
      cpSync(join(ROOT, file), join(this.root, file), { recursive: true });
    }
  }

  /** The commands of the README, in order. */
  public get commands(): string[] {
    return [...this.readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, lines]) => lines!.trim().split('\n'));
  }

  /** Where the README has the cloud assembly written. */
  public get assembly(): string {
    return join(this.root, `cdk.out-${this.name}`);
  }

  /** Runs a command in the copy as somebody without an AWS account would. */
  public run(command: string): Run {
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('AWS_')));
    const { status, error, stdout, stderr } = spawnSync(command, {
      cwd: this.root,
      shell: true,
      encoding: 'utf8',
      env: {
        ...env,
        CI: 'true',
        CDK_HOME: this.home,
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });
    if (error) throw error;
    return { status, output: `${stdout}${stderr}` };
  }

  /** Runs the README's first command, which synthesizes the app, and gives the stacks. */
  public synthesize(): { readonly run: Run; readonly stacks: AssemblyStack[] } {
    const run = this.run(this.commands[0]!);
    if (run.status !== 0) throw new Error(`'${this.commands[0]}' ended with code ${run.status}:\n${run.output}`);
    return { run, stacks: readAssembly(this.assembly) };
  }

  /** Removes the copy. */
  public remove(): void {
    for (const folder of [this.root, this.home]) rmSync(folder, { recursive: true });
  }
}
