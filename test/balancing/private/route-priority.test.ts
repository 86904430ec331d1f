import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as fc from 'fast-check';
import { Conditions } from '../../../lib/balancing/conditions';
import {
  type Band,
  bandProblem,
  type Level,
  levelOf,
  OWNER_BAND,
  type PlacedRoute,
  type PriorityProblem,
  placeRoute,
  priorityOf,
  rangeOf,
} from '../../../lib/balancing/private/route-priority';

const raw = (...conditions: elbv2.ListenerCondition[]) => conditions.map((condition) => condition.renderRawCondition());
const path = (...patterns: string[]) => raw(Conditions.path(...patterns));
const get = Conditions.method('GET');
const host = Conditions.host('a.com');
const tenant = Conditions.header('X-Tenant', 'a');

/** Most specific first. */
const LEVELS: Level[] = [4, 3, 2, 1, 0].flatMap((segments) => [2, 1, 0].map((others) => ({ segments, others })));
const bands = fc
  .tuple(fc.integer({ min: 100, max: 49_001 }), fc.integer({ min: 1_000, max: 49_901 }))
  .map(([first, width]) => ({ first, last: Math.min(first + width - 1, 50_000) }));

describe('the level', () => {
  test.each<[string, number]>([
    ['/*', 0],
    ['*', 0],
    ['/', 0],
    ['/api', 1],
    ['/api/', 1],
    ['/api/*', 1],
    ['/api*', 0],
    ['/v?/users', 1],
    ['/a/*/b', 2],
    ['/a/b*', 1],
    ['/a/b/c', 3],
    ['/a/b/c/d', 4],
    ['/a/b/c/d/e', 4],
  ])('counts the whole literal segments of %s as %i', (pattern, segments) => {
    expect(levelOf(path(pattern))).toEqual({ segments, others: 0 });
  });

  test('takes the least specific of several paths, and 0 without a path', () => {
    expect(levelOf(path('/a/b/c', '/a'))).toEqual({ segments: 1, others: 0 });
    expect(levelOf(raw(Conditions.pathUnder('/a/b')))).toEqual({ segments: 2, others: 0 });
    expect(levelOf(raw(get))).toEqual({ segments: 0, others: 1 });
  });

  test('counts conditions on something else, regular expressions too, and not their values', () => {
    expect(levelOf(raw(Conditions.path('/a'), Conditions.method('GET', 'HEAD')))).toEqual({ segments: 1, others: 1 });
    expect(levelOf(raw(get, Conditions.path('/a'), Conditions.hostRegex('a')))).toEqual({ segments: 1, others: 2 });
    expect(levelOf(raw(get, host, tenant))).toEqual({ segments: 0, others: 2 });
  });

  const token = new CfnParameter(new Stack(), 'Text').valueAsString;
  test.each<[string, ReturnType<typeof raw>, string]>([
    ['a leading wildcard', path('*.jpg'), "'*.jpg' begins with a wildcard"],
    ['a wildcard in place of the first segment', path('/a', '/*/x'), "'/*/x' begins with a wildcard"],
    ['a wildcard at the begin of the first segment', path('/?x'), "'/?x' begins with a wildcard"],
    ['a regular expression', raw(Conditions.pathRegex('^/a$')), 'a regular expression'],
    ['a path that is a token', raw(Conditions.pathUnder(token)), 'its path is a token'],
    ['a condition that is a token', [Lazy.any({ produce: () => ({}) }) as never], 'a condition is a token'],
  ])('fails for %s', (_, conditions, reason) => {
    expect(levelOf(conditions)).toEqual({ reason: expect.stringContaining(reason) });
  });
});

describe('the range', () => {
  test('has the shares of the band that priorities in use are built on', () => {
    expect(LEVELS.map((level) => rangeOf(level, OWNER_BAND).first)).toEqual([
      30_000, 30_400, 31_000, 32_000, 32_560, 33_400, 34_800, 35_920, 37_600, 40_400, 42_000, 44_400, 48_400, 48_720,
      49_200,
    ]);
    expect(rangeOf({ segments: 0, others: 0 }, OWNER_BAND)).toEqual({ first: 49_200, last: 49_999 });
  });

  test('of all levels tiles any band, most specific first', () => {
    fc.assert(
      fc.property(bands, (band) => {
        let next = band.first;
        for (const range of LEVELS.map((level) => rangeOf(level, band))) {
          expect(range.first).toBe(next);
          expect(range.last).toBeGreaterThanOrEqual(range.first);
          next = range.last + 1;
        }
        expect(next).toBe(band.last + 1);
      }),
    );
  });
});

describe('the priority', () => {
  // These numbers are in deployed templates: a change of the function moves live rules.
  test.each<[string, Level, number]>([
    ['Api', { segments: 1, others: 0 }, 46_876],
    ['All', { segments: 0, others: 0 }, 49_617],
    ['Checkout', { segments: 2, others: 1 }, 37_391],
  ])('of %s never changes', (id, level, priority) => {
    expect(priorityOf(id, level, OWNER_BAND)).toBe(priority);
  });

  test('lies in the range of its level', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...LEVELS), bands, (id, level, band) => {
        const { first, last } = rangeOf(level, band);
        const priority = priorityOf(id, level, band);
        expect(priority >= first && priority <= last).toBe(true);
      }),
    );
  });
});

describe('the band', () => {
  test.each<[string, Band]>([
    ['the owner’s', OWNER_BAND],
    ['the lowest and narrowest', { first: 100, last: 1_099 }],
    ['the whole', { first: 100, last: 50_000 }],
  ])('may be %s', (_, band) => {
    expect(bandProblem(band)).toBeUndefined();
  });

  test.each<[string, Band, string, string]>([
    ['one priority too narrow', { first: 100, last: 1_098 }, 'HG2302', 'at least 1000 priorities'],
    ['on the probe’s priorities', { first: 99, last: 5_000 }, 'HG2301', '1 to 99 stay free'],
    ['over the last priority', { first: 40_000, last: 50_001 }, 'HG2301', 'integers from 100 to 50000'],
    ['upside down', { first: 5_000, last: 4_000 }, 'HG2301', 'the first below the last'],
    ['broken', { first: 100.5, last: 5_000 }, 'HG2301', 'got 100.5 and 5000'],
    ['a token', { first: 100, last: Lazy.number({ produce: () => 5_000 }) }, 'HG2301', 'must be literals'],
  ])('fails when it is %s', (_, band, code, text) => {
    expect(bandProblem(band)).toEqual({ code, message: expect.stringContaining(text) });
  });
});

describe('placing a route', () => {
  const placed = (id: string, conditions: ReturnType<typeof raw>, priority: number, explicit = false): PlacedRoute => ({
    id,
    conditions,
    priority,
    explicit,
  });
  const place = (
    id: string,
    conditions: ReturnType<typeof raw>,
    others: PlacedRoute[],
    priority?: number,
    band = OWNER_BAND,
  ) => placeRoute({ id, conditions, priority }, others, band);
  const api = priorityOf('Api', { segments: 1, others: 0 }, OWNER_BAND);

  test('computes its priority or takes the explicit one', () => {
    expect(place('Api', path('/api'), [])).toBe(api);
    expect(place('Api', path('/api'), [], 30_000)).toBe(30_000);
    expect(place('Jpg', path('*.jpg'), [], 49_999)).toBe(49_999);
  });

  test('lets routes overlap whose order is clear by their levels or by an explicit priority', () => {
    const all = placed('All', path('/*'), 49_500);
    expect(place('Api', path('/api/*'), [all])).toBe(api);
    const write = placed('Write', raw(Conditions.path('/api/*'), Conditions.method('PUT')), 43_000);
    expect(place('Api', path('/api/*'), [write])).toBe(api);
    const explicit = placed('Users', path('/api/*'), 30_000, true);
    expect(place('Api', path('/api/*'), [all, explicit])).toBe(api);
    expect(place('Users', path('/api/*'), [placed('Api', path('/api/*'), api)], 30_000)).toBe(30_000);
  });

  test('lets routes of one level be that can not meet', () => {
    expect(place('Api', path('/api'), [placed('Web', path('/web'), 41_000)])).toBe(api);
  });

  test.each([29_999, 50_000, 30_000.5])('fails on the explicit priority %d, which is not in the band', (priority) => {
    expect(place('Api', path('/api'), [], priority)).toEqual({
      code: 'HG2311',
      message:
        `'priority' must be an integer from 30000 to 49999, got ${priority}: 42000 is free and in the right place`.replace(
          '42000',
          '44400',
        ),
      suggestion: 44_400,
    });
  });

  test('fails on an explicit priority that is taken, and suggests one of its level', () => {
    const others = [placed('A', path('/a'), 44_400), placed('B', path('/b'), 44_401, true)];
    expect(place('Api', path('/api'), others, 44_401)).toEqual({
      code: 'HG2312',
      message: expect.stringContaining("got 44401, which 'B' has: 44402 is free"),
      suggestion: 44_402,
    });
  });

  test('fails when the specificity can not be computed, and suggests a place before all others', () => {
    expect(place('Jpg', path('*.jpg'), [placed('A', path('/a'), 30_000, true)])).toEqual({
      code: 'HG2313',
      message:
        "'priority' must be given for the route 'Jpg', since its path '*.jpg' begins with a wildcard: 30001 is free and in the right place",
      suggestion: 30_001,
    });
  });

  test('fails when it overlaps one of its level, and says which request both take', () => {
    expect(place('Api', path('/api/*'), [placed('V2', path('/api/v?', '/b'), 45_000)])).toEqual({
      code: 'HG2314',
      message:
        "'priority' must be given for the route 'Api', which overlaps 'V2' and is as specific: both match path '/api/vx': 44999 is free and tried before 'V2', 45001 is free and tried after 'V2'",
      suggestion: 44_999,
    });
  });

  test.each([
    [['/api*'], ['/*']],
    [['/a'], ['/a', '/a/*']],
    [['/a/b/c/d/e'], ['/a/b/c/d', '/a/b/c/d/*']],
  ])('offers a place on either side of the one that it overlaps: %s and %s', (first, second) => {
    const level = levelOf(path(...first)) as Level;
    const priority = priorityOf('First', level, OWNER_BAND);
    const other = placed('First', path(...first), priority);
    const { message, suggestion } = place('Second', path(...second), [other]) as PriorityProblem;
    expect(message).toContain(
      `${priority - 1} is free and tried before 'First', ${priority + 1} is free and tried after 'First'`,
    );
    expect(suggestion).toBe(priority - 1);
  });

  test('fails when it may overlap one of its level', () => {
    const conditions = raw(Conditions.path('/a'), Conditions.hostRegex('^a'));
    const other = placed('B', raw(Conditions.path('/a'), Conditions.host('b.com')), 43_000);
    expect(place('A', conditions, [other])).toMatchObject({
      code: 'HG2314',
      message: expect.stringContaining("may overlap 'B'"),
    });
  });

  test.each([true, false])(
    'fails when another route has its number, whether that one is explicit (%s) or not',
    (explicit) => {
      expect(place('Api', path('/api'), [placed('Other', path('/other'), api, explicit)])).toEqual({
        code: 'HG2315',
        message: `'priority' must be given for the route 'Api', since its own, ${api}, is also that of 'Other': 44400 is free and in the right place`,
        suggestion: 44_400,
      });
    },
  );

  const narrow = { first: 100, last: 1_099 };
  const filled = ({ first, last }: Band) =>
    Array.from({ length: last - first + 1 }, (_, i) => placed(`R${i}`, path(`/r${i}`), first + i, true));

  test('fails when its level is full, and suggests the first free number of the band', () => {
    const others = filled(rangeOf({ segments: 1, others: 0 }, narrow));
    expect(place('Api', path('/api'), others, undefined, narrow)).toMatchObject({
      code: 'HG2315',
      message: expect.stringContaining('are all taken, and 100 is the first free one'),
      suggestion: 100,
    });
  });

  test('fails without a suggestion when the band is full', () => {
    const problem = place('Api', path('/api'), filled(narrow), undefined, narrow);
    expect(problem).toEqual({
      code: 'HG2316',
      message: expect.stringContaining('100 to 1099 are all taken: widen the band'),
    });
  });

  const routes = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[A-Z][a-z]{0,3}$/),
      conditions: fc
        .tuple(fc.constantFrom('/a', '/b', '/a/b', '/a/*', '/c/d/e', '/*'), fc.boolean())
        .map(([pattern, withMethod]) => raw(Conditions.path(pattern), ...(withMethod ? [get] : []))),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  /** Places the routes one after another; those with a problem stay out. */
  const placeAll = (list: { id: string; conditions: ReturnType<typeof raw> }[]) => {
    const all: PlacedRoute[] = [];
    for (const route of list) {
      const priority = place(route.id, route.conditions, all, undefined, narrow);
      if (typeof priority === 'number') all.push({ ...route, priority, explicit: false });
    }
    return new Map(all.map(({ id, priority }) => [id, priority]));
  };

  test('gives every route the number that it has alone, whatever others there are and in whatever order', () => {
    const orders = routes.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(orders, ([list, shuffled]) => {
        const one = placeAll(list);
        const other = placeAll(shuffled);
        for (const { id, conditions } of list) {
          const alone = place(id, conditions, [], undefined, narrow);
          expect([alone, undefined]).toContain(one.get(id));
          expect([alone, undefined]).toContain(other.get(id));
        }
        // Whether the routes have a conflict doesn't hang on their order; which of the two is refused does.
        expect(one.size === list.length).toBe(other.size === list.length);
        expect(new Set(one.values()).size).toBe(one.size);
      }),
      { numRuns: 500 },
    );
  });
});
