import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/readme';

/** What stands in examples/: files, and a folder an example. */
const entries = readdirSync(join(ROOT, 'examples'), { withFileTypes: true });

/** The examples. */
export const EXAMPLES = entries
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The files beside them. */
export const FILES = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
