import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../../test/support/project';
import { printRoad, Traffic, trafficMatchers } from '../lib';
import { run } from '../lib/cli/run';
import { blocks, consoles, PACKAGE, type Shown, update } from './support/consoles';

// `UPDATE_README=1 npx jest packages/headgate/test/readme` writes what the commands print now.
const isUpdated = process.env.UPDATE_README === '1';
const EXAMPLES = join(PACKAGE, 'examples');
const before = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'headgate-readme-')));

beforeAll(() => {
  cpSync(EXAMPLES, folder, { recursive: true });
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(PACKAGE, '../../bin/traffic.yaml'), join(folder, 'bin/traffic.yaml'));
  // The reference app as it is now, and not as it was released: what is shown of it can't be stale.
  renameSync(synthesize(), join(folder, 'cdk.out'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

if (isUpdated) {
  test('every command is shown with what it prints', async () => {
    const printed: Shown[][] = [];
    for (const { shown } of consoles()) printed.push(await printedBy(shown));
    update(printed);
  });
} else {
  test('there are commands to run', () => {
    expect(consoles().length).toBeGreaterThan(5);
  });

  test.each(consoles().map(({ at, shown }) => [at, shown] as const))(
    'the commands at %s print what is shown',
    async (_, shown) => {
      expect(await printedBy(shown)).toEqual(shown);
    },
  );
}

test.each(blocks('yaml').filter(({ mark }) => mark === ''))(
  'the file at $at is the one that the commands use',
  ({ text }) => {
    expect(readdirSync(EXAMPLES).map((file) => readFileSync(join(EXAMPLES, file), 'utf8'))).toContain(text);
  },
);

test('the library prints a road as the command line does', async () => {
  const [{ output } = { output: '' }] = await printedBy(consoles()[0]!.shown);
  const traffic = Traffic.fromTemplates([join(EXAMPLES, 'canary.yaml')]);
  expect(printRoad(traffic.request({ url: 'http://shop.example.com/' }))).toBe(output);
});

test('a failure of a matcher reads as it is shown', () => {
  const traffic = Traffic.fromTemplates([join(EXAMPLES, 'shop.yaml')], { parameters: { Stage: 'live' } });
  const answer = traffic.request({ url: 'https://shop.example.com/api/orders' });
  const text = blocks('text')[0]!.text;
  const { message } = trafficMatchers.toReach.call({}, answer, 'Blue', { share: 0.8 });
  expect(text).toMatch(/\n…\n$/);
  expect(message().slice(0, text.length - 2)).toBe(text.slice(0, -2));
});

/** Runs commands one after another, in this process. */
async function printedBy(shown: readonly Shown[]): Promise<Shown[]> {
  const printed: Shown[] = [];
  let code = 0;
  for (const { command } of shown) {
    if (command === 'echo $?') {
      printed.push({ command, output: `${code}\n` });
      continue;
    }
    const [line = '', filter] = command.split(/ \| (.*)/);
    const [program, name, ...argv] = wordsOf(line);
    expect([program, name]).toEqual(['npx', 'headgate']);
    let output = '';
    const write = (text: string) => {
      output += text;
    };
    code = await run(argv, { out: write, err: write, isTerminal: false, columns: undefined, env: {}, cwd: folder });
    printed.push({ command, output: filter === undefined ? output : filtered(output, filter) });
  }
  return printed;
}

/** The words of a command as a shell splits them, with single quotes alone. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

/** What is left of an output behind a pipe. */
function filtered(output: string, filter: string): string {
  const { status, stdout } = spawnSync('sh', ['-c', filter], { input: output, encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout;
}
