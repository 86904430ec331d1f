import { Coverage } from '../../lib/traffic/coverage';
import type { Element } from '../../lib/traffic/element';
import { answerWith, group, step } from '../support/answers';

const element = (kind: Element['kind'], logicalId: string): Element => ({
  kind,
  key: `Shop/${logicalId}`,
  stack: 'Shop',
  logicalId,
  label: logicalId,
});

const reaching = (ids: readonly string[], max = 1) =>
  answerWith([
    {
      steps: ids.map((id) => step('listener-rule', id, 'Shop', 'it matched', [], { covers: `Shop/${id}` })),
      share: 0,
      quality: 'bounded',
      min: 0,
      max,
      to: group('Blue'),
    },
  ]);

test('what requests reached counts once, by kind', () => {
  const coverage = new Coverage([element('record', 'A'), element('rule', 'R1'), element('rule', 'R2')]);
  coverage.add(reaching(['A', 'R1']));
  coverage.add(reaching(['R1']));
  expect(coverage.report()).toMatchObject({
    rules: { reached: 1, total: 2, unreached: [{ logicalId: 'R2' }] },
    behaviors: { reached: 0, total: 0, unreached: [] },
    records: { reached: 1, total: 1, unreached: [] },
    percent: 66.66,
  });
});

test('a road that no request can take reaches nothing', () => {
  const coverage = new Coverage([element('rule', 'R1')]);
  coverage.add(reaching(['R1'], 0));
  expect(coverage.report().percent).toBe(0);
});

test('what is no element of the templates does not count', () => {
  const coverage = new Coverage([element('behavior', 'B')]);
  coverage.add(reaching(['Elsewhere']));
  expect(coverage.report()).toMatchObject({ behaviors: { reached: 0, total: 1 }, percent: 0 });
});

test('where there is nothing to reach, all is reached', () => {
  expect(new Coverage([]).report().percent).toBe(100);
});

test('100 percent is all and nothing less', () => {
  const all = Array.from({ length: 30_000 }, (_, index) => element('rule', `R${index}`));
  const coverage = new Coverage(all);
  coverage.add(reaching(all.slice(1).map(({ logicalId }) => logicalId)));
  expect(coverage.report().percent).toBe(99.99);
});

test('what no request can reach is not counted, and is told apart', () => {
  const shadowed = { ...element('rule', 'R2'), shadowedBy: 'R1 takes everything' };
  const coverage = new Coverage([element('rule', 'R1'), shadowed, element('rule', 'R3')]);
  coverage.add(reaching(['R1']));
  expect(coverage.report()).toMatchObject({
    rules: { reached: 1, total: 2, unreached: [{ logicalId: 'R3' }], outOfReach: [{ logicalId: 'R2' }] },
    behaviors: { outOfReach: [] },
    percent: 50,
  });
});

test('what was reached counts as reached, whatever was thought to stand before it', () => {
  const coverage = new Coverage([{ ...element('rule', 'R1'), shadowedBy: 'another takes everything' }]);
  coverage.add(reaching(['R1']));
  expect(coverage.report()).toMatchObject({ rules: { reached: 1, total: 1, outOfReach: [] }, percent: 100 });
});
