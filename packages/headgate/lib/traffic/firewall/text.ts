/**
 * Texts as WAF compares them: as bytes. A text here has one character for each byte of its UTF-8 form, so that decoded bytes and the
 * bytes of a search string compare as they do there.
 */
export function toBytes(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The characters that bytes stand for. */
export function toCharacters(bytes: string): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 127) return false;
  }
  return true;
}
