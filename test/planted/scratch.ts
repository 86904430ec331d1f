import { cpSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Commands, gist } from '../support/commands';
import { copyWorkingTree } from '../support/working-tree';
import type { JestReport } from './report';
import { type Row, touchedFiles } from './table';

/** What is built and not in the repository, though tests read it. */
const BUILT = ['dist', '.jsii'];
const PACKAGES = 'node_modules';
/** The test that reads what jsii makes of the sources. */
const JSII_TEST = 'test/api.test.ts';

/** A copy of the working tree, in which faults are planted one after another. */
export class Scratch {
  private readonly reportFile: string;
  private planted?: string;
  private built = false;

  /**
   * @param project the checkout
   * @param root where the copy goes
   * @param commands what runs programs
   */
  public constructor(
    private readonly project: string,
    private readonly root: string,
    private readonly commands: Commands,
  ) {
    this.reportFile = `${root}.json`;
  }

  /** Copies what git knows or would take, and what was built; installed packages are linked. */
  public copy(): void {
    copyWorkingTree(this.project, this.root);
    symlinkSync(join(this.project, PACKAGES), join(this.root, PACKAGES));
    this.copyBuilt();
  }

  /** Plants a row's fault and builds what it reaches. */
  public async plant({ patch, file }: Row): Promise<void> {
    const path = join(this.project, 'test', patch);
    await this.commands.must('git', ['apply', '--whitespace=nowarn', path], this.root, `${patch} no longer applies`);
    this.planted = path;
    const touched = touchedFiles(readFileSync(path, 'utf8'));
    if (touched.some((name) => name.startsWith('lambda/') || name === 'scripts/build-handlers.mjs')) {
      await this.build('scripts/build-handlers.mjs', `the handlers do not build with ${patch}`);
    }
    if (file === JSII_TEST) await this.build('node_modules/jsii/bin/jsii', `jsii refuses ${patch}`);
  }

  /** Makes the copy what it was. */
  public async heal(): Promise<void> {
    if (this.planted === undefined) return;
    const args = ['apply', '--reverse', '--whitespace=nowarn', this.planted];
    await this.commands.must('git', args, this.root, `${this.planted} can't be taken out again`);
    this.planted = undefined;
    if (this.built) this.copyBuilt();
  }

  /** Runs the tests of these rows, and no others; snapshots are compared and never written. */
  public async test(rows: Row[], workers = 1): Promise<JestReport> {
    rmSync(this.reportFile, { force: true });
    const files = [...new Set(rows.map(({ file }) => file))];
    const names = rows.map(({ name }) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
    const { output } = await this.commands.run(
      process.execPath,
      [
        'node_modules/jest/bin/jest.js',
        ...['--runTestsByPath', ...files, '-t', names],
        ...['--ci', '--silent', '--watchman=false', '--forceExit', `--maxWorkers=${workers}`],
        ...['--json', `--outputFile=${this.reportFile}`],
      ],
      this.root,
    );
    if (!existsSync(this.reportFile)) throw new Error(`jest wrote no report: ${gist(output)}`);
    const report = JSON.parse(readFileSync(this.reportFile, 'utf8')) as JestReport;
    const named = (path: string) => relative(this.root, path);
    return { ...report, testResults: report.testResults.map((one) => ({ ...one, name: named(one.name) })) };
  }

  private async build(script: string, problem: string): Promise<void> {
    this.built = true;
    await this.commands.must(process.execPath, [script], this.root, problem);
  }

  private copyBuilt(): void {
    for (const name of BUILT) {
      if (!existsSync(join(this.project, name))) throw new Error(`${name} is missing: npm run build makes it`);
      rmSync(join(this.root, name), { recursive: true, force: true });
      cpSync(join(this.project, name), join(this.root, name), { recursive: true });
    }
    this.built = false;
  }
}
