import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..');

/** Runs the reference app of a folder as cdk.json does, into a new folder. */
function synthesize(validate = false, cwd = root): string {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-'));
  const { app, context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const [command, ...args] = app.split(' ');
  execFileSync(command, args, {
    cwd,
    stdio: 'pipe',
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_VALIDATION: String(validate),
    },
  });
  return folder;
}

/** What a run of the app reads of the project, in a new folder. */
function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'headgate-copy-'));
  for (const name of ['bin', 'lib', join('dist', 'handlers'), 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

/** Every file of an assembly with the hash of its bytes, but for those in which the CDK writes down paths of the machine (CDK-7). */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((file) => relative(folder, join(file.parentPath, file.name)))
      .filter((name) => !/metadata\.json$|validation-report\.json$/.test(name))
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );
}

test('two runs in two folders give the same bytes', () => {
  const copies = [copyOfProject(), copyOfProject()];
  const assemblies = copies.map((copy) => synthesize(false, copy));
  try {
    const [first, second] = assemblies.map(contents);
    expect(Object.keys(first!).filter((name) => name.endsWith('.template.json'))).toHaveLength(5);
    expect(Object.keys(first!)).toEqual(expect.arrayContaining(['manifest.json', 'tree.json']));
    expect(second).toEqual(first);
  } finally {
    for (const folder of [...copies, ...assemblies]) rmSync(folder, { recursive: true });
  }
});

test('a run with every validator writes a report in which nothing is open', () => {
  const folder = synthesize(true);
  try {
    const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    const plugins: { pluginName: string; conclusion: string; violations: object[] }[] = report.pluginReports;
    expect(plugins.map(({ pluginName }) => pluginName).sort()).toEqual([
      'AwsSolutions',
      'CloudFormation Validate',
      'HIPAA.Security',
      'NIST.800.53.R5',
      'PCI.DSS.321',
    ]);
    expect(plugins.flatMap(({ violations }) => violations)).toEqual([]);
    expect(plugins.map(({ conclusion }) => conclusion)).toEqual(Array(5).fill('success'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
