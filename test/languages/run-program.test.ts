import { Failure, runProgram } from './run-program';

const run = (script: string): string => runProgram(process.execPath, ['-e', script], { cwd: __dirname });

test('gives what a program printed', () => {
  expect(run('console.log(1 + 1)')).toBe('2\n');
});

test('fails with the last lines of a program that failed, where a compiler says why', () => {
  const script =
    'for (let i = 1; i <= 60; i++) console.log("line " + i); console.error("error: no such symbol"); process.exit(3)';
  let message = '';
  try {
    run(script);
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    message = (error as Failure).message;
  }
  const [first, ...rest] = message.split('\n');
  expect(first).toMatch(/ended with code 3:$/);
  expect(rest).toHaveLength(25);
  expect(rest[0]).toBe('line 37');
  expect(rest.at(-1)).toBe('error: no such symbol');
});

test('fails when there is no such program', () => {
  expect(() => runProgram('no-such-compiler', [], { cwd: __dirname })).toThrow(/'no-such-compiler' could not be run/);
});
