import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `npm run test:server` on a machine whose only programs are these shell scripts. */
function runWith(programs: Record<string, string>): { status: number | null; stdout: string; stderr: string } {
  const path = mkdtempSync(join(tmpdir(), 'headgate-path-'));
  try {
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'run.ts')], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    return { status, stdout, stderr };
  } finally {
    rmSync(path, { recursive: true });
  }
}

test.each([
  [{ bash: 'exit 0' }, "the real reference server needs 'python3' on the PATH: install it\n"],
  [{ python3: 'exit 0' }, "the real reference server needs 'bash' on the PATH: install it\n"],
  [
    { bash: 'exit 0', python3: 'echo no libpython >&2; exit 127' },
    "the real reference server needs 'python3', which does not run: no libpython\n",
  ],
])('fails with one line, before the runner starts, on a machine with %j', (programs, stderr) => {
  expect(runWith(programs)).toEqual({ status: 1, stdout: '', stderr });
});
