import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HeadgateError } from '../errors';

const PACKAGE = 'cdk-headgate';

/**
 * The folder with the bundled code of a handler, `dist/handlers/<name>` of this package. It is found from the package's root, so that it
 * is the same for the compiled library, an installed one, and a test that runs the sources.
 */
export function handlerFolder(name: string): string {
  const folder = join(packageRoot(__dirname), 'dist', 'handlers', name);
  if (!existsSync(join(folder, 'index.js'))) {
    throw new HeadgateError(
      'HG0301',
      `the bundle of the handler '${name}' must stand in ${folder}, got nothing there: run npm run build:handlers in the checkout of ${PACKAGE}`,
    );
  }
  return folder;
}

function packageRoot(from: string): string {
  const file = join(from, 'package.json');
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === PACKAGE) return from;
  const parent = dirname(from);
  if (parent === from) {
    throw new HeadgateError(
      'HG0301',
      `handlers are found from the package.json of ${PACKAGE}, got none above ${__dirname}: install the package as it is, rather than bundled into another file`,
    );
  }
  return packageRoot(parent);
}
