import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Room that text keeps however deep it is indented; narrower would be unreadable. */
const LEAST_ROOM = 20;

/** Stands for a space at which no line is broken. */
const NO_BREAK = '\u00a0';

/** A text that goes to the next line as a whole. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

/** Breaks text between words: `first` stands before its first line, and `rest`, as wide, before the others. */
export function wrapped(text: string, first: string, rest: string, width: number): readonly string[] {
  const room = Math.max(LEAST_ROOM, width - Math.max(stringWidth(first), stringWidth(rest)));
  return wrapAnsi(text, room, { hard: true })
    .replaceAll(NO_BREAK, ' ')
    .split('\n')
    .map((line, index) => `${index === 0 ? first : rest}${line}`);
}
