import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { load } from 'js-yaml';
import { metadataOf } from '../../lib/traffic/metadata';
import { stackWith } from '../support/resources';

const PACKAGE = join(__dirname, '..', '..');
const SCHEMA = JSON.parse(readFileSync(join(PACKAGE, '..', '..', 'docs', 'metadata.schema.json'), 'utf8'));
const isValid = new Ajv({ strictRequired: false }).compile(SCHEMA);

const read = (metadata: unknown) =>
  metadataOf(stackWith({ It: { Type: 'Custom::It', Metadata: { 'cdk-headgate': metadata } } }).find('It'));

test('what the documentation shows is valid, and is read', () => {
  const document = readFileSync(join(PACKAGE, 'docs', 'metadata.md'), 'utf8');
  const shown = [...document.matchAll(/```yaml\n(.*?)```/gs)].flatMap(([, yaml]) =>
    Object.values(load(yaml!) as Record<string, { Metadata: Record<string, unknown> }>),
  );
  expect(shown).toHaveLength(2);
  for (const { Metadata } of shown) {
    expect(isValid(Metadata['cdk-headgate'])).toBe(true);
    expect(read(Metadata['cdk-headgate'])?.number('version')).toBe(1);
  }
});

test('what the schema has at its top is what is read', () => {
  expect(() => read({ version: 1, weigths: 'initial' })).toThrow(
    `weigths isn't known; there are ${Object.keys(SCHEMA.properties).join(', ')}.`,
  );
});

test.each([{ weights: 'initial' }, { version: 2, weights: 'initial' }, { version: 1, weigths: 'initial' }])(
  'fails for %j, as the schema does',
  (metadata) => {
    expect(isValid(metadata)).toBe(false);
    expect(() => read(metadata)).toThrow(expect.objectContaining({ code: 'HM1009' }));
  },
);

test('a resource without metadata tells nothing', () => {
  expect(metadataOf(stackWith({ It: { Type: 'Custom::It' } }).find('It'))).toBeUndefined();
});
