import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackTemplate } from './assembly';
import { inventoried, keptIds, listed, readAll, remains } from './checks';
import type { Deployed } from './deployed';
import { runMonitor } from './monitor';
import type { Result } from './pretended';
import { ACCOUNT, type DeployedApp, type Session } from './session';
import type { Step } from './step';

/** Of the ids of the reference app, the share of which a value has to come back, and the number of values. */
const LEAST_SHARE = 0.7;
const LEAST_VALUES = 200;
/** The line of bin/shop.ts that the second deployment changes. */
const WEIGHTS = {
  before: 'blue.weighted(90), green.weighted(10)',
  after: 'blue.weighted(80), green.weighted(20)',
};

/** The life of the reference app, step by step. What was read back goes into `results`. */
export function referenceAppSteps(session: Session, results: Result[], zone?: string): Step[] {
  let app: DeployedApp;
  let stacks: StackTemplate[];
  let deployed: Deployed[];
  let before: Set<string>;

  async function bootstrap(): Promise<string> {
    const hostedZoneId = zone ?? (await session.zone('example.com'));
    app = {
      all: '--all',
      selector: 'Shop/*',
      validated: true,
      context: { account: ACCOUNT, domain: 'example.com', hostedZoneId },
    };
    stacks = await session.synth(app);
    const environments = await session.bootstrap(stacks);
    before = await listed(stacks);
    return environments.join(', ');
  }

  /** Checks how many stacks `cdk diff` says would change. */
  async function changing(wanted: number): Promise<void> {
    const found = await session.changes(app);
    if (found !== wanted) throw new Error(`cdk diff says that ${found} stacks would change, not ${wanted}`);
  }

  async function deploy(): Promise<string> {
    await changing(stacks.length);
    await session.deploy(app);
    return stacks.map(({ name }) => name).join(', ');
  }

  async function compareInventory(): Promise<string> {
    deployed = await inventoried(stacks);
    return `${deployed.length} resources of ${new Set(deployed.map(({ type }) => type)).size} types`;
  }

  async function readBackAll(): Promise<string> {
    const read = await readAll(deployed);
    results.push(...read);
    const values = read.reduce((sum, { read: { equal } }) => sum + equal.length, 0);
    const ids = read.filter(({ read: { equal } }) => equal.length > 0).length;
    const told = `${values} values of ${ids} of ${deployed.length} resources`;
    if (ids < LEAST_SHARE * deployed.length || values < LEAST_VALUES) throw new Error(`only ${told} came back`);
    return told;
  }

  async function changeWeights(): Promise<string> {
    const file = join(session.project, 'bin', 'shop.ts');
    const source = readFileSync(file, 'utf8');
    if (source.split(WEIGHTS.before).length !== 2) throw new Error(`bin/shop.ts doesn't say '${WEIGHTS.before}' once`);
    writeFileSync(file, source.replace(WEIGHTS.before, WEIGHTS.after));
    const changed = await session.synth(app);
    if (JSON.stringify(changed) === JSON.stringify(stacks)) throw new Error('the templates are the same with 80/20');
    await changing(2);
    await session.deploy(app, 'Shop/eu-west-1', '--exclusively');
    await changing(1);
    await session.deploy(app);
    const kept = await keptIds(changed, deployed);
    // What is there is read once more: ids alone are what CloudFormation remembers.
    deployed = await inventoried(changed);
    results.push(...(await readAll(deployed)));
    return kept;
  }

  async function diff(): Promise<string> {
    await changing(0);
    return 'nothing would change';
  }

  async function unprotect(): Promise<string> {
    app = { ...app, context: { ...app.context, deletionProtection: 'false' } };
    await changing(2);
    await session.deploy(app);
    const unprotected = await session.synth(app);
    const kept = await keptIds(unprotected, deployed);
    deployed = await inventoried(unprotected);
    results.push(...(await readAll(deployed)));
    return kept;
  }

  async function destroy(): Promise<string> {
    await session.destroy(app);
    return `${await remains(deployed, before)} retained resources are left, and nothing else`;
  }

  return [
    ['cdk bootstrap', bootstrap],
    ['cdk deploy', deploy],
    ["the inventory is the templates'", compareInventory],
    ['properties read back', readBackAll],
    ['second cdk deploy, with 80/20', changeWeights],
    ['cdk diff', diff],
    ["the monitor's function runs", () => runMonitor(deployed)],
    ['third cdk deploy, with deletionProtection=false', unprotect],
    ['cdk destroy', destroy],
  ];
}
