import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { CORE_SCHEMA, load } from 'js-yaml';
import { checkJson } from '../../lib/cli/json/check';
import { explainJson } from '../../lib/cli/json/explain';
import { jsonSchemas } from '../../lib/cli/json/schemas';
import { Coverage } from '../../lib/traffic/coverage';
import { answerWith, group, step } from '../support/answers';
import { shopAnswer } from '../support/shop-road';

const PACKAGE = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(PACKAGE, ...path), 'utf8');

/** What a schema finds in a value; nothing if it is valid. */
function findings(schema: string, value: unknown): readonly string[] {
  const ajv = new Ajv({ strictRequired: false, allErrors: true });
  ajv.validate(JSON.parse(read('schema', `${schema}.schema.json`)), JSON.parse(JSON.stringify(value)));
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each(Object.entries(jsonSchemas()))(
  '%s is what the code says; npx tsx packages/headgate/scripts/schemas.ts writes it',
  (file, schema) => {
    expect(JSON.stringify(JSON.parse(read('schema', file)))).toBe(JSON.stringify(schema));
  },
);

const ANSWER = answerWith([
  { share: 0.5, steps: [step('listener', 'L', 'S', 'port 443', ['ALB-1'])], to: group('Blue'), quality: 'initial' },
  { share: 0.2, to: { type: 'redirect', id: 'R', stack: 'S' }, status: 301, location: 'https://a.example/' },
  { share: 0.3, to: { type: 'no-answer', id: 'a.example' }, quality: 'bounded', min: 0.1 + 0.2, max: 0.7 + 0.1 },
]);

test('what explain prints is valid', () => {
  const asked = { url: 'https://a.example/', headers: { A: 'b' }, cookies: { c: 'd' }, httpVersion: '2' } as const;
  expect(findings('explain', explainJson({ ...ANSWER, asked }))).toEqual([]);
  expect(findings('explain', explainJson(shopAnswer()))).toEqual([]);
});

test('what check prints is valid', () => {
  const verdicts = [
    { name: 'a', passed: true, failures: [], answer: ANSWER },
    { name: 'b', passed: false, failures: ['one', 'other'], answer: ANSWER },
  ];
  const element = { kind: 'rule', key: 'S/R', stack: 'S', logicalId: 'R', label: 'a rule' } as const;
  const shadowed = { ...element, key: 'S/T', logicalId: 'T', shadowedBy: 'R takes everything' };
  expect(findings('check', checkJson(verdicts, new Coverage([element, shadowed]).report()))).toEqual([]);
});

test('the range of a share is there where it is known, without the noise of sums', () => {
  expect(explainJson(ANSWER).outcomes).toMatchObject([
    { share: 0.5, quality: 'initial', status: null },
    { share: 0.2, status: 301, location: 'https://a.example/' },
    { share: 0.3, quality: 'bounded', min: 0.3, max: 0.8, destination: { type: 'no-answer', id: 'a.example' } },
  ]);
  expect(explainJson(ANSWER).outcomes[0]).not.toHaveProperty('min');
});

test('the case file of the documentation is valid, and an empty expectation is not', () => {
  const [, yaml] = /```yaml\n(.*?)```/s.exec(read('docs', 'cases.md'))!;
  const file = load(yaml!, { schema: CORE_SCHEMA });
  expect(findings('cases', file)).toEqual([]);
  const one = { name: 'x', request: { url: 'x' }, expect: [{ share: 1 }] };
  expect(findings('cases', { cases: [one] }).join()).toContain('/cases/0/expect/0 must have required property');
});

test.each(Object.keys(jsonSchemas()))('%s refuses a key that it does not know', (file) => {
  expect(findings(file.replace('.schema.json', ''), { frob: 1 }).join()).toContain(
    'must NOT have additional properties',
  );
});
