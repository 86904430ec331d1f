import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PACKAGES = 'node_modules';

/** Copies what git knows of a checkout or would take; neither installed packages nor what was built. */
export function copyWorkingTree(project: string, to: string): void {
  const listing = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: project, encoding: 'utf8' });
  // A deleted file is still in git's index; node_modules is not ignored where it is a link itself.
  const files = listing
    .split('\0')
    .filter((file) => file !== '' && file !== PACKAGES && existsSync(join(project, file)));
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(project, file), join(to, file));
  }
}
