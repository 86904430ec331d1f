import { Workplace } from '../support/cli';

jest.mock('../../lib/traffic/compilers', () => ({
  COMPILERS: jest.requireActual('../support/made-compilers').MADE_COMPILERS,
}));
jest.mock('../../lib/traffic/elements', () => ({
  elementsOf: jest.requireActual('../support/made-compilers').madeElements,
}));

const LB = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' };
const REQUEST = 'request: { url: http://a.example/api }';
const GOOD = `
cases:
  - name: the API is shared evenly
    ${REQUEST}
    expect: [{ destination: Blue, share: 0.5 }, { destination: Green, share: 0.5 }]
`;
const BAD = `${GOOD}
  - name: Green takes over
    given: [target-group=Blue]
    ${REQUEST}
    expect: [{ destination: Blue }]
`;
const workplace = new Workplace({
  'shop.json': { Resources: { Lb: LB, Blue: GROUP, Green: GROUP } },
  'good.yaml': GOOD,
  'bad.yaml': BAD,
  'good.json': {
    cases: [{ name: 'x', request: { url: 'http://a.example/' }, expect: [{ destination: 'Blue', share: 0.5 }] }],
  },
  'typo.yaml': GOOD.replace('share: 0.5', 'shares: 0.5'),
  'unusable.yaml': GOOD.replace('expect', 'given: [earthquake]\n    expect'),
});
afterAll(() => workplace.remove());

const check = (file: string, ...more: string[]) => workplace.run(['check', 'shop.json', '--cases', file, ...more]);

test('cases that hold are a line each, and what they reach follows', async () => {
  expect(await check('good.yaml')).toEqual({
    code: 0,
    err: '',
    out: `✓ the API is shared evenly

1 of 1 case passed
coverage 50 %: rules 1 of 2, behaviors 0 of 0, records 0 of 0
  not reached rule Lb in shop: default action

! the client is assumed to be anywhere
`,
  });
});

test('a case that fails says what was expected, what came, and by which road', async () => {
  expect(await check('bad.yaml')).toEqual({
    code: 1,
    err: '',
    out: `✓ the API is shared evenly
✗ Green takes over
    expected 100 % with destination Blue, got 0 %
    ● listener rule Lb in shop: priority 10 matched path /api  ALB-1
    → target group Green: it has a weight

1 of 2 cases passed
coverage 50 %: rules 1 of 2, behaviors 0 of 0, records 0 of 0
  not reached rule Lb in shop: default action

! the client is assumed to be anywhere
`,
  });
});

test('JSON has the cases and the coverage', async () => {
  const { code, out } = await check('bad.yaml', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    cases: [
      { name: 'the API is shared evenly', passed: true, message: null, outcomes: [{ share: 0.5 }, { share: 0.5 }] },
      {
        name: 'Green takes over',
        passed: false,
        message: 'expected 100 % with destination Blue, got 0 %',
        outcomes: [{ share: 1, destination: { id: 'Green' } }],
      },
    ],
    coverage: {
      rules: { reached: 1, total: 2, unreached: ['shop/Lb default'], outOfReach: [] },
      behaviors: { reached: 0, total: 0, unreached: [], outOfReach: [] },
      records: { reached: 0, total: 0, unreached: [], outOfReach: [] },
      percent: 50,
    },
  });
});

test('a case file can be JSON', async () => {
  expect((await check('good.json')).code).toBe(0);
});

test.each(['50', '0', '49.9'])('a coverage of 50 %% is enough for --min-coverage %s', async (percent) => {
  expect(await check('good.yaml', '--min-coverage', percent)).toMatchObject({ code: 0, err: '' });
});

test.each([[[]], [['--json']]])('less coverage than asked for is exit code 1 and a line, %j', async (more) => {
  expect(await check('good.yaml', '--min-coverage', '80', ...more)).toMatchObject({
    code: 1,
    err: 'headgate: coverage is 50 %, less than the 80 % asked for\n',
  });
});

test('fails for a case file that is not usable', async () => {
  const { code, err, out } = await check('typo.yaml');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(
    /^headgate: \S*typo\.yaml: cases\[0\]\.expect\[0\] has the unknown key 'shares'; did you mean share\? \(HM3001\)\n$/,
  );
});

test('fails for a case that can not be judged, and names it', async () => {
  const { code, err, out } = await check('unusable.yaml');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(
    /^headgate: \S*unusable\.yaml: cases\[0\]\.given of 'the API is shared evenly': The fault 'earthquake' [^\n]*\(HM2003\)\n$/,
  );
});

test('colours mark what passed and what failed', async () => {
  const { out } = await workplace.run(['check', 'shop.json', '--cases', 'bad.yaml'], { isTerminal: true });
  expect(out).toContain('\x1b[32m✓\x1b[39m');
  expect(out).toContain('\x1b[31m✗\x1b[39m');
});
