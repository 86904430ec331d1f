import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Traffic } from 'headgate';
import { readAssembly } from '../../bin/report/assembly';
import { COLOUR, type Paint, PLAIN } from '../../bin/report/render';
import { renderRequests } from '../../bin/report/requests';
import { roadOf } from '../../bin/report/road';
import { Templates } from '../../bin/report/templates';
import { buildShop } from '../../bin/shop';
import { balancing, core, patterns } from '../../lib';
import { newVpc, plainListener } from '../support/routes';
import { DOMAIN } from '../support/shop';

/** What the report says of the requests of an app. */
function requestsOf(build: (app: App) => void, paint: Paint = PLAIN): string {
  const outdir = mkdtempSync(join(tmpdir(), 'requests-'));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    const templates = new Templates(readAssembly(outdir));
    return renderRequests(Traffic.fromAssembly(outdir), templates, roadOf(templates), 'cdk.out', paint);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** A service in one Region, at shop.example.com, with one fleet under a name. */
function siteIn(
  app: App,
  fleet = 'Web',
): { site: patterns.RegionalService; web: ReturnType<patterns.RegionalService['addFleet']> } {
  const stack = new core.SiteStack(app, 'Shop', { env: { region: 'eu-west-1' } });
  const site = new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN });
  return { site, web: site.addFleet(fleet, { port: 8080 }) };
}

const shop = (domain: string) => (app: App) => void buildShop(app, { domain, hostedZoneId: 'Z0123456789EXAMPLE' });

test('of the reference app go where the table says, healthy and with a Region down', () => {
  expect(requestsOf(shop('example.com'))).toMatchInlineSnapshot(`
"    request               healthy                          us-east-1 down
  shop.example.com, asked near us-east-1
    GET  /                us-east-1 Blue                   eu-west-1 Blue
    POST /                us-east-1 Blue                   eu-west-1 Blue
    GET  /api/orders      us-east-1 Blue 90 %, Green 10 %  eu-west-1 Blue 90 %, Green 10 %
    POST /api/orders      us-east-1 Blue 90 %, Green 10 %  eu-west-1 Blue 90 %, Green 10 %
    GET  /static/app.js   us-east-1 Blue                   eu-west-1 Blue
    POST /static/app.js   403 refused                      403 refused
    GET  / by plain HTTP  301 to https                     301 to https
  shop.example.com, asked near eu-west-1
    GET  /                eu-west-1 Blue                   eu-west-1 Blue
  us-east-1.origin.shop.example.com
    GET  /live            us-east-1 Blue                   no connection
    GET  /                403 refused                      no connection
  eu-west-1.origin.shop.example.com
    GET  /live            eu-west-1 Blue                   eu-west-1 Blue
    GET  /                403 refused                      403 refused

  Rate limits and managed rule groups count as letting everything pass.
  The whole road of a request, with reasons:
    npx headgate explain cdk.out --url https://shop.example.com/api/orders --client-region us-east-1"
`);
});

test('are those of the name that was given', () => {
  const text = requestsOf(shop('shop.org'));
  expect(text).toContain('\n  shop.shop.org, asked near us-east-1\n');
  expect(text).not.toContain('example.com');
  expect(text).toContain(
    'npx headgate explain cdk.out --url https://shop.shop.org/api/orders --client-region us-east-1',
  );
});

test('of one Region have the name of its balancer, and nowhere to go without it', () => {
  const text = requestsOf((app) => {
    const { site, web } = siteIn(app);
    site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [web.weighted(1)] });
  });
  expect(text.split('\n').slice(0, 5)).toEqual([
    '    request               healthy        eu-west-1 down',
    '  shop.example.com',
    '    GET  /                eu-west-1 Web  no connection',
    '    POST /                eu-west-1 Web  no connection',
    '    GET  / by plain HTTP  301 to https   no connection',
  ]);
});

test('are made up from paths, hosts and methods of rules; what can not be made up is named', () => {
  const text = requestsOf((app) => {
    const { site, web } = siteIn(app);
    const forwardTo = [web.weighted(1)];
    const { Conditions } = balancing;
    site.addRoute('Api', { conditions: [Conditions.pathUnder('/api')], forwardTo });
    site.addRoute('Img', { conditions: [Conditions.path('/img/?.png'), Conditions.method('HEAD')], forwardTo });
    site.addRoute('Host', { conditions: [Conditions.host('*.shop.example.com')], forwardTo });
    site.addRoute('Beta', { conditions: [Conditions.pathUnder('/b'), Conditions.header('x-beta', 'on')], forwardTo });
    site.addRoute('Orders', { conditions: [Conditions.pathRegex('^/o/[0-9]+$')], forwardTo, priority: 35_000 });
  });
  expect(text).toMatch(/^ {4}POST \/api\/orders +eu-west-1 Web/m);
  expect(text).toMatch(/^ {4}HEAD \/img\/1.png +eu-west-1 Web/m);
  expect(text).toMatch(/^ {2}www\.shop\.example\.com\n {4}GET {2}\/ +no address/m);
  const [, leftOut] = /Left out, since no request for them can be made up: (.*?)\./.exec(text.replace(/\s+/g, ' '))!;
  expect(leftOut!.split(', ').sort()).toEqual([
    expect.stringMatching(/^ShopRoutesBeta/),
    expect.stringMatching(/^ShopRoutesOrders/),
  ]);
});

test('are no more than fill a page, and those left out are counted', () => {
  const text = requestsOf((app) => {
    const { site, web } = siteIn(app);
    for (let index = 0; index < 15; index++) {
      const conditions = [balancing.Conditions.pathUnder(`/part${index}`)];
      site.addRoute(`Part${index}`, { conditions, forwardTo: [web.weighted(1)] });
    }
  });
  // Two for each path, two for the name.
  expect(text.split('\n').filter((line) => /^ {4}(GET|POST) /.test(line))).toHaveLength(24);
  expect(text).toContain('And 8 requests more, which the command below explains.');
});

test('stay within the width of the report, whatever things are called', () => {
  const text = requestsOf((app) => {
    const { site, web } = siteIn(app, 'AVeryLongNameThatSomebodyGaveToTheFleetOfServers');
    const other = site.addFleet('AnotherLongNameThatSomebodyGaveToThem', { port: 8080 });
    site.addRoute('All', {
      conditions: [balancing.Conditions.pathUnder('/')],
      forwardTo: [web.weighted(1), other.weighted(2)],
    });
  });
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(text).toContain('33.3 %,');
});

test('have colours in a terminal alone', () => {
  const plain = requestsOf(shop('example.com'));
  const coloured = requestsOf(shop('example.com'), COLOUR);
  expect(plain).not.toContain('\u001b');
  expect(coloured).toContain('\u001b');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours a terminal
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

test('of an app without a name in DNS are not made up', () => {
  const text = requestsOf((app) => {
    const stack = new Stack(app, 'Alone', { env: { region: 'eu-west-1' } });
    newVpc(stack);
    plainListener(stack).addAction('Ok', {
      priority: 1,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/a'])],
      action: elbv2.ListenerAction.fixedResponse(200),
    });
  });
  expect(text.replace(/\s+/g, ' ')).toContain(
    "no name in DNS leads anywhere: 'npx headgate explain cdk.out --url URL --entry ID' says",
  );
});
