import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/readme';

const entries = readdirSync(join(ROOT, 'examples'), { withFileTypes: true });

/** The examples: each is a folder. */
export const EXAMPLES = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** The files beside them. */
export const FILES = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
