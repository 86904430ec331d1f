import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const RELEASED = join(__dirname, '..', '..', '..', '..', 'test', 'fixtures', 'released', '0.1.0');
const LIMIT_BYTES = 20_000;

/** A template from which mutated ones are made. */
export interface Seed {
  readonly name: string;
  readonly text: string;
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
  return { name: basename(file, '.json'), text };
});
