import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type AssemblyStack, type MetadataEntry, type Resource, readAssembly } from '../../bin/report/assembly';
import { renderTree, type TreeNode } from '../../bin/report/render';
import { type Road, roadOf } from '../../bin/report/road';
import { Templates } from '../../bin/report/templates';

/** A stack that was written by hand. */
export function stackOf(
  resources: Record<string, Resource>,
  options: Partial<AssemblyStack> & { readonly paths?: Record<string, string> } = {},
): AssemblyStack {
  const { paths = {}, metadata = [], ...rest } = options;
  const ids = Object.entries(paths).map(([id, path]): MetadataEntry => ({ path, type: 'aws:cdk:logicalId', data: id }));
  return {
    id: 'Stack',
    stackName: 'Stack',
    path: 'Stack',
    region: 'eu-west-1',
    template: { Resources: resources },
    templateBytes: 100,
    dependencies: [],
    metadata: [...metadata, ...ids],
    ...rest,
  };
}

/** The road through stacks that were written by hand. */
export function roadThrough(...stacks: AssemblyStack[]): Road {
  return roadOf(new Templates(stacks));
}

/** An app's assembly as the report reads it. */
export function assemblyOf(build: (app: App) => void): AssemblyStack[] {
  const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    return readAssembly(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The lines of a drawn tree, without what is drawn in front of them. */
export function labelsOf(node: TreeNode): string[] {
  const text = node.note ? `${node.label} ${node.note}` : node.label;
  return [text.replace(/ +/g, ' '), ...node.children.flatMap(labelsOf)];
}

/** A drawn tree. */
export function drawn(nodes: readonly TreeNode[]): string {
  return nodes.map((node) => renderTree(node)).join('\n\n');
}
