import { rmSync } from 'node:fs';
import { App, Duration } from 'aws-cdk-lib';
import { Traffic } from 'headgate';
import 'headgate/jest';
import { balancing, core, patterns } from '../../lib';
import { DOMAIN, makeShop, type ShopOptions } from '../support/shop';

const REGIONS = ['us-east-1', 'eu-west-1'] as const;
const OTHER = { 'us-east-1': 'eu-west-1', 'eu-west-1': 'us-east-1' } as const;

/** The traffic of what is built into an app, with nothing left on the disk. */
function trafficOf(build: (app: App) => void): Traffic {
  const app = new App();
  try {
    build(app);
    return Traffic.fromAssembly(app.synth());
  } finally {
    rmSync(app.outdir, { recursive: true, force: true });
  }
}

const trafficOfShop = (options?: ShopOptions) => trafficOf((app) => void makeShop(app, options));

/** `STACK/ID` of the group of a fleet. */
function group(traffic: Traffic, stack: string, fleet: string): string {
  const found = traffic.templates
    .ofType('AWS::ElasticLoadBalancingV2::TargetGroup')
    .filter((resource) => resource.stack.name === stack && resource.logicalId.includes(`Fleets${fleet}`));
  expect(found).toHaveLength(1);
  return `${stack}/${found[0]!.logicalId}`;
}

describe('a service in two Regions behind an edge', () => {
  const shop = trafficOfShop();
  const [blue, green] = ['Blue', 'Green'].map((fleet) => (region: string) => group(shop, `Shop-${region}`, fleet)) as [
    (region: string) => string,
    (region: string) => string,
  ];

  test.each(REGIONS)('the weights of a route arrive in %s as they were given', (clientRegion) => {
    const answer = shop.request({ url: 'https://shop.example.com/api/orders', method: 'POST', clientRegion });
    expect(answer).toReach(blue(clientRegion), { share: 0.9 });
    expect(answer).toReach(green(clientRegion), { share: 0.1 });
  });

  test.each(REGIONS)(
    'with %s down, its clients are served by the other Region, with the weights of there',
    (region) => {
      const answer = shop
        .given(`region=${region}`)
        .request({ url: 'https://shop.example.com/api/orders', method: 'POST', clientRegion: region });
      expect(answer).toReach(blue(OTHER[region]), { share: 0.9 });
      expect(answer).toReach(green(OTHER[region]), { share: 0.1 });
    },
  );

  test.each(REGIONS)('when no server of the fleet for all paths is left in %s, the other Region serves', (region) => {
    const answer = shop
      .given(`targets=${blue(region)}:0/0`)
      .request({ url: 'https://shop.example.com/', clientRegion: region });
    expect(answer).toReach(blue(OTHER[region]));
  });

  test('a fleet without servers answers its share with 503, and the other does not stand in for it', () => {
    const answer = shop
      .given(`targets=${green('us-east-1')}:0/0`)
      .request({ url: 'https://shop.example.com/api/orders', clientRegion: 'us-east-1' });
    expect(answer).toReach(blue('us-east-1'), { share: 0.9 });
    expect(answer).toBeAnsweredWith(503, { share: 0.1 });
  });

  test.each(REGIONS)(
    'a static file that the Region of a client near %s fails to deliver comes from its partner',
    (near) => {
      const failing = shop.given('origin=origin.shop.example.com:503');
      const url = 'https://shop.example.com/static/app.js';
      expect(failing.request({ url, clientRegion: near })).toReach(blue(OTHER[near]));
      expect(failing.request({ url, method: 'POST', clientRegion: near })).toBeAnsweredWith(403);
    },
  );

  test.each(['GET', 'POST'])('a %s that may have had effects is not repeated in the partner', (method) => {
    const answer = shop
      .given('origin=origin.shop.example.com:503')
      .request({ url: 'https://shop.example.com/api/orders', method, clientRegion: 'us-east-1' });
    expect(answer).toBeAnsweredWith(503);
  });

  test.each(REGIONS)('around the edge, the probe of %s gets in, and nothing else does without the secret', (region) => {
    const host = `https://${region}.origin.shop.example.com`;
    expect(shop.request({ url: `${host}/live` })).toReach(blue(region));
    for (const request of [
      { url: `${host}/` },
      { url: `${host}/live`, method: 'POST' },
      { url: `${host}/live/` },
      { url: `${host}/api/orders`, headers: { 'X-Origin-Verify': 'guessed' } },
      { url: 'https://origin.shop.example.com/live', clientRegion: region },
    ]) {
      expect(shop.request(request)).toBeAnsweredWith(403);
    }
  });

  test('the secret is what lets requests of the edge in', () => {
    const withoutEdge = trafficOfShop({ edge: undefined });
    const url = 'https://us-east-1.origin.shop.example.com/';
    expect(shop.request({ url })).toBeAnsweredWith(403);
    expect(withoutEdge.request({ url })).toReach(group(withoutEdge, 'Shop-us-east-1', 'Blue'));
  });
});

test('a Region that is not routed yet gets no request', () => {
  const traffic = trafficOfShop({ sites: { 'eu-west-1': { routed: false } } });
  for (const clientRegion of REGIONS) {
    const answer = traffic.request({ url: 'https://shop.example.com/', clientRegion });
    expect(answer).toReach(group(traffic, 'Shop-us-east-1', 'Blue'));
  }
});

describe('a service in one Region', () => {
  const siteOf = (app: App) =>
    new patterns.RegionalService(new core.SiteStack(app, 'Site', { env: { region: 'eu-west-1' } }), 'Shop', {
      domain: DOMAIN,
    });

  test('a client with the cookie of a group stays with it, whatever the weights', () => {
    const traffic = trafficOf((app) => {
      const site = siteOf(app);
      const [old, canary] = ['Old', 'Canary'].map((id) => site.addFleet(id, { port: 8080 }));
      site.addRoute('All', {
        conditions: [balancing.Conditions.pathUnder('/')],
        forwardTo: [old!.weighted(95), canary!.weighted(5)],
        groupStickiness: Duration.hours(1),
      });
    });
    const canary = group(traffic, 'Site', 'Canary');
    const request = { url: 'https://shop.example.com/' };
    expect(traffic.request(request)).toReach(canary, { share: 0.05 });
    const returning = { ...request, cookies: { AWSALBTG: canary.slice('Site/'.length) } };
    expect(traffic.request(returning)).toReach(canary);
  });

  test('a fleet with weight 0 waits for its share', () => {
    const traffic = trafficOf((app) => {
      const site = siteOf(app);
      const [old, next] = ['Old', 'Next'].map((id) => site.addFleet(id, { port: 8080 }));
      site.addRoute('All', {
        conditions: [balancing.Conditions.pathUnder('/')],
        forwardTo: [old!.weighted(1), next!.weighted(0)],
      });
    });
    const answer = traffic.request({ url: 'https://shop.example.com/' });
    expect(answer).toReach(group(traffic, 'Site', 'Old'));
    expect(answer).not.toReach(group(traffic, 'Site', 'Next'));
  });

  test("a rule of another team's band goes before the owner's for all paths, and shadows none of the owner's others", () => {
    const traffic = trafficOf((app) => {
      const owner = siteOf(app);
      const web = owner.addFleet('Web', { port: 8080 });
      owner.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [web.weighted(1)] });
      const theirs = new core.SiteStack(app, 'Theirs', { env: { region: 'eu-west-1' } });
      const shop = patterns.RegionalService.fromRegionalServiceAttributes(theirs, 'Shop', {
        listenerArn: owner.listener.listenerArn,
        securityGroupId: owner.loadBalancer.connections.securityGroups[0]!.securityGroupId,
        vpc: owner.vpc,
        firstPriority: 20_000,
        lastPriority: 24_999,
      });
      const checkout = shop.addFleet('Checkout', { port: 8080 });
      shop.addRoute('Checkout', {
        conditions: [balancing.Conditions.pathUnder('/checkout')],
        forwardTo: [checkout.weighted(1)],
      });
    });
    const to = (path: string) => traffic.request({ url: `https://shop.example.com${path}` });
    expect(to('/checkout/pay')).toReach(group(traffic, 'Theirs', 'Checkout'));
    for (const path of ['/', '/checkouts', '/basket/checkout']) {
      expect(to(path)).toReach(group(traffic, 'Site', 'Web'));
    }
  });
});
