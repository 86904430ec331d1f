import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * The file that a path names, seen from a folder inside the top one; or that it leads out of the top folder, by itself or by a link, or
 * that nothing is there. Nothing outside the paths that were given is ever read.
 */
export function inside(top: string, folder: string, path: string): { readonly file: string } | 'outside' | 'missing' {
  // A drive or a backslash would be a path where the template was made.
  if (isAbsolute(path) || /^[A-Za-z]:|[\\\0]/.test(path)) return 'outside';
  const file = join(folder, path);
  if (leaves(resolve(top), resolve(file))) return 'outside';
  try {
    return leaves(realpathSync(top), realpathSync(file)) ? 'outside' : { file };
  } catch {
    return 'missing';
  }
}

function leaves(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}
