import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the checkout. */
export const ROOT = join(__dirname, '..', '..');

/** Where Rosetta looks for what stands around a block with `fixture=…`: `rosetta/<fixture>.ts-fixture`, the block in place of `/// here`. */
export const FIXTURES = join(ROOT, 'rosetta');

/** A code block of a document. */
export interface CodeBlock {
  /** Where it begins, for messages: `README.md:45`. */
  readonly at: string;
  /** `ts` for a part of an app, `js` for a file of a jest project. */
  readonly language: 'ts' | 'js';
  /** What stands around it; undefined for a block that is a whole program. */
  readonly fixture?: string;
  readonly code: string;
}

/** The TypeScript and JavaScript blocks of a document of the checkout. */
export function codeBlocks(document: string): CodeBlock[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```(ts|js)(?: fixture=(\w+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, fixture, code = ''], index, all) => ({
      at: `${document}:${text.slice(0, all[index]!.index).split('\n').length}`,
      language: language as 'ts' | 'js',
      fixture,
      code,
    }),
  );
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
