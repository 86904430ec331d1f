import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/readme';
import { Failure, runProgram } from './run-program';

/** Sees that generated C# is C#, and has a source for every type of the API; gives the number of sources. It isn't compiled. */
export function checkDotnet(folder: string, programs: string): number {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as { types: object };
  for (const type of Object.keys(types)) {
    const [, layer, name] = type.split('.');
    const file = join(folder, 'CdkHeadgate', `${layer![0]!.toUpperCase()}${layer!.slice(1)}`, `${name}.cs`);
    if (!existsSync(file)) throw new Failure(`${type} has no source in C#: ${file} is missing`);
  }
  const check = join(__dirname, 'dotnet', 'check.py');
  return Number(runProgram(join(programs, 'python'), [check, folder], { cwd: folder }));
}
