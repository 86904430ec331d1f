import '../../lib/matchers/jest';
import { join } from 'node:path';
import { type Answer, Traffic } from '../../lib/traffic';
import { PACKAGE } from '../support/consoles';

const SHOP = join(PACKAGE, 'examples', 'shop.yaml');
const traffic = Traffic.fromTemplates([SHOP], { parameters: { Stage: 'live' } });
const api = traffic.request({ url: 'https://shop.example.com/api/orders' });
const plain = traffic.request({ url: 'http://shop.example.com/cart?a=b' });
const admin = traffic.request({ url: 'https://shop.example.com/admin' });

/** The message that an assertion fails with. */
function message(assert: () => void): string {
  try {
    assert();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It did not fail.');
}

/** What an assertion says before the road. */
const said = (assert: () => void) => message(assert).split('\n\n').slice(0, 2);

describe('toReach', () => {
  test('holds for the share that a destination gets', () => {
    expect(api).toReach('Blue', { share: 0.9 });
    expect(api).toReach('shop/Green', { share: 0.1, type: 'target-group' });
    expect(api).toReach('Green', { share: 0.12, tolerance: 0.02 });
    expect(traffic.request({ url: 'https://shop.example.com/' })).toReach('Web');
  });

  test('asks for all requests without a share', () => {
    expect(said(() => expect(api).toReach('Blue'))).toEqual([
      "expect(answer).toReach('Blue')",
      'expected 100 % with destination Blue, got 90 %',
    ]);
  });

  test('a failure prints the road that the requests took', () => {
    expect(
      message(() => expect(api).toReach('Blue', { share: 0.8 })),
    ).toBe(`expect(answer).toReach('Blue', { share: 0.8 })

expected 80 % with destination Blue, got 90 %

GET https://shop.example.com/api/orders
  90 % → target group Blue in shop
  10 % → target group Green in shop

● load balancer Balancer in shop: takes the request
● listener Https: HTTPS on port 443  ALB-1
● listener rule ApiRule: priority 20 matched path /api/*; no cookie sticks the client to one of its
│ groups  ALB-1, ALB-3, ALB-22
├─→ 90 % target group Blue: weight 90 of 100; healthy targets take turns by round robin
│   ALB-20, ALB-21, ALB-24, ALB-36
└─→ 10 % target group Green: weight 10 of 100; healthy targets take turns by round robin
    ALB-20, ALB-21, ALB-24, ALB-36
`);
  });

  test('with .not and no share, no request at all may get there', () => {
    expect(api).not.toReach('Web');
    expect(said(() => expect(api).not.toReach('Green'))).toEqual([
      "expect(answer).not.toReach('Green')",
      'expected none, got 10 %',
    ]);
    expect(api).not.toReach('Green', { tolerance: 0.1 });
  });

  test('with .not and a share, any other share will do', () => {
    expect(api).not.toReach('Green', { share: 0.2 });
    expect(said(() => expect(api).not.toReach('Green', { share: 0.1 }))).toEqual([
      "expect(answer).not.toReach('Green', { share: 0.1 })",
      'got 10 %',
    ]);
  });

  test.each([undefined, { share: 0.5 }])('fails for an id that nothing has, with .not and %p too', (options) => {
    expect(said(() => expect(api).not.toReach('Bleu', options))[1]).toBe(
      'nothing in the templates has that id; did you mean Blue?',
    );
    expect(said(() => expect(api).toReach('Bleu', options))[1]).toMatch(
      /, but nothing in the templates has that id; did you mean Blue\?$/,
    );
  });

  test('fails where the type is another one', () => {
    expect(said(() => expect(api).toReach('Blue', { type: 'origin', share: 0.9 }))).toEqual([
      "expect(answer).toReach('Blue', { type: 'origin', share: 0.9 })",
      'expected 90 % with origin, destination Blue, but Blue can only be target-group, error',
    ]);
  });

  test('with .not it fails for a type that the destination never has', () => {
    expect(said(() => expect(api).not.toReach('Blue', { type: 'origin' }))[1]).toBe(
      'Blue can only be target-group, error',
    );
  });
});

describe('toRedirectTo', () => {
  test('compares the whole location, and the status if it is given', () => {
    expect(plain).toRedirectTo('https://shop.example.com:443/cart?a=b');
    expect(plain).toRedirectTo('https://shop.example.com:443/cart?a=b', { status: 301, share: 1 });
    expect(plain).not.toRedirectTo('https://shop.example.com:443/cart');
    expect(api).not.toRedirectTo('https://shop.example.com:443/api/orders');
  });

  test('fails with what was expected', () => {
    expect(said(() => expect(plain).toRedirectTo('https://shop.example.com/', { status: 302 }))).toEqual([
      "expect(answer).toRedirectTo('https://shop.example.com/', { status: 302 })",
      'expected 100 % with redirect, status 302, location https://shop.example.com/, got 0 %',
    ]);
  });
});

test('toRedirectTo() fails for a path, and says that a location is a whole URL', () => {
  expect(said(() => expect(plain).toRedirectTo('/cart'))[1]).toMatch(/; a location is a whole URL, such as https:/);
});

describe('toBeAnsweredWith', () => {
  test('holds for what the road itself answers', () => {
    expect(admin).toBeAnsweredWith(403);
    expect(plain).toBeAnsweredWith(301);
    expect(api).not.toBeAnsweredWith(200);
    expect(traffic.given('targets=Green:0/0').request(api.asked)).toBeAnsweredWith(503, { share: 0.1 });
  });

  test('fails for what a target answers, and says so', () => {
    expect(said(() => expect(api).toBeAnsweredWith(200))[1]).toBe(
      'expected 100 % with status 200, got 0 %; a status never matches what a target or an origin answers',
    );
  });

  test('fails with what was expected', () => {
    expect(said(() => expect(admin).toBeAnsweredWith(503))).toEqual([
      'expect(answer).toBeAnsweredWith(503)',
      'expected 100 % with status 503, got 0 %',
    ]);
  });
});

describe('misuse is a TypeError that says what is taken', () => {
  // The types refuse all of these: they are for tests in JavaScript.
  const loose = (value: unknown) => expect(value) as unknown as Record<string, (...args: unknown[]) => void>;

  test.each<[string, unknown, string, unknown[], string]>([
    [
      'something else than an answer',
      42,
      'toReach',
      ['Blue'],
      'expect(…).toReach() takes what Traffic.request() gave, got 42',
    ],
    ['nothing', undefined, 'toReach', ['Blue'], 'expect(…).toReach() takes what Traffic.request() gave, got undefined'],
    [
      'outcomes',
      api.outcomes,
      'toReach',
      ['Blue'],
      'expect(…).toReach() takes what Traffic.request() gave, got a list',
    ],
    [
      'a promise',
      Promise.resolve(api),
      'toBeAnsweredWith',
      [503],
      'expect(…).toBeAnsweredWith() takes what Traffic.request() gave, got a promise: await it',
    ],
    ['no id', api, 'toReach', [], 'toReach() takes an id or STACK/ID as a text, got undefined'],
    ['an empty id', api, 'toReach', [''], "toReach() takes an id or STACK/ID as a text, got ''"],
    ['a status for an id', api, 'toReach', [503], 'toReach() takes an id or STACK/ID as a text, got 503'],
    [
      'an asymmetric matcher',
      api,
      'toReach',
      [expect.stringContaining('Blue')],
      'toReach() takes an id or STACK/ID as a text, got the asymmetric matcher StringContaining',
    ],
    [
      'a URL object',
      plain,
      'toRedirectTo',
      [new URL('https://a')],
      'toRedirectTo() takes a location as a text, got a URL object',
    ],
    ['a share as its number', api, 'toReach', ['Blue', 0.9], 'toReach() takes options such as { share: 0.9 }, got 0.9'],
    ['null for options', api, 'toReach', ['Blue', null], 'toReach() takes options such as { share: 0.9 }, got null'],
    ['percent', api, 'toReach', ['Blue', { share: 90 }], 'toReach() takes a share from 0 to 1, got 90'],
    ['a share as a text', api, 'toReach', ['Blue', { share: '0.9' }], "toReach() takes a share from 0 to 1, got '0.9'"],
    [
      'no number',
      api,
      'toReach',
      ['Blue', { tolerance: Number.NaN }],
      'toReach() takes a tolerance from 0 to 1, got NaN',
    ],
    [
      'an option of another matcher',
      api,
      'toReach',
      ['Blue', { status: 200 }],
      "toReach() takes the options share, tolerance, type, got 'status'",
    ],
    [
      'an unknown type',
      api,
      'toReach',
      ['Blue', { type: 'group' }],
      "toReach() takes a type of target-group, origin, address, fixed-response, redirect, blocked, no-answer, error, got 'group'",
    ],
    [
      'a status as a text',
      api,
      'toBeAnsweredWith',
      ['503'],
      "toBeAnsweredWith() takes an HTTP status from 100 to 599, got '503'",
    ],
    ['no status', api, 'toBeAnsweredWith', [5030], 'toBeAnsweredWith() takes an HTTP status from 100 to 599, got 5030'],
  ])('%s', (_, value, matcher, given, text) => {
    expect(() => loose(value)[matcher]!(...given)).toThrow(new TypeError(text));
  });

  test('and an option that is undefined counts as left out', () => {
    loose(api).toReach!('Blue', { share: 0.9, tolerance: undefined });
  });
});

test('as asymmetric matchers they judge answers inside of other values', () => {
  const asymmetric = expect as unknown as Record<'toReach', (id: string, options?: object) => Answer> & {
    readonly not: Record<'toReach', (id: string) => Answer>;
  };
  expect({ api }).toEqual({ api: asymmetric.toReach('Blue', { share: 0.9 }) });
  expect({ api }).not.toEqual({ api: asymmetric.toReach('Blue') });
});
