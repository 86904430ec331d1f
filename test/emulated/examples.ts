import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventoried, listed, readAll, remains, unprotect } from './checks';
import type { Result } from './pretended';
import type { DeployedApp, Session } from './session';
import type { Step } from './step';

/** A step for each example: it is deployed, compared, read back and destroyed. */
export function exampleSteps(session: Session, results: Result[]): Step[] {
  const folder = join(session.project, 'examples');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'app.ts')))
    .map((name) => [`examples/${name}`, () => live(session, results, name)]);
}

async function live(session: Session, results: Result[], name: string): Promise<string> {
  const folder = join(session.project, 'examples', name);
  for (const file of readdirSync(folder)) if (file.endsWith('.ts')) await ownZones(session, join(folder, file));
  const app: DeployedApp = {
    command: `npx tsx examples/${name}/app.ts`,
    all: '**',
    selector: '**',
    validated: false,
    context: {},
  };
  const stacks = await session.synth(app);
  await session.bootstrap(stacks);
  const before = await listed(stacks);
  await session.deploy(app);
  const deployed = await inventoried(stacks);
  const read = await readAll(deployed);
  results.push(...read);
  if (await session.changes(app)) throw new Error('cdk diff finds changes');
  await unprotect(deployed);
  await session.destroy(app);
  const left = await remains(deployed, before);
  const values = read.reduce((sum, { read: { equal } }) => sum + equal.length, 0);
  return `${stacks.length} stacks, ${deployed.length} resources, ${values} values; nothing to change; ${left} retained`;
}

/** Puts zones that there are in the place of the ids that an example has to be read by. */
async function ownZones(session: Session, file: string): Promise<void> {
  let source = readFileSync(file, 'utf8');
  const zones = source.matchAll(/(?:account: '(\d{12})',\s*)?hostedZoneId: '(Z\w+)',\s*zoneName: '([\w.]+)'/g);
  for (const [, account, id, zoneName] of [...zones]) {
    source = source.replaceAll(id!, await session.zone(zoneName!, account));
  }
  writeFileSync(file, source);
}
