/** A point on the road and what comes after it. */
export interface TreeNode {
  readonly label: string;
  /** What is said about it, less loudly. */
  readonly note?: string;
  readonly children: readonly TreeNode[];
}

/** How text is made to stand out. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
}

/** Text without colours, for files and pipes. */
export const PLAIN: Paint = { bold: (text) => text, dim: (text) => text };

/** Text for a terminal. */
export const COLOUR: Paint = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
};

/** The longest line that the report writes, commands to be copied aside. */
export const WIDTH = 100;

/** A word and whether it belongs to a note. */
interface Word {
  readonly text: string;
  readonly dim: boolean;
}

/** Draws a tree. Long lines are broken between words, and the guides go on beside them. */
export function renderTree(root: TreeNode, paint: Paint = PLAIN): string {
  return lines(root, '', '', paint, true).join('\n');
}

function lines(node: TreeNode, first: string, rest: string, paint: Paint, root = false): string[] {
  const guide = `${rest}${node.children.length > 0 ? '│  ' : '   '}`;
  const words = [
    ...node.label.split(' ').map((text) => ({ text, dim: false })),
    ...(node.note ? ['', ...node.note.split(' ')].map((text) => ({ text, dim: true })) : []),
  ];
  const own = wrapWords(words, WIDTH - first.length, WIDTH - guide.length).map((line, index) => {
    const text = line
      .map((word) => (word.dim ? paint.dim(word.text) : root ? paint.bold(word.text) : word.text))
      .join(' ');
    return (index === 0 ? first : guide) + text;
  });
  return node.children.reduce((all, child, index) => {
    const last = index === node.children.length - 1;
    return all.concat(lines(child, `${rest}${last ? '└─ ' : '├─ '}`, `${rest}${last ? '   ' : '│  '}`, paint));
  }, own);
}

/** Breaks text between words, the second line and later ones indented. */
export function wrap(text: string, indent = '', first = indent): string {
  const words = text.split(' ').map((word) => ({ text: word, dim: false }));
  return wrapWords(words, WIDTH - first.length, WIDTH - indent.length)
    .map((line, index) => (index === 0 ? first : indent) + line.map((word) => word.text).join(' '))
    .join('\n');
}

/** Breaks text between words into lines of a width; a word that is longer stays whole. */
export function wrapTo(text: string, width: number): string[] {
  const words = text.split(' ').map((word) => ({ text: word, dim: false }));
  return wrapWords(words, width, width).map((line) => line.map((word) => word.text).join(' '));
}

function wrapWords(words: readonly Word[], firstWidth: number, width: number): Word[][] {
  const broken: Word[][] = [[]];
  let length = -1;
  for (const word of words) {
    const room = broken.length === 1 ? firstWidth : width;
    if (length >= 0 && length + 1 + word.text.length > room) {
      broken.push([]);
      length = -1;
    }
    // An empty word is a wider gap, which the start of a line does not need.
    if (word.text === '' && length < 0) continue;
    broken.at(-1)!.push(word);
    length += 1 + word.text.length;
  }
  return broken;
}

/** Rows in columns as wide as what is in them; numbers stand on the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, index) => Math.max(all[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => (right.includes(index) ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)))
      .join('  ')
      .trimEnd(),
  );
}
