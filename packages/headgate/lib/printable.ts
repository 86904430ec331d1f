/** Controls, line separators, marks that have no width or turn the direction of text, and halves of characters. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/**
 * A text of a template as a terminal may get it: what would move the cursor, recolour or reorder the output is written as `\x1b` or
 * `\u202e`. It stays in one line.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** JSON that a terminal may get: the same characters are written as escapes, so that nothing is lost. */
export function printableJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(UNSAFE, (character) => (character === '\n' ? character : escaped(character)));
}
