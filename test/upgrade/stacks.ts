import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CloudAssembly, UNKNOWN_ACCOUNT, UNKNOWN_REGION } from 'aws-cdk-lib/cx-api';
import type { Stack, StackPlace, Template } from './replacements';

/** The stacks of an app, by the file of the template in the app's folder. */
export type Stacks = Readonly<Record<string, Stack>>;

/** Where it is kept which stack each template is of. */
const PLACES = 'stacks.json';

/** The stacks of a cloud assembly, and of the Stages in it. */
export function stacksIn(folder: string): Stacks {
  const stacks = new CloudAssembly(folder).stacksRecursively.map(
    ({ templateFullPath, stackName, environment: { account, region } }): [string, Stack] => [
      relative(folder, templateFullPath),
      {
        stackName,
        account: account === UNKNOWN_ACCOUNT ? undefined : account,
        region: region === UNKNOWN_REGION ? undefined : region,
        template: readJson(templateFullPath),
      },
    ],
  );
  const files = new Set(stacks.map(([file]) => file));
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.template.json') && !files.has(file)) throw new Error(`${file} is of no stack that is compared`);
  return Object.fromEntries(stacks.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Writes stacks into a new folder, to be read by `keptStacks`. */
export function keepStacks(folder: string, stacks: Stacks): void {
  mkdirSync(folder);
  const places: Record<string, StackPlace> = {};
  for (const [file, { template, ...place }] of Object.entries(stacks)) {
    places[file] = place;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${JSON.stringify(template, null, 1)}\n`);
  }
  writeFileSync(join(folder, PLACES), `${JSON.stringify(places, null, 1)}\n`);
}

/** The stacks that `keepStacks` wrote. */
export function keptStacks(folder: string): Stacks {
  const places = Object.entries(readJson<Record<string, StackPlace>>(join(folder, PLACES)));
  return Object.fromEntries(
    places.map(([file, place]) => [file, { ...place, template: readJson<Template>(join(folder, file)) }]),
  );
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
