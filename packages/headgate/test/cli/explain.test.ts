import { Workplace } from '../support/cli';

jest.mock('../../lib/traffic/compilers', () => ({
  COMPILERS: jest.requireActual('../support/made-compilers').MADE_COMPILERS,
}));

const LB = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' };
const workplace = new Workplace({
  'shop.json': { Resources: { Lb: LB, Blue: GROUP, Green: GROUP } },
  'thirds.json': { Resources: { Lb: LB, A: GROUP, B: GROUP, C: GROUP } },
  'two.json': { Resources: { One: LB, Other: LB } },
});
afterAll(() => workplace.remove());

const SHOP = ['explain', 'shop.json', '--url', 'http://a.example/api'];

const json = async (argv: readonly string[]) => JSON.parse((await workplace.run([...argv, '--json'])).out);

test('a request is drawn with its road', async () => {
  expect(await workplace.run(SHOP)).toEqual({
    code: 0,
    err: '',
    out: `GET http://a.example/api
  50 % → target group Blue in shop
  50 % → target group Green in shop

● listener rule Lb in shop: priority 10 matched path /api  ALB-1
├─→ 50 % target group Blue: it has a weight
└─→ 50 % target group Green: it has a weight

! the client is assumed to be anywhere
`,
  });
});

test('JSON has the request, the outcomes and the warnings', async () => {
  expect(await json(SHOP)).toEqual({
    request: { method: 'GET', url: 'http://a.example/api' },
    outcomes: ['Blue', 'Green'].map((id) => ({
      share: 0.5,
      quality: 'exact',
      status: null,
      destination: { type: 'target-group', id, stack: 'shop' },
      trace: [
        { hop: 'listener-rule', id: 'Lb', stack: 'shop', because: 'priority 10 matched path /api', facts: ['ALB-1'] },
        { hop: 'target-group', id, stack: 'shop', because: 'it has a weight', facts: [] },
      ],
    })),
    warnings: ['the client is assumed to be anywhere'],
  });
});

test('JSON has everything that was given of the request, in a stable order', async () => {
  const { request } = await json([
    ...SHOP,
    ...['--entry', 'Lb', '--http-version', '3', '--client-country', 'de', '--client-region', 'eu-west-1'],
    ...[
      '--client-ip',
      '2001:db8::1',
      '--cookie',
      'a=b=c',
      '--header',
      'X-A:1',
      '--header',
      'x-a: 2 ',
      '--method',
      'POST',
    ],
  ]);
  expect(Object.entries(request)).toEqual([
    ['method', 'POST'],
    ['url', 'http://a.example/api'],
    ['headers', { 'X-A': '1, 2' }],
    ['cookies', { a: 'b=c' }],
    ['clientIp', '2001:db8::1'],
    ['clientRegion', 'eu-west-1'],
    ['clientCountry', 'de'],
    ['httpVersion', '3'],
    ['entry', 'Lb'],
  ]);
});

test('a fault changes where requests go', async () => {
  const { outcomes } = await json([...SHOP, '--fault', 'target-group=Blue']);
  expect(outcomes).toMatchObject([{ share: 1, destination: { id: 'Green' } }]);
});

test('several faults add up', async () => {
  const { outcomes } = await json([...SHOP, '--fault', 'target-group=Blue', '--fault', 'targets=shop/Green:0/2']);
  expect(outcomes).toMatchObject([{ share: 1, status: 503, destination: { type: 'error', id: 'Lb' } }]);
});

test('an entry is chosen among several', async () => {
  const argv = ['explain', 'two.json', '--url', 'http://a.example/'];
  expect(await workplace.run(argv)).toMatchObject({ code: 2, err: expect.stringMatching(/two\/One.*\(HM2006\)/) });
  expect((await json([...argv, '--entry', 'Other'])).outcomes[0].destination.id).toBe('Other');
});

test('several templates are read together, with parameters', async () => {
  const argv = ['explain', 'shop.json', 'two.json', '--url', 'http://a.example/', '--entry', 'shop/Lb'];
  const { code } = await workplace.run([...argv, '--parameter', 'AWS::Region=eu-west-1']);
  expect(code).toBe(0);
});

test('shares of JSON sum to 1 without noise', async () => {
  const { outcomes } = await json(['explain', 'thirds.json', '--url', 'http://a.example/']);
  const shares = outcomes.map(({ share }: { share: number }) => share);
  expect(shares).toEqual([0.333333333333, 0.333333333333, 0.333333333333]);
  expect(Math.abs(shares.reduce((sum: number, share: number) => sum + share) - 1)).toBeLessThan(1e-9);
});

describe('colours', () => {
  const colourful = async (env: Record<string, string>, isTerminal: boolean) =>
    (await workplace.run(SHOP, { env, isTerminal })).out.includes('\x1b[');

  test.each<[string, Record<string, string>, boolean, boolean]>([
    ['are on in a terminal', {}, true, true],
    ['are off in a file', {}, false, false],
    ['are off with NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['are on with an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['are on in a file with FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
    ['are off with FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['are off where both are there', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['are off in a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('%s', async (_, env, isTerminal, expected) => {
    expect(await colourful(env, isTerminal)).toBe(expected);
  });
});

describe('the width', () => {
  const LONG = ['explain', 'shop.json', '--url', `http://a.example/${'long-path/'.repeat(30)}`];
  const widest = async (isTerminal: boolean, columns?: number, env: Readonly<Record<string, string>> = {}) => {
    const { out } = await workplace.run(LONG, {
      env: { NO_COLOR: '1', ...env },
      isTerminal,
      ...(columns === undefined ? {} : { columns }),
    });
    return Math.max(...out.split('\n').map((line) => line.length));
  };

  test.each([
    ["is the terminal's", true, 70, 70],
    ['is 100 where it is not a terminal', false, 70, 100],
    ['is 100 where it is not known', true, undefined, 100],
    ['is 40 at least', true, 10, 40],
  ])('%s', async (_, isTerminal, columns, expected) => {
    expect(await widest(isTerminal, columns)).toBe(expected);
  });

  test.each([
    ['is what COLUMNS asks for', '60', false, undefined, 60],
    ['is what COLUMNS asks for where the terminal does not know', '60', true, undefined, 60],
    ['is that of the terminal, if it knows', '60', true, 70, 70],
    ['is 100 where COLUMNS asks for less than 20', '19', false, undefined, 100],
    ['is 100 where COLUMNS is no whole number', '60.5', false, undefined, 100],
  ])('%s', async (_, COLUMNS, isTerminal, columns, expected) => {
    expect(await widest(isTerminal, columns, { COLUMNS })).toBe(expected);
  });
});
