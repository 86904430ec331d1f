import type { Deployed } from './deployed';
import { judge, type PretendedValues, pretendedRows, staleRows } from './pretended';
import { readBack } from './read-back';

const SOURCE = { file: 'deployed.ts', line: 1, text: 'nothing' };
const resource = {
  type: 'AWS::X::Y',
  logicalId: 'It',
  stack: { name: 'Shop' },
  properties: { A: 1 },
} as unknown as Deployed;
const judged = (wanted: object, got: object, rows: PretendedValues[] = []) =>
  judge([{ resource, read: readBack(wanted as never, got as never) }], rows);
const row = (path: string, always?: string): PretendedValues => ({
  type: 'AWS::X::Y',
  path,
  reason: 'it lacks it',
  source: SOURCE,
  ...(always ? { always } : {}),
});

describe('what was read back', () => {
  test('counts each scalar, a number being the same as a text', () => {
    expect(
      judged(
        { Port: 443, Names: ['a', 'b'], Deep: { On: true } },
        { Port: '443', Names: ['a', 'b'], Deep: { On: true } },
      ),
    ).toEqual({
      values: 4,
      resources: 1,
      pretended: 0,
      unreadable: 0,
      problems: [],
    });
  });

  test('finds tags and attributes by their keys, wherever they stand, and lets there be more attributes', () => {
    const [one, other] = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    expect(judged({ Tags: [one, other] }, { Tags: [other, one] }).problems).toEqual([]);
    expect(judged({ GroupAttributes: [one] }, { GroupAttributes: [other, one] }).problems).toEqual([]);
  });

  test('leaves out what no API gives back, and only that', () => {
    const wanted = { A: [{ B: 1, C: 2 }], D: 3 };
    const { unreadable, equal, different } = readBack(wanted, { A: [{ C: 2 }] }, ['A/*/B']);
    expect([unreadable, equal, different]).toEqual([
      ['A/0/B'],
      [{ path: 'A/0/C', value: 2 }],
      [{ path: 'D', wanted: 3, got: undefined }],
    ]);
  });

  test.each<[string, object, object, string]>([
    ['another value', { Port: 443 }, { Port: 80 }, 'Shop/It (AWS::X::Y) Port: wanted 443, got 80'],
    ['a value that is not there', { A: { B: 1 } }, {}, 'Shop/It (AWS::X::Y) A/B: wanted 1, got nothing'],
    ['another order', { A: [1, 2] }, { A: [2, 1] }, 'Shop/It (AWS::X::Y) A/0: wanted 1, got 2'],
    ['a list that should be empty', { A: [] }, { A: [1] }, 'Shop/It (AWS::X::Y) A/length: wanted 0, got 1'],
    ['an item too many', { A: [1] }, { A: [1, 2] }, 'Shop/It (AWS::X::Y) A/length: wanted 1, got 2'],
    [
      'a tag too many',
      { Tags: [{ Key: 'a', Value: '1' }] },
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      },
      'Shop/It (AWS::X::Y) Tags/length: wanted 1, got 2',
    ],
  ])('%s is a problem', (_, wanted, got, problem) => {
    expect(judged(wanted, got).problems).toContain(problem);
  });
});

describe('the list of what is pretended', () => {
  test('takes what the emulator lacks, and everything below it', () => {
    expect(judged({ A: [{ B: 1, C: 2 }], D: 3 }, { D: 3 }, [row('A/*')])).toEqual({
      values: 1,
      resources: 1,
      pretended: 3,
      unreadable: 0,
      problems: [],
    });
  });

  test('may not have what the emulator does', () => {
    expect(judged({ A: 1 }, { A: 1 }, [row('A')]).problems).toEqual([
      'AWS::X::Y A is on the list, but Shop/It has A as it should',
      'AWS::X::Y A is on the list, and nothing is missing there',
    ]);
  });

  test('may not have what no template says', () => {
    expect(judged({ A: 1 }, { A: 1 }, [row('B')]).problems).toEqual([
      'AWS::X::Y B is on the list, and nothing is missing there',
    ]);
  });

  test('lets what is always given prove nothing, but only that', () => {
    const two = (got: string, wanted: string, always: string) =>
      judge(
        [
          { resource, read: readBack({ A: wanted }, { A: got }) },
          { resource, read: readBack({ A: 'other' }, { A: got }) },
        ],
        [row('A', always)],
      );
    expect(two('fixed', 'fixed', 'fixed')).toMatchObject({ values: 0, pretended: 2, problems: [] });
    expect(two('free', 'free', 'fixed').problems).toEqual([
      'AWS::X::Y A is on the list, but Shop/It has A as it should',
    ]);
  });

  test('means resources with a property alone, if it says so', () => {
    expect(judged({ B: 1 }, {}, [{ ...row('B'), having: 'A' }]).problems).toEqual([]);
    expect(judged({ B: 1 }, {}, [{ ...row('B'), having: 'C' }]).problems).toContain(
      'Shop/It (AWS::X::Y) B: wanted 1, got nothing',
    );
  });

  test('covers no other type and no other place', () => {
    const other = { ...row('A'), type: 'AWS::X::Z' };
    expect(judged({ A: 1 }, {}, [other, row('A/B')]).problems).toContain(
      'Shop/It (AWS::X::Y) A: wanted 1, got nothing',
    );
  });

  test('names a line of the source, and is stale when that says something else', () => {
    expect(staleRows([row('A')], __dirname)).toEqual([
      expect.stringMatching(/^AWS::X::Y A: deployed\.ts:1 is 'import .*', not 'nothing'$/),
    ]);
  });

  test('gives a reason and a line for each row, and has none twice', () => {
    const { values, behaviours } = pretendedRows();
    for (const { reason, source } of [...values, ...behaviours]) {
      expect(reason).toMatch(/^[A-Z].*\.$/);
      expect(source).toEqual({
        file: expect.stringMatching(/\.py$/),
        line: expect.any(Number),
        text: expect.stringMatching(/./),
      });
    }
    const places = values.map(({ type, path, having = '' }) => `${type} ${path} ${having}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
