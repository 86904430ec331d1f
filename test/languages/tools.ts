import { spawnSync } from 'node:child_process';
import { checkPython, EnvironmentProblem } from '../python/environment';

/** A program that the machine has to have, in a version that is new enough. */
interface Tool {
  readonly command: string;
  readonly args: string[];
  /** Where the version stands in what it prints. */
  readonly version: RegExp;
  readonly oldest: readonly [number, number];
  /** What to install, and from which version on. */
  readonly wanted: string;
}

const TOOLS: Tool[] = [
  {
    command: 'javac',
    args: ['-version'],
    version: /javac (\d+)\.?(\d*)/,
    oldest: [17, 0],
    wanted: 'a Java development kit 17 or newer',
  },
  {
    command: 'mvn',
    args: ['--version'],
    version: /Apache Maven (\d+)\.(\d+)/,
    oldest: [3, 6],
    wanted: 'Apache Maven 3.6 or newer',
  },
  {
    command: 'go',
    args: ['version'],
    version: /go(\d+)\.(\d+)/,
    oldest: [1, 25],
    wanted: 'Go 1.25 or newer',
  },
];

/** What the machine lacks, one line for each thing. */
export function missingTools(): string[] {
  return [...TOOLS.flatMap(toolProblem), ...pythonProblem()];
}

function toolProblem({ command, args, version, oldest, wanted }: Tool): string[] {
  const { error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return [`${wanted} must be installed, got no '${command}': install it, and have it in the PATH`];
  const [, major, minor] = version.exec(`${stdout}${stderr}`) ?? [];
  if (major === undefined) return [`${wanted} must be installed, got '${command}' without a version`];
  const [first, second] = [Number(major), Number(minor ?? 0)];
  if (first > oldest[0] || (first === oldest[0] && second >= oldest[1])) return [];
  return [`${wanted} must be installed, got ${first}.${second}`];
}

function pythonProblem(): string[] {
  try {
    checkPython();
    return [];
  } catch (error) {
    if (error instanceof EnvironmentProblem) return [error.message];
    throw error;
  }
}
