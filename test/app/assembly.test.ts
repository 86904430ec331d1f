import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..');

/** Runs the reference app as cdk.json does, into a new folder. */
function synthesize(validate = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-'));
  const { app, context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const [command, ...args] = app.split(' ');
  execFileSync(command, args, {
    cwd: root,
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

/** Every file of an assembly with the hash of its bytes, but for those in which the CDK writes down paths of the machine (CDK-7). */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((file) => relative(folder, join(file.parentPath, file.name)))
      .filter((name) => !/metadata\.json$|validation-report\.json$|^tree\.json$|^manifest\.json$/.test(name))
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
  const [first, second] = [synthesize(), synthesize()];
  try {
    const files = contents(first);
    expect(Object.keys(files).filter((name) => name.endsWith('.template.json'))).toHaveLength(5);
    expect(contents(second)).toEqual(files);
  } finally {
    for (const folder of [first, second]) rmSync(folder, { recursive: true });
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
