import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** The files that would be published, by what `npm publish` says of itself. */
function published(): string[] {
  const output = execFileSync('npm', ['publish', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = Object.values(JSON.parse(output)) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path).sort();
}

test('what ships is the compiled library, the handlers, the documents, and nothing else', () => {
  expect(published()).toMatchSnapshot();
});
