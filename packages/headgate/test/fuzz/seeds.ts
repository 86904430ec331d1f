import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const RELEASED = join(__dirname, '..', '..', '..', '..', 'test', 'fixtures', 'released', '0.1.0');
const LIMIT_BYTES = 20_000;

/** A template from which mutated ones are made. */
export interface Seed {
  readonly name: string;
  readonly value: object;
}

/** Templates of at most 20 KB that between them have every kind of hop. */
export const SEEDS: readonly Seed[] = [
  join(RELEASED, 'reference-app', 'ShopedgeE12666DC.template.json'),
  join(RELEASED, 'reference-app', 'Shoprouting7E9E0DB5.template.json'),
  join(RELEASED, 'another-team', 'Checkout.template.json'),
  join(__dirname, 'seeds', 'balancers.json'),
  join(__dirname, 'seeds', 'edge.json'),
  join(__dirname, 'seeds', 'dns.json'),
].map((file) => {
  const text = readFileSync(file, 'utf8');
  if (text.length > LIMIT_BYTES) throw new Error(`${file} has more than ${LIMIT_BYTES} bytes`);
  return { name: basename(file, '.json').replace('.template', ''), value: JSON.parse(text) as object };
});

/** The manifest of a cloud assembly with a stage, whose stacks are the files `a.json` and `stage/b.json`. */
export const MANIFEST = {
  version: '36.0.0',
  artifacts: {
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    A: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://123456789012/eu-west-1',
      properties: { templateFile: 'a.json', stackName: 'A-prod', validateOnSynth: false },
      dependencies: ['Tree'],
    },
    Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage', displayName: 'Stage' } },
  },
};

/** The manifest of the stage. */
export const STAGE_MANIFEST = {
  version: '36.0.0',
  artifacts: {
    B: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: 'b.json' },
    },
  },
};

/** A case file about any of the templates. */
export const CASES = {
  cases: [
    {
      name: 'all is well',
      request: { url: 'https://shop.example.com/api/orders', method: 'POST', headers: { 'x-pool': 'blue' } },
      expect: [{ type: 'target-group', share: 1, tolerance: 0.1 }],
    },
    {
      name: 'a Region is down',
      given: ['region=eu-west-1', 'az=eu-west-1a'],
      request: {
        url: 'http://one.example.com/',
        cookies: { AWSALBTG: 'Blue' },
        clientIp: '2001:db8::7',
        clientRegion: 'eu-west-1',
        clientCountry: 'DE',
        httpVersion: '1.1',
      },
      expect: [{ status: 503 }, { destination: 'Blue' }],
    },
  ],
};
