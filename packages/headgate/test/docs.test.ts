import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, type ErrorCode } from '../lib/errors';
import { PACKAGE } from './support/consoles';

const read = (file: string) => readFileSync(join(PACKAGE, file), 'utf8');
const without = (pattern: RegExp) => (text: string) => text.replace(pattern, '');
const sources = readdirSync(join(PACKAGE, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'errors.ts')
  .map((file) => read(`lib/${file}`))
  .map(without(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm));

describe('troubleshooting', () => {
  const entries = [...read('docs/troubleshooting.md').matchAll(/^### (\S+)\n([\s\S]*?)(?=^##|$(?![\s\S]))/gm)].map(
    ([, code, text]) => [code!, text!] as const,
  );

  test('has an entry for each error code, in order, and for nothing else', () => {
    expect(entries.map(([code]) => code)).toEqual(Object.keys(ERROR_CODES).sort());
  });

  test.each(entries)('%s begins with what the table says, and says what to do', (code, text) => {
    const title = /^\*\*(.*?)\.\*\*/.exec(text)?.[1];
    expect(title?.toLowerCase()).toBe(ERROR_CODES[code as ErrorCode].toLowerCase());
    expect(text.length).toBeGreaterThan(150);
  });
});

test.each(Object.keys(ERROR_CODES))('%s is an error that something throws', (code) => {
  expect(sources.filter((source) => source.includes(`'${code}'`))).not.toEqual([]);
});

const DOCUMENTS = ['README.md', 'CHANGELOG.md', ...readdirSync(join(PACKAGE, 'docs')).map((file) => `docs/${file}`)];
const LINKS = DOCUMENTS.flatMap((document) =>
  [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => [document, link!] as const),
);

test.each(LINKS.filter(([, link]) => !/^https?:/.test(link)))(
  '%s: the link %s leads to what is packed',
  (document, link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(document, '..', path);
    expect(target).toMatch(/^(docs|examples|schema)\/|^[A-Z]+(\.md)?$/);
    expect(existsSync(join(PACKAGE, target))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor);
  },
);

test.each(LINKS.filter(([, link]) => link.includes('/cdk-headgate/cdk-headgate/')))(
  '%s: %s is in the repository',
  (_, link) => {
    const path = /\/(?:blob|tree)\/main\/(.*)$/.exec(link)?.[1];
    expect(existsSync(join(PACKAGE, '..', '..', path!))).toBe(true);
  },
);

/** The anchors of a document's headings, as GitHub names them. */
function anchorsOf(document: string): readonly string[] {
  return [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}
