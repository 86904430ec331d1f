import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { HeadgateError } from '../errors';
import { LIMITS } from './limits';

/**
 * The text of a file in UTF-8, without a byte order mark.
 *
 * @throws HeadgateError HM1001 if it can't be read, HM1003 if it isn't text in UTF-8, HM1004 if it is too large.
 */
export function readText(file: string): string {
  const bytes = readBytes(file);
  const pair = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  // '<' or '{' or '-' in UTF-16 without a mark: one of the first two bytes is 0.
  const unmarked = bytes.length >= 4 && (bytes[0] === 0) !== (bytes[1] === 0) && (bytes[2] === 0) !== (bytes[3] === 0);
  if (pair === 0xfeff || pair === 0xfffe || unmarked) {
    throw new HeadgateError('HM1003', `${file}: is in UTF-16. Save it as UTF-8.`);
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new HeadgateError('HM1003', `${file}:${lineAt(bytes, nul)}: holds a NUL byte, so it isn't text.`);
  try {
    // The decoder takes the byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HeadgateError('HM1003', `${file}: isn't valid UTF-8. Save it as UTF-8.`);
  }
}

/** The line, counted from 1, of a position in a text. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function readBytes(file: string): Buffer {
  let handle: number | undefined;
  try {
    // To open a pipe would wait for somebody to write into it.
    if (!statSync(file).isFile()) throw new HeadgateError('HM1001', `${file}: isn't a file.`);
    handle = openSync(file, 'r');
    const stats = fstatSync(handle);
    if (stats.size > LIMITS.fileBytes) {
      const mebibytes = LIMITS.fileBytes / 1024 / 1024;
      throw new HeadgateError('HM1004', `${file}: is larger than ${mebibytes} MiB, the most that is read.`);
    }
    const bytes = Buffer.alloc(stats.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(handle, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** What to say about a path that the file system refuses. */
export function unreadable(file: string, error: unknown): HeadgateError {
  if (error instanceof HeadgateError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const reason = { ENOENT: "doesn't exist", EACCES: 'may not be read', ELOOP: 'is a link that leads to itself' }[code];
  return new HeadgateError('HM1001', `${file}: ${reason ?? `cannot be read (${code})`}.`);
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}
