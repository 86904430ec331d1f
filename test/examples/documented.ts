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

  /** Runs the README's first command, which has to synthesize the app, and gives what it said and the stacks. */
  public synthesize(): { readonly output: string; readonly stacks: AssemblyStack[] } {
    const folder = `cdk.out-${this.name}`;
    const command = `npx cdk synth -q -a 'npx tsx examples/${this.name}/app.ts' -o ${folder}`;
    if (this.commands[0] !== command) {
      throw new Error(
        `the first command of examples/${this.name}/README.md is '${this.commands[0]}', not '${command}'`,
      );
    }
    const { status, output } = this.run(command);
    if (status !== 0) throw new Error(`'${command}' ended with code ${status}:\n${output}`);
    return { output, stacks: readAssembly(join(this.root, folder)) };
  }

  /** Removes the copy. */
  public remove(): void {
    for (const folder of [this.root, this.home]) rmSync(folder, { recursive: true });
  }
}
