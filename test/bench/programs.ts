import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCE } from '../../lib/fleet/private/reference-server-source';

const ROOT = join(__dirname, '..', '..');

/** Puts the programs that the package brings along into a folder, from which an app that is written without it deploys the same ones. */
export function copyPrograms(folder: string): void {
  writeFileSync(join(folder, 'server.py'), SOURCE);
  cpSync(join(ROOT, 'dist', 'handlers', 'health-monitor'), join(folder, 'health-monitor'), { recursive: true });
}
