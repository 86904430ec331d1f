import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the checkout. */
export const ROOT = join(__dirname, '..', '..');

/** Where Rosetta looks for what stands around a block with `fixture=…`: `rosetta/<fixture>.ts-fixture`, the block in place of `/// here`. */
export const FIXTURES = join(ROOT, 'rosetta');

/** What readers of the project read, but for API.md, which is generated. */
export function documents(): string[] {
  const pages = ['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return [...readdirSync(ROOT), ...pages.sort()].filter((name) => name.endsWith('.md') && name !== 'API.md');
}

/** A code block of a document. */
export interface CodeBlock {
  /** Where it begins, for messages: `README.md:45`. */
  readonly at: string;
  /** As the fence says: `ts` for an app or a part of one, `js` for a file of a jest project. */
  readonly language: string;
  /** What stands around it; undefined for a block that is a whole program. */
  readonly fixture?: string;
  readonly code: string;
}

/** The blocks of a document of the checkout, in the order of the page; those in TypeScript and JavaScript when no language is named. */
export function codeBlocks(document: string, ...languages: string[]): CodeBlock[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const wanted = languages.length > 0 ? languages : ['ts', 'js'];
  return [...text.matchAll(/^```(\w+)(?: fixture=(\w+))?\n([\s\S]*?)^```$/gm)]
    .map(({ index, 1: language = '', 2: fixture, 3: code = '' }) => ({
      at: `${document}:${text.slice(0, index).split('\n').length}`,
      language,
      fixture,
      code,
    }))
    .filter(({ language }) => wanted.includes(language));
}

/** A block as a whole program that synthesizes, unless it is one for jest. */
export function program({ language, fixture, code, at }: CodeBlock): string {
  if (language === 'js') return `${code}\nexport {};\n`;
  if (fixture === undefined) return `${code}\napp.synth();\n`;
  const file = join(FIXTURES, `${fixture}.ts-fixture`);
  if (!existsSync(file)) {
    const names = readdirSync(FIXTURES).map((name) => name.replace(/\.ts-fixture$/, ''));
    throw new Error(`${at} names the fixture '${fixture}', which is none of ${names.join(', ')}`);
  }
  const [before, after] = readFileSync(file, 'utf8').split('/// here\n');
  return `${before}${code}${after}`;
}
