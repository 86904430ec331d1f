import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HeadgateError } from '../../lib/errors';

/** A folder for one test file, removed after its tests. What isn't text or bytes is written as JSON. */
export function scratch(): (files: Readonly<Record<string, unknown>>) => string {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'headgate-')));
  let count = 0;
  afterAll(() => rmSync(top, { recursive: true, force: true }));
  return (files) => {
    count += 1;
    const folder = join(top, String(count));
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      const plain = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(file, plain ? content : JSON.stringify(content));
    }
    return folder;
  };
}

/** The code and message of the error that something fails with, without the folder. */
export function failure(run: () => unknown, folder = ''): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof HeadgateError)) throw error;
    const message = folder === '' ? error.message : error.message.split(`${folder}/`).join('');
    return `${error.code} ${message}`;
  }
  throw new Error('It did not fail.');
}
