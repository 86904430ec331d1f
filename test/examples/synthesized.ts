import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack } from '../../bin/report/assembly';
import { Templates } from '../../bin/report/templates';
import type { Value } from '../../bin/report/values';
import type { ResourceJson } from '../support/shop';
import { DocumentedExample } from './documented';

/** An example's assembly, as tests look at it. */
export interface Synthesized {
  readonly example: DocumentedExample;
  readonly stacks: AssemblyStack[];
  /** The stack of a name. */
  stack(name: string): AssemblyStack;
  /** The resources of a type in a stack. */
  resources(name: string, type: string): ResourceJson[];
  /** The stack and the construct that a value in a stack leads to, through exports too: `Platform: Vpc`. */
  target(name: string, value: Value): string | undefined;
}

/** Synthesizes an example once for the tests of a file, and tests what holds for every example. */
export function synthesizeAsDocumented(name: string): Synthesized {
  const example = new DocumentedExample(name);
  const { output, stacks } = synthesize(example);
  afterAll(() => example.remove());
  const templates = new Templates(stacks);
  const stack = (stackName: string) => {
    const found = stacks.find((candidate) => candidate.stackName === stackName);
    if (!found) throw new Error(`no stack '${stackName}' among ${stacks.map((other) => other.stackName).join(', ')}`);
    return found;
  };

  test('is synthesized by the command of its README, without a warning', () => {
    expect(stacks.length).toBeGreaterThan(0);
    expect(output).not.toMatch(/warning|error|deprecated/i);
  });

  test('wrote every file that its README names', () => {
    const named = [...example.readme.matchAll(/`(cdk\.out-[^`]+)`/g)].map(([, file]) => file!);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((file) => !existsSync(join(example.root, file)))).toEqual([]);
  });

  test('sends its requests where its cases say, by the command of its README, which shows what it says', () => {
    const command = `npx headgate check cdk.out-${name} --cases examples/${name}/traffic.yaml --min-coverage 100`;
    expect(example.commands).toContain(command);
    const { status, output: said } = example.run(command);
    const [, shown] = /^```text\n([\s\S]*?)^```$/m.exec(example.readme)!;
    // What had to be assumed comes last, and is the same in every example.
    expect(said.split('\n\n! ')[0]).toBe(shown!.trimEnd());
    expect(status).toBe(0);
  });

  return {
    example,
    stacks,
    stack,
    resources: (stackName, type) =>
      Object.values(stack(stackName).template.Resources ?? {}).filter(({ Type }) => Type === type),
    target: (stackName, value) => {
      const placed = templates.find(stack(stackName), value);
      return placed && `${placed.stack.stackName}: ${templates.name(placed)}`;
    },
  };
}

/** Nothing is left of an example that can't be synthesized. */
function synthesize(example: DocumentedExample): ReturnType<DocumentedExample['synthesize']> {
  try {
    return example.synthesize();
  } catch (error) {
    example.remove();
    throw error;
  }
}
