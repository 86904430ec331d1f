import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package. */
export const PACKAGE = dirname(dirname(__dirname));

const README = join(PACKAGE, 'README.md');

/** A command of README.md with what it shows to come out. */
export interface Shown {
  readonly command: string;
  readonly output: string;
}

/** A block of commands, with its place for messages: `README.md:45`. */
export interface Console {
  readonly at: string;
  readonly shown: readonly Shown[];
}

/** The blocks of README.md in a language, in the order of the page: their first line's words after the language, and their text. */
export function blocks(
  language: string,
): readonly { readonly at: string; readonly mark: string; readonly text: string }[] {
  const page = readFileSync(README, 'utf8');
  return [...page.matchAll(fences(language))].map(({ index, 1: mark = '', 2: text = '' }) => ({
    at: `README.md:${page.slice(0, index).split('\n').length}`,
    mark: mark.trim(),
    text,
  }));
}

/** The blocks of commands with a mark: `registry` for those that install something, none for the others. */
export function consoles(mark = ''): readonly Console[] {
  return blocks('console')
    .filter((block) => block.mark === mark)
    .map(({ at, text }) => ({ at, shown: commandsOf(text) }));
}

/** Writes what commands really print into README.md, block by block as `consoles` gave them. */
export function update(printed: readonly (readonly Shown[])[], mark = ''): void {
  const left = [...printed];
  const page = readFileSync(README, 'utf8').replace(fences('console'), (block, own: string) => {
    const next = own.trim() === mark ? left.shift() : undefined;
    if (next === undefined) return block;
    const text = next.map(({ command, output }) => `$ ${command}\n${output}`).join('');
    return `\`\`\`console${own}\n${text}\`\`\``;
  });
  writeFileSync(README, page);
}

function fences(language: string): RegExp {
  return new RegExp(`^\`\`\`${language}((?: \\w+)?)\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
}

function commandsOf(text: string): readonly Shown[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), output: part.slice(end + 1) };
    });
}
