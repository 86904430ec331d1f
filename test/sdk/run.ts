// Creates what templates say of balancers, rules, weights, priorities, health checks and records through the SDK, on an emulator that
// implements them itself, and reads it back.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { App } from 'aws-cdk-lib';
import { buildShop } from '../../bin/shop';
import { credentialsOf, type StackTemplate, stacksOf } from '../emulated/assembly';
import type { Deployed } from '../emulated/deployed';
import { Server } from '../emulated/server';
import { pythonPrograms } from '../python/environment';
import { runScript } from '../support/script';
import { createAll, differences, PROVEN } from './deployment';
import { buildEveryKind } from './every-kind';
import { FAULTS } from './faults';
import { moto } from './moto';

const ENVIRONMENT = { account: '111122223333', region: 'us-east-1' };

const APPS: Readonly<Record<string, (app: App, hostedZoneId: string) => void>> = {
  'the reference app': (app, hostedZoneId) => buildShop(app, { domain: 'example.com', hostedZoneId }),
  'every kind of rule': buildEveryKind,
};

runScript(main);

async function main(): Promise<void> {
  const programs = pythonPrograms('emulators');
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sdk-')));
  process.on('exit', () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  const server = await Server.start(moto, programs, root);
  process.env.AWS_ENDPOINT_URL = server.url;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.env.CDK_VALIDATION = 'false';

  await Promise.race([prove(server, root), server.died]);
}

async function prove(server: Server, root: string): Promise<void> {
  const apps = Object.entries(APPS).map(([name, build]) => ({ name, synth: synthesizer(build, join(root, name)) }));
  for (const { name, synth } of apps) {
    const stacks = await synth();
    const created = await createAll(stacks, stacks);
    const missing = unproven(stacks, created);
    if (missing.length > 0) throw new Error(`${name}: nothing is proven of ${missing.join(', ')}`);
    const { values, different } = await differences(created);
    if (different.length > 0) throw new Error(`${name}: ${different.join('; ')}`);
    console.log(`ok  ${name}: ${values} values of ${created.length} resources are as the templates say`);
    await reset(server);
  }
  for (const [name, { plant, noticedAt }] of Object.entries(FAULTS)) {
    const said = await apps[1]!.synth();
    const wrong = structuredClone(said);
    plant(wrong);
    const { different } = await differences(await createAll(wrong, said));
    const noticed = different.filter((difference) => noticedAt.test(difference));
    if (noticed.length === 0 || noticed.length !== different.length)
      throw new Error(`${name} should be noticed, and nothing else: ${different.join('; ') || 'nothing was'}`);
    console.log(`ok  ${name}: noticed, ${noticed[0]}`);
    await reset(server);
  }
  console.log(`sdk: ${apps.length + Object.keys(FAULTS).length} checks passed`);
}

/** All of these services is what is proven. */
const PROVEN_SERVICES = /^AWS::(ElasticLoadBalancingV2|Route53)::/;

/** What should have been created and wasn't: each type at least once, and all that templates have of the services. */
function unproven(stacks: readonly StackTemplate[], created: readonly Deployed[]): string[] {
  const there = new Set(created.map(({ stack, logicalId }) => `${stack.name}/${logicalId}`));
  const left = stacks.flatMap(({ name, resources }) =>
    Object.entries(resources)
      .filter(([logicalId, { Type }]) => PROVEN_SERVICES.test(Type) && !there.has(`${name}/${logicalId}`))
      .map(([logicalId, { Type }]) => `${name}/${logicalId} (${Type})`),
  );
  return [...PROVEN.filter((proven) => !created.some(({ type }) => type === proven)), ...left];
}

/** Synthesizes an app whose records go into a zone that is made for it. */
function synthesizer(build: (app: App, hostedZoneId: string) => void, outdir: string) {
  return async (): Promise<StackTemplate[]> => {
    const { HostedZone } = await new Route53Client(credentialsOf(ENVIRONMENT)).send(
      new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: outdir }),
    );
    const app = new App({ outdir });
    build(app, HostedZone!.Id!.replace('/hostedzone/', ''));
    app.synth();
    return stacksOf(outdir, ENVIRONMENT);
  };
}

/** Forgets all that was created. */
async function reset(server: Server): Promise<void> {
  const { ok, status } = await fetch(`${server.url}/moto-api/reset`, { method: 'POST' });
  if (!ok) throw new Error(`the emulator can't be emptied: ${status}`);
}
