import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeze, releases } from './releases';

/** Keeps the templates and the API of the version in package.json, to which later ones are then compared. */
const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
const fixtures = join(__dirname, '..', 'fixtures', 'released');
if (existsSync(fixtures) && releases().includes(version)) {
  console.error(
    `${version} is frozen already, and what was released never changes: raise the version in package.json first`,
  );
  process.exitCode = 1;
} else {
  freeze(version);
  console.log(`froze ${version} under test/fixtures/released/${version}`);
}
