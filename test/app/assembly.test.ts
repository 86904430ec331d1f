import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { copyOfProject, synthesize } from '../support/project';

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
  const assemblies = copies.map((cwd) => synthesize({ cwd }));
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
  const folder = synthesize({ validate: true });
  try {
    const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    const plugins: { pluginName: string; conclusion: string; violations: object[] }[] = report.pluginReports;
    // Newer versions of the CDK leave out who finds nothing, as their own validator does.
    const packs = ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];
    expect(plugins.map(({ pluginName }) => pluginName)).toEqual(expect.arrayContaining(packs));
    expect(plugins.flatMap(({ violations }) => violations)).toEqual([]);
    expect(plugins.filter(({ conclusion }) => conclusion !== 'success')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
