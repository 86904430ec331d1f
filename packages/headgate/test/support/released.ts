import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from './consoles';

const RELEASED = join(PACKAGE, '..', '..', 'test', 'fixtures', 'released', '0.1.0');

interface ReleasedStack {
  readonly stackName: string;
  readonly region: string;
}

/** Writes a cloud assembly with the templates of an app as it was released: the templates are kept, and their manifest is made here. */
export function writeReleased(app: string, folder: string): void {
  const from = join(RELEASED, app);
  const stacks: Record<string, ReleasedStack> = JSON.parse(readFileSync(join(from, 'stacks.json'), 'utf8'));
  mkdirSync(folder, { recursive: true });
  const artifacts: Record<string, object> = {};
  for (const [templateFile, { stackName, region }] of Object.entries(stacks)) {
    copyFileSync(join(from, templateFile), join(folder, templateFile));
    artifacts[templateFile.replace('.template.json', '')] = {
      type: 'aws:cloudformation:stack',
      environment: `aws://unknown-account/${region}`,
      properties: { templateFile, stackName },
    };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '54.0.0', artifacts }));
}
