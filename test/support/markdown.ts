import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A page of the documentation, as a test reads it. */
export class Page {
  public readonly text: string;

  public constructor(file: string) {
    this.text = readFileSync(join(ROOT, file), 'utf8');
  }

  /** The text below a heading of the second level. */
  public section(heading: string): string {
    const [, ...sections] = this.text.split(/^## /m);
    const found = sections.find((section) => section.startsWith(`${heading}\n`));
    if (found === undefined) throw new Error(`no section '${heading}'`);
    return found.slice(heading.length);
  }

  /** The headings of the second level. */
  public headings(): string[] {
    return [...withoutBlocks(this.text).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!);
  }

  /** The rows of the table in a section that has this header, each by the names of its columns, without backticks. */
  public table(heading: string, header: readonly string[]): Record<string, string>[] {
    const lines = this.section(heading).split('\n').map(cells);
    const start = lines.findIndex((line) => line?.join() === header.join());
    if (start < 0) throw new Error(`no table | ${header.join(' | ')} | in '${heading}'`);
    const rows: Record<string, string>[] = [];
    for (const line of lines.slice(start + 2)) {
      if (line === undefined) break;
      rows.push(Object.fromEntries(header.map((name, column) => [name, line[column] ?? ''])));
    }
    return rows;
  }

  /** The commands of all shell blocks and of inline code that begin with a program, one line each, without comments. */
  public commands(program: string): string[] {
    const blocks = [...this.text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, block]) => block!);
    const inline = [...withoutBlocks(this.text).matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
    return [
      ...blocks
        .join('')
        .replace(/\\\n\s*/g, '')
        .split('\n'),
      ...inline,
    ]
      .map((line) => line.trim().replace(/\s+#.*$/, ''))
      .filter((line) => line.startsWith(`${program} `));
  }
}

function withoutBlocks(markdown: string): string {
  return markdown.replace(/^ *```[\s\S]*?^ *```$/gm, '');
}

function cells(line: string): string[] | undefined {
  const [, row] = /^ *\|(.*)\| *$/.exec(line) ?? [];
  return row?.split('|').map((cell) => cell.trim().replaceAll('`', ''));
}
