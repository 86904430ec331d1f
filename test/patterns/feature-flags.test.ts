import { App } from 'aws-cdk-lib';
import { CURRENT_VERSION_EXPIRED_FLAGS, FLAGS } from 'aws-cdk-lib/cx-api';
import { makeShop, templatesOf } from '../support/shop';

/** What the flags may change: the spelling of an ARN's partition and the order of a policy's actions. */
function meaning(templates: object): unknown {
  return JSON.parse(
    JSON.stringify(templates).replaceAll('{"Ref":"AWS::Partition"}', '"aws"'),
    (key: string, value: unknown) => {
      if (key === 'Action' && Array.isArray(value)) return [...value].sort();
      if (key === 'Fn::Join' && Array.isArray(value) && value[0] === '') return joined(value[1]);
      return value;
    },
  );
}

/** The parts of a join with neighbouring literals in one. */
function joined(parts: unknown[]): unknown[] {
  const all: unknown[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

test("the user's feature flags decide nothing about a service", () => {
  const flags = Object.entries(FLAGS)
    .filter(([name]) => !CURRENT_VERSION_EXPIRED_FLAGS.includes(name))
    .map(([name, { recommendedValue }]) => [name, recommendedValue ?? true]);
  expect(flags.length).toBeGreaterThan(90);
  const [without, with_] = [{}, Object.fromEntries(flags)].map((context) => {
    const app = new App({ context });
    makeShop(app);
    return meaning(templatesOf(app)) as Record<string, { Resources: object }>;
  });
  for (const [name, template] of Object.entries(without!)) {
    for (const [id, resource] of Object.entries(template.Resources)) {
      expect([id, (with_![name]!.Resources as Record<string, unknown>)[id]]).toEqual([id, resource]);
    }
    expect(Object.keys(with_![name]!.Resources)).toEqual(Object.keys(template.Resources));
  }
});
