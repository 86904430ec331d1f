import { App } from 'aws-cdk-lib';
import { buildShop } from '../../bin/shop';
import { balancing, type patterns } from '../../lib';
import { LIVE_TYPES } from '../support/live-types';
import { addRoutes, makeShop, resourcesOf, synthShop, type TemplateJson, templatesOf } from '../support/shop';

/** What replaces something live when its logical id changes. */
const PINNED_TYPES = [
  ...LIVE_TYPES,
  'AWS::CloudFront::CachePolicy',
  'AWS::EC2::LaunchTemplate',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
].sort();

function referenceTemplates(): Record<string, TemplateJson> {
  const app = new App();
  buildShop(app, { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' });
  return templatesOf(app);
}

/** Asset names hash what the bundler made, which is no part of the contract. */
expect.addSnapshotSerializer({
  test: (value) => typeof value === 'string' && /^[0-9a-f]{64}\.(zip|json)$/.test(value),
  print: () => '"<asset>"',
});

describe('the reference app', () => {
  const templates = referenceTemplates();

  test.each(Object.keys(templates))('%s is as it was', (name) => {
    expect(templates[name]).toMatchSnapshot();
  });

  test('keeps the logical ids of everything whose replacement would be noticed', () => {
    const ids = Object.fromEntries(
      Object.entries(templates).map(([name, template]) => [
        name,
        PINNED_TYPES.flatMap((type) => Object.keys(resourcesOf(template, type)).map((id) => `${type} ${id}`)),
      ]),
    );
    expect(ids).toMatchSnapshot();
  });

  test('keeps the priorities of its rules', () => {
    expect(priorities(templates['Shop-us-east-1']!)).toEqual({
      ShopProbeCFDA9E88: 1,
      ShopRoutesApi1FFEE1C6: 46_876,
      ShopRoutesAll3EF7A5DC: 49_617,
    });
  });
});

function priorities(template: TemplateJson): Record<string, number> {
  return Object.fromEntries(
    Object.entries(resourcesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule')).map(([id, { Properties }]) => [
      id,
      Properties.Priority,
    ]),
  );
}

describe('a change of routes', () => {
  const base = ['Api', 'Cart', 'Search', 'Account', 'Help'];

  /** The priorities of a site with these routes, in this order, each for the path of its name. */
  function routed(names: string[], paths: Record<string, string> = {}): Record<string, number> {
    const app = new App();
    const shop = makeShop(app, {
      regions: ['us-east-1'],
      routes: (site: patterns.RegionalService) => {
        addRoutesFor(site, names, paths);
      },
    });
    expect(shop.sites).toHaveLength(1);
    return priorities(templatesOf(app)['Shop-us-east-1']!);
  }

  function addRoutesFor(site: patterns.RegionalService, names: string[], paths: Record<string, string>): void {
    const web = site.addFleet('Web', { port: 8080 });
    for (const name of names) {
      site.addRoute(name, {
        conditions: [balancing.Conditions.pathUnder(paths[name] ?? `/${name.toLowerCase()}`)],
        forwardTo: [web.weighted(1)],
        servesProbe: name === names[0],
      });
    }
  }

  /** What CloudFormation does, creates and updates first and deletes last: no step may use a number that is live (ALB-12). */
  function replay(before: Record<string, number>, after: Record<string, number>): void {
    const live = new Map(Object.entries(before).map(([id, priority]) => [priority, id]));
    for (const [id, priority] of Object.entries(after)) {
      if (before[id] === priority) continue;
      expect([priority, live.get(priority)]).toEqual([priority, undefined]);
      if (before[id] !== undefined) live.delete(before[id]);
      live.set(priority, id);
    }
  }

  test.each([
    ['added in the middle', ['Api', 'Cart', 'New', 'Search', 'Account', 'Help']],
    ['removed from the middle', ['Api', 'Cart', 'Account', 'Help']],
    ['renamed in the middle', ['Api', 'Cart', 'Find', 'Account', 'Help']],
    ['reordered', ['Help', 'Search', 'Api', 'Account', 'Cart']],
  ])('that is %s moves no other priority and reuses no live number', (_, names) => {
    const before = routed(base);
    const after = routed(names);
    for (const id of Object.keys(after)) {
      if (id in before) expect([id, after[id]]).toEqual([id, before[id]]);
    }
    replay(before, after);
  });

  test('that gives a route another path moves that route alone, to a free number', () => {
    const before = routed(base);
    const after = routed(base, { Search: '/catalog/search' });
    const moved = Object.keys(after).filter((id) => before[id] !== after[id]);
    expect(moved).toHaveLength(1);
    replay(before, after);
  });
});

test('two sites with the same routes have the same priorities', () => {
  const templates = synthShop({ routes: addRoutes });
  expect(priorities(templates['Shop-us-east-1']!)).toEqual(priorities(templates['Shop-eu-west-1']!));
});
