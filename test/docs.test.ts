import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';
import { ERROR_CODES } from '../lib/core/errors';
import { codeBlocks, documents, program, ROOT } from './support/readme';

const DOCUMENTS = documents();

describe('troubleshooting', () => {
  const entries = sectionsOf('docs/troubleshooting.md').filter(({ heading }) => /^HG\d{4}$/.test(heading));

  test('has an entry for each error code, in order, and for nothing else', () => {
    expect(entries.map(({ heading }) => heading)).toEqual(Object.keys(ERROR_CODES).sort());
  });

  test.each(entries.map(({ heading, text }) => [heading, text]))(
    '%s begins with what the table says, and says more',
    (code, text) => {
      const [title, ...more] = text.trim().split('\n');
      expect(title!.toLowerCase()).toBe(`**${ERROR_CODES[code as keyof typeof ERROR_CODES]}.**`.toLowerCase());
      expect(more.join(' ').trim().length).toBeGreaterThan(40);
    },
  );
});

describe('facts', () => {
  const entries = new Map(sectionsOf('docs/facts.md').map(({ heading, text }) => [heading, text]));
  const code = ['lib', 'lambda', 'bin'].flatMap((folder) => filesUnder(folder, '.ts'));

  test.each([...citations([...code, ...DOCUMENTS])])('%s, cited in %s, has an entry with a source', (id) => {
    expect(entries.get(id)).toMatch(/^Source: /m);
  });
});

describe('README.md', () => {
  const blocks = codeBlocks('README.md').map((block) => [block.at, block] as const);

  test('has examples', () => {
    expect(blocks.length).toBeGreaterThan(5);
  });

  test.each(blocks)('the example at %s runs and synthesizes', (_, block) => {
    run(program(block));
  });

  test('keeps the hashes of assets out of snapshots', () => {
    const hash = 'ab'.repeat(32);
    expect([`${hash}.zip`, `${hash}.json`, hash, 'no hash']).toMatchInlineSnapshot(`
[
  "<asset>.zip",
  "<asset>.json",
  "<asset>",
  "no hash",
]
`);
  });

  test('the examples are typed as they are used', () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    try {
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      blocks.forEach(([, block], index) => {
        writeFileSync(join(folder, `block-${index}.ts`), program(block));
      });
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig(blocks.length)));
      const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
        cwd: folder,
        encoding: 'utf8',
      });
      const problems = stdout.split('\n').filter((line) => /block-\d+\.ts/.test(line) || /^error/.test(line));
      expect(
        problems.map((line) => line.replace(/.*block-(\d+)\.ts/, (_, index) => blocks[Number(index)]![0])),
      ).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('shows the example that examples/single-region runs', () => {
    const [block] = codeBlocks('README.md');
    expect(read('examples/single-region/app.ts')).toBe(block!.code.replace("'cdk-headgate'", "'../../lib'"));
  });
});

test.each(DOCUMENTS.flatMap((document) => linksOf(document).map((link) => [document, link])))(
  '%s: the link %s leads somewhere',
  (document, link) => {
    const [path, anchor] = link.split('#') as [string, string?];
    const target = path === '' ? document : relative(ROOT, join(ROOT, dirname(document), path));
    expect(existsSync(join(ROOT, target))).toBe(true);
    if (anchor !== undefined) expect(sectionsOf(target).map(({ heading }) => slug(heading))).toContain(anchor);
  },
);

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '');
}

function sectionsOf(document: string): { heading: string; text: string }[] {
  return withoutCode(read(document))
    .split(/^#+ /m)
    .slice(1)
    .map((section) => {
      const [heading, ...lines] = section.split('\n');
      return { heading: heading!.trim(), text: lines.join('\n') };
    });
}

/** Fact ids and the first file that cites each. */
function citations(files: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    for (const [id] of read(file).matchAll(/\b(?:ALB|NLB|ZS|ASG|R53|CF|WAF|SM|GA|CP|ELB|CDK)-\d+\b/g)) {
      if (!found.has(id)) found.set(id, file);
    }
  }
  return found;
}

function linksOf(document: string): string[] {
  const links = [...withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  return [...new Set(links.filter((link) => !/^[a-z]+:/.test(link)))];
}

/** How GitHub names the anchor of a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Runs a program with this checkout's library in the place of the published one. */
function run(source: string): void {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const load = (name: string): unknown => require(name === 'cdk-headgate' ? '../lib' : name);
  new Function('require', 'exports', code)(load, {});
}

function tsconfig(count: number): object {
  return {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022'],
      module: 'Node16',
      moduleResolution: 'Node16',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node', 'jest'],
      paths: { 'cdk-headgate': [join(ROOT, 'lib/index.ts')] },
    },
    files: Array.from({ length: count }, (_, index) => `block-${index}.ts`),
  };
}
