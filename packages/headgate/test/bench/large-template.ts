import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As large as CloudFormation takes a template. */
const BYTES = 1_000_000;

/** The largest template of an assembly over and over, with other logical ids each time, up to the size that CloudFormation allows. */
export function largeTemplate(assembly: string): object {
  const templates = readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => readFileSync(join(assembly, name), 'utf8'));
  const largest = templates.reduce((one, other) => (one.length >= other.length ? one : other));
  const { Resources, Outputs: _, ...rest } = JSON.parse(largest);
  const all: Record<string, unknown> = { ...Resources };
  const once = JSON.stringify(Resources);
  const ids = Object.keys(Resources).sort((one, other) => other.length - one.length);
  const names = new RegExp(`(?<=["{])(?:${ids.join('|')})(?=["}.])`, 'g');
  for (let copy = 1; JSON.stringify(all).length + once.length < BYTES; copy++) {
    Object.assign(all, JSON.parse(once.replace(names, (id) => `${id}Copy${copy}`)));
  }
  return { ...rest, Resources: all };
}
