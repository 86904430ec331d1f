import { HeadgateError } from '../errors';
import { LIMITS } from './limits';
import { parseDocument } from './parse';
import type { RawMap } from './raw';
import { readText } from './text-file';

/** The files that are read together: each of them once, and not too much in all. */
export class Documents {
  private readonly byFile = new Map<string, RawMap>();
  private characters = 0;

  read(file: string): RawMap {
    const known = this.byFile.get(file);
    if (known) return known;
    const text = readText(file);
    this.characters += text.length;
    if (this.characters > LIMITS.totalCharacters) {
      throw new HeadgateError(
        'HM1004',
        `${file}: all files together are larger than ${LIMITS.totalCharacters} characters.`,
      );
    }
    const document = parseDocument(text, file);
    this.byFile.set(file, document);
    return document;
  }
}
