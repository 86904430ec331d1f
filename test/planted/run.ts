// Plants each fault of the table in test/README.md in a copy of the working tree, and requires that the row's test notices it.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands } from '../support/commands';
import { readFiles } from './files';
import { baselineProblem, miss } from './report';
import { Scratch } from './scratch';
import { type Row, readTable, tableProblems } from './table';

/** Copies in which faults are planted at the same time. */
const COPIES = 2;

const project = join(__dirname, '..', '..');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));
const commands = new Commands({
  ...process.env,
  TMPDIR: join(root, 'tmp'),
  // The copies are in no repository, whatever their folder is in, or git would apply nothing in them and say nothing.
  GIT_CEILING_DIRECTORIES: root,
  NO_COLOR: '1',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
});

process.on('exit', () => {
  commands.endAll();
  // What was just ended may still be closing its files.
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

main(process.argv[2] ?? '').then(
  (missed) => {
    process.exitCode = missed === 0 ? 0 : 1;
  },
  (error: Error) => {
    console.error(error.message);
    // Another copy may still be at work.
    process.exit(1);
  },
);

/** Tries the rows whose patch has a text in its name, and says how many were missed. */
async function main(only: string): Promise<number> {
  const all = readTable(readFileSync(join(project, 'test', 'README.md'), 'utf8'));
  const problems = tableProblems(all, readFiles(project));
  if (problems.length > 0) throw new Error(`test/README.md:\n  ${problems.join('\n  ')}`);
  const rows = all.filter(({ patch }) => patch.includes(only));
  if (rows.length === 0) throw new Error(`no fault has '${only}' in its name`);

  mkdirSync(join(root, 'tmp'));
  const copies = Array.from({ length: COPIES }, (_, index) => new Scratch(project, join(root, `${index}`), commands));
  for (const copy of copies) copy.copy();

  let missed = 0;
  const tell = (row: Row, reason: string | undefined): void => {
    console.log(`${reason === undefined ? 'caught ' : 'MISSED '} ${row.promise}`);
    if (reason === undefined) return;
    missed++;
    console.log(`        ${row.patch}: ${reason}`);
  };
  // A test that fails anyway would catch whatever is planted.
  const baseline = await copies[0]!.test(rows, COPIES);
  const queue: Row[] = [];
  for (const row of rows) {
    const problem = baselineProblem(row, baseline);
    if (problem === undefined) queue.push(row);
    else tell(row, problem);
  }
  await Promise.all(
    copies.map(async (copy) => {
      for (let row = queue.shift(); row; row = queue.shift()) tell(row, await tryFault(row, copy));
    }),
  );
  console.log(`${rows.length - missed} caught, ${missed} missed`);
  return missed;
}

/** Why the fault was missed; undefined when it was caught. */
async function tryFault(row: Row, copy: Scratch): Promise<string | undefined> {
  try {
    await copy.plant(row);
    return miss(row, await copy.test([row]));
  } catch (error) {
    return (error as Error).message;
  } finally {
    await copy.heal();
  }
}
