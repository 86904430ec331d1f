import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeBlock, codeBlocks, documents, FIXTURES, ROOT } from '../support/readme';
import { Failure, runProgram } from './run-program';

/** What Rosetta made of the examples of the documents. */
export interface Examples {
  /** The file with all translations, as pacmak takes it. */
  readonly tablet: string;
  /** The blocks of documents that were compiled. */
  readonly blocks: CodeBlock[];
  /** A block in another language. */
  translated(block: CodeBlock, language: 'python' | 'java' | 'csharp' | 'go'): string;
}

interface Tablet {
  readonly snippets: Readonly<
    Record<
      string,
      {
        readonly translations: Readonly<Record<string, { readonly source: string }>>;
        readonly didCompile?: boolean;
      }
    >
  >;
}

/**
 * Lets Rosetta compile and translate every example: those of doc comments, of the README, and of all other documents. Rosetta looks into
 * the assembly alone, so it gets a copy of the assembly in which each document is the README of a submodule.
 */
export function compileExamples(folder: string): Examples {
  const pages = documents();
  mkdirSync(folder);
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  cpSync(FIXTURES, join(folder, 'rosetta'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, '.jsii'), JSON.stringify(withReadmes(pages)));
  const rosetta = join(ROOT, 'node_modules', 'jsii-rosetta', 'bin', 'jsii-rosetta');
  runProgram(process.execPath, [rosetta, 'extract', '--compile', '--fail', '--directory', ROOT, folder], { cwd: ROOT });

  const tablet = join(folder, '.jsii.tabl.json');
  const { snippets }: Tablet = JSON.parse(readFileSync(tablet, 'utf8'));
  const blocks = pages.flatMap((page) => codeBlocks(page, 'ts'));
  const snippetOf = ({ code, at }: CodeBlock) => {
    const found = Object.values(snippets).find(({ translations }) => translations.$?.source.trim() === code.trim());
    if (!found?.didCompile) throw new Failure(`${at} was not compiled by Rosetta`);
    return found;
  };
  blocks.forEach(snippetOf);
  return {
    tablet,
    blocks,
    translated: (block, language) => `${snippetOf(block).translations[language]!.source.trim()}\n`,
  };
}

function withReadmes(pages: string[]): object {
  const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
  const readme = (page: string): object => ({ readme: { markdown: readFileSync(join(ROOT, page), 'utf8') } });
  const others = pages.filter((page) => page !== 'README.md');
  return {
    ...assembly,
    ...readme('README.md'),
    submodules: {
      ...assembly.submodules,
      ...Object.fromEntries(others.map((page) => [`${assembly.name}.${page}`, readme(page)])),
    },
  };
}
