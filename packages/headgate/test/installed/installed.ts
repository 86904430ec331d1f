/* The package as its users have it: installed from its tarball, without this repository or the CDK. Run by `npm run test:installed`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { blocks, consoles, PACKAGE, type Shown, update } from '../support/consoles';
import { writeReleased } from '../support/released';
import { jestTest, vitestTest } from './programs';

const FOLDER = process.env.INSTALLED_IN!;
const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));

before(() => {
  const copy = blocks('sh').find(({ text }) => text.startsWith('cp '))!;
  assert.equal(run('sh', ['-c', copy.text]).status, 0);
  writeReleased('reference-app', join(FOLDER, 'cdk.out'));
});

/** Runs a program in the folder, as its users would. */
function run(program: string, args: readonly string[], cwd = FOLDER) {
  // What npm and the runner of these tests set would reach into the programs.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|FORCE_COLOR|INIT_CWD|CI$)/.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

function commonJs(source: string): string {
  const typescript = require(join(FOLDER, 'node_modules', 'typescript-5'));
  return typescript.transpile(source, { module: 1, target: 9 });
}

const node = (...args: string[]) => run(process.execPath, args);
const headgate = (...args: string[]) => run('npx', ['headgate', ...args]);

describe('the tarball', () => {
  test('has what is built, the schemas, the documents and the licences, and no source or test', () => {
    const { stdout } = run('tar', ['-tzf', process.env.TARBALL!]);
    const files = stdout
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, ''));
    const types = files.filter((file) => file.startsWith('dist/types/'));
    assert.deepEqual(
      types.filter((file) => !file.endsWith('.d.ts')),
      [],
    );
    const entries = ['index', 'jest', 'jest-globals', 'vitest'];
    assert.deepEqual(
      files.filter((file) => !types.includes(file)).sort(),
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'bin/headgate.js',
        'dist/THIRD-PARTY-LICENSES.txt',
        'dist/cli.js',
        'dist/facts.md',
        ...entries.flatMap((name) => ['d.mts', 'd.ts', 'js', 'mjs'].map((ending) => `dist/${name}.${ending}`)),
        'docs/cases.md',
        'docs/metadata.md',
        'docs/troubleshooting.md',
        ...['canary', 'shop', 'third-party', 'traffic', 'wrong'].map((name) => `examples/${name}.yaml`),
        'package.json',
        'schema/cases.schema.json',
        'schema/check.schema.json',
        'schema/explain.schema.json',
      ].sort(),
    );
  });

  test('names the licence of everything that is bundled', () => {
    const licences = readFileSync(join(FOLDER, 'node_modules/headgate/dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['js-yaml', 're2js', 'zod', 'picocolors', 'ipaddr.js', 'jsonc-parser']) {
      assert.match(licences, new RegExp(`^${name.replace('.', '\\.')} \\d`, 'm'));
    }
  });

  test('brings no other package along', () => {
    const own = JSON.parse(readFileSync(join(FOLDER, 'node_modules/headgate/package.json'), 'utf8'));
    assert.equal(own.dependencies, undefined);
    assert.equal(existsSync(join(FOLDER, 'node_modules/headgate/node_modules')), false);
    assert.equal(existsSync(join(FOLDER, 'node_modules/aws-cdk-lib')), false);
  });
});

describe('the command line', () => {
  test('says its version', () => {
    assert.deepEqual(headgate('--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('explains a template and a cloud assembly', () => {
    const template = headgate('explain', 'canary.yaml', '--url', 'http://shop.example.com/');
    assert.equal(template.status, 0);
    assert.match(template.stdout, /^ {2}90 % → target group Blue in canary$/m);
    const assembly = headgate(
      'explain',
      'cdk.out',
      '--url',
      'https://shop.example.com/',
      '--fault',
      'region=us-east-1',
    );
    assert.equal(assembly.status, 0);
    assert.match(assembly.stdout, /→ target group ShopFleetsBlueTargetGroup194181AF in Shop-eu-west-1$/m);
  });

  test('checks cases, and ends with 1 where one fails', () => {
    const check = ['check', 'shop.yaml', '--parameter', 'Stage=live', '--cases'];
    const right = headgate(...check, 'traffic.yaml');
    assert.equal(right.status, 0);
    assert.match(right.stdout, /^5 of 5 cases passed$/m);
    const wrong = headgate(...check, 'wrong.yaml');
    assert.equal(wrong.status, 1);
    assert.match(wrong.stdout, /^ {4}expected 80 % with destination Blue, got 90 %$/m);
  });

  const printedBy = (shown: readonly Shown[]) =>
    shown.map(({ command }): Shown => {
      const { status, stdout, stderr } = run('sh', ['-c', command]);
      assert.equal(status, 0, stderr);
      return { command, output: stdout };
    });

  if (process.env.UPDATE_README === '1') {
    test('is shown with what it prints of packages from the registry', () => {
      update(
        consoles('registry').map(({ shown }) => printedBy(shown)),
        'registry',
      );
    });
  } else {
    for (const { at, shown } of consoles('registry')) {
      test(`prints what ${at} shows of packages from the registry`, () => assert.deepEqual(printedBy(shown), shown));
    }
  }
});

describe('the library', () => {
  const use = `const answer = Traffic.fromAssembly('cdk.out').request({ url: 'http://shop.example.com/' });
const own = Traffic.fromTemplate({ Resources: { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } } }, { name: 'Own' });
console.log(answer.outcomes[0].status, own.templates.stacks[0].name, new HeadgateError('HM2003', 'x').code);`;

  test('is required by CommonJS', () => {
    writeFileSync(join(FOLDER, 'use.cjs'), `const { Traffic, HeadgateError } = require('headgate');\n${use}`);
    assert.deepEqual(node('use.cjs'), { status: 0, stdout: '301 Own HM2003\n', stderr: '' });
  });

  test('is imported by ECMAScript modules', () => {
    writeFileSync(join(FOLDER, 'use.mjs'), `import { Traffic, HeadgateError } from 'headgate';\n${use}`);
    assert.deepEqual(node('use.mjs'), { status: 0, stdout: '301 Own HM2003\n', stderr: '' });
  });

  test('makes a report of its own out of its parts', () => {
    const report = blocks('ts').find(({ text }) => text.includes('judgeCases'))!.text;
    writeFileSync(join(FOLDER, 'report.cjs'), commonJs(report));
    assert.deepEqual(node('report.cjs'), { status: 0, stdout: '75\n', stderr: '' });
  });

  test('has its schemas and its package.json', () => {
    const names = [
      'schema/explain.schema.json',
      'schema/check.schema.json',
      'schema/cases.schema.json',
      'package.json',
    ];
    const code = names.map((name) => `JSON.parse(fs.readFileSync(require.resolve('headgate/${name}'), 'utf8'))`);
    assert.deepEqual(node('-e', code.join(';')), { status: 0, stdout: '', stderr: '' });
  });
});

describe('the declarations compile with all of their libraries checked', () => {
  const NODE16 = { module: 'node16', moduleResolution: 'node16' };
  const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };
  /** What TypeScript 5 takes for CommonJS where nothing is said; it knows no `exports`. */
  const CLASSIC = { module: 'commonjs', moduleResolution: 'node10' };
  // The older compiler takes ten times as long, and resolves modules alike, but for what the newer one has no more.
  const WAYS: readonly (readonly [compiler: string, options: typeof NODE16, type: string])[] = [
    ['typescript', NODE16, 'module'],
    ['typescript', NODE16, 'commonjs'],
    ['typescript', BUNDLER, 'module'],
    ['typescript', BUNDLER, 'commonjs'],
    ['typescript-5', NODE16, 'module'],
    ['typescript-5', BUNDLER, 'module'],
    ['typescript-5', CLASSIC, 'commonjs'],
  ];
  const examples = blocks('ts').map(({ text }) => text);
  const forVitest = examples.find((code) => code.includes('vitest'))!;
  const libraries = examples.filter((code) => code !== forVitest);

  for (const [compiler, options, type] of WAYS) {
    // vitest is an ECMAScript module: its own declarations can't be required under node16, nor checked where nothing reads `exports`.
    const vitest = options === BUNDLER || type === 'module';
    test(`${compiler}, ${options.moduleResolution}, in a package of type ${type}`, () => {
      const sources = {
        ...Object.fromEntries(libraries.map((code, index) => [`library-${index}.ts`, code])),
        'jest-globals.ts': jestTest(forVitest, 'jest-globals'),
        ...(vitest ? { 'vitest.ts': forVitest } : {}),
      };
      compiles(compiler, type, options, sources, ['node']);
      const jest = jestTest(forVitest, 'jest');
      compiles(compiler, type, options, { 'jest.ts': jest }, ['node', 'jest']);
      if (options === CLASSIC) {
        compiles(compiler, type, { ...options, skipLibCheck: true }, { 'vitest.ts': forVitest }, ['node']);
      }
    });
  }

  for (const [compiler, options, type] of WAYS.filter(([name, way]) => name === 'typescript' || way === CLASSIC)) {
    test(`${compiler}, ${options.moduleResolution}, ${type}: with the matchers in the settings of jest`, () => {
      const jest = jestTest(forVitest, 'jest').replace("import 'headgate/jest';\n", '');
      compiles(compiler, type, options, { 'jest.ts': jest }, ['node', 'jest', 'headgate/jest']);
      const declared = { 'jest.ts': jest, 'matchers.d.ts': "import 'headgate/jest';\n" };
      compiles(compiler, type, options, declared, ['node', 'jest']);
    });
  }

  test('and refuse wrong arguments', () => {
    const folder = join(FOLDER, 'wrong');
    const wrong = vitestTest("expect(answer).toReach(503);\n  expect(answer).toReach('Blue', { share: '0.9' });");
    writeProject(folder, 'module', NODE16, { 'wrong.ts': wrong }, ['node']);
    const { status, stdout } = run(process.execPath, [tsc('typescript'), '-p', folder]);
    assert.notEqual(status, 0);
    assert.deepEqual(
      [...stdout.matchAll(/wrong\.ts\(\d+,\d+\): error TS(\d+)/g)].map(([, code]) => code),
      ['2345', '2322'],
    );
  });

  function compiles(
    compiler: string,
    type: string,
    options: object,
    sources: Record<string, string>,
    types: string[],
  ): void {
    const folder = join(FOLDER, 'types');
    writeProject(folder, type, options, sources, types);
    assert.deepEqual(run(process.execPath, [tsc(compiler), '-p', folder]), { status: 0, stdout: '', stderr: '' });
  }

  const tsc = (compiler: string) => join(FOLDER, 'node_modules', compiler, 'bin', 'tsc');

  function writeProject(
    folder: string,
    type: string,
    options: object,
    sources: Record<string, string>,
    types: readonly string[],
  ): void {
    mkdirSync(folder, { recursive: true });
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2023'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types,
      ...options,
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(sources) }));
    for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), source);
  }
});

describe('the matchers', () => {
  const example = blocks('ts').find(({ text }) => text.includes('vitest'))!.text;
  const wrong = "expect(answer).toReach('Blue', { share: 0.8 });";

  test('are those of vitest', () => {
    writeFileSync(join(FOLDER, 'right.vitest.test.ts'), example);
    writeFileSync(join(FOLDER, 'wrong.vitest.test.ts'), vitestTest(wrong));
    const right = run('npx', ['vitest', 'run', 'right.vitest']);
    assert.equal(right.status, 0, right.stdout + right.stderr);
    assert.match(right.stdout, /3 passed/);
    assertShowsRoad(run('npx', ['vitest', 'run', 'wrong.vitest']));
  });

  for (const entry of ['jest', 'jest-globals']) {
    test(`are those of jest, by headgate/${entry}`, () => {
      const write = (name: string, source: string) =>
        writeFileSync(join(FOLDER, `${name}.${entry}.spec.js`), commonJs(jestTest(source, entry)));
      write('right', example);
      write('wrong', vitestTest(wrong));
      const right = run('npx', ['jest', `right.${entry}.spec`]);
      assert.equal(right.status, 0, right.stderr);
      assert.match(right.stderr, /3 passed/);
      assertShowsRoad(run('npx', ['jest', `wrong.${entry}.spec`]));
    });
  }

  function assertShowsRoad({ status, stdout, stderr }: ReturnType<typeof run>): void {
    assert.equal(status, 1);
    const output = stdout + stderr;
    assert.match(output, /expected 80 % with destination Blue, got 90 %/);
    assert.match(output, /● listener rule ApiRule: priority 20 matched path \/api\/\*/);
    assert.match(output, /└─→ 10 % target group Green: weight 10 of 100/);
  }
});
