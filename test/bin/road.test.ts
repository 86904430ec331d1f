import { buildShop } from '../../bin/shop';
import { makeShop } from '../support/shop';
import { assemblyOf, drawn, labelsOf, roadThrough } from './assemblies';

describe('the road through the reference app', () => {
  const stacks = assemblyOf(
    (app) => void buildShop(app, { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' }),
  );
  const road = roadThrough(...stacks);

  test('leads from the name over the edge to the names of the Regions', () => {
    expect(drawn(road.shared)).toMatchInlineSnapshot(`
"shop.example.com  (A, AAAA alias, Shop-edge)
└─ CloudFront distribution EdgeDistribution0060737B  (HTTP/1.1, 2, 3; TLS from TLSv1.2_2021)
   ├─ web ACL EdgeWebAclED11E15C
   │  ├─ 0 RateLimit: block if over 2,000 requests an address in 300 s
   │  ├─ 1 AWSManagedRulesAmazonIpReputationList: rule group
   │  ├─ 2 AWSManagedRulesCommonRuleSet: rule group
   │  ├─ 3 AWSManagedRulesKnownBadInputsRuleSet: rule group
   │  └─ otherwise allow
   ├─ behaviors, the first that matches
   │  ├─ /static/*: GET, HEAD, OPTIONS, cached for 1 day → origin.shop.example.com, and on 502, 503,
   │  │     504 alt.origin.shop.example.com
   │  └─ default: all methods, not cached → origin.shop.example.com
   ├─ origin.shop.example.com  (A alias, Shop-routing)
   │  └─ latency.origin.shop.example.com  (A alias, latency, Shop-routing)
   │     ├─ Region us-east-1 → us-east-1.origin.shop.example.com
   │     │  └─ calculated check, 1 of 1: HTTPS us-east-1.origin.shop.example.com/live every 10 s × 3
   │     └─ Region eu-west-1 → eu-west-1.origin.shop.example.com
   │        └─ calculated check, 1 of 1: HTTPS eu-west-1.origin.shop.example.com/live every 10 s × 3
   └─ alt.origin.shop.example.com  (A alias, Shop-routing)
      └─ alt.latency.origin.shop.example.com  (A alias, latency, Shop-routing)
         ├─ Region us-east-1 → eu-west-1.origin.shop.example.com
         │  └─ calculated check, 1 of 1: HTTPS eu-west-1.origin.shop.example.com/live every 10 s × 3
         └─ Region eu-west-1 → us-east-1.origin.shop.example.com
            └─ calculated check, 1 of 1: HTTPS us-east-1.origin.shop.example.com/live every 10 s × 3"
`);
  });

  test('leads in each Region from its name over firewall and rules to the servers', () => {
    expect(road.sites).toHaveLength(2);
    for (const [index, region] of ['us-east-1', 'eu-west-1'].entries()) {
      const lines = labelsOf(road.sites[index]!);
      expect(lines[0]).toBe(`${region}.origin.shop.example.com (A alias, Shop-${region})`);
      expect(lines[1]).toMatch(/^application balancer ShopLoadBalancer\w+ \(internet-facing, ipv4\)$/);
      expect(lines).toEqual(
        expect.arrayContaining([
          'lets in CloudFrontPrefixList on port 443',
          'lets in HealthCheckPrefixList on port 443',
          `1 Probe: allow if method is GET and header host is ${region}.origin.shop.example.com and path is /live`,
          '2 RequireHeader: block unless header x-origin-verify is secret:Shop/origin-access/1 or secret:Shop/origin-access/2',
          'HTTPS on port 443 (ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09)',
          'default → 403 Forbidden',
          'Blue: HTTP on port 8080, 3–9 servers, t4g.small',
          'Green: HTTP on port 8080, 3–9 servers, t4g.small',
          'health: HTTP /ready = 200 every 5 s, timeout 2 s, in after 2, out after 2',
        ]),
      );
      const rules = lines.filter((line) => / → (Blue|Green) /.test(line));
      expect(rules).toEqual([
        `1 host ${region}.origin.shop.example.com, GET /live → Blue 100 %`,
        expect.stringMatching(/^\d{5} path \/api, \/api\/\* → Blue 90 %, Green 10 %$/),
        expect.stringMatching(/^\d{5} path \/\* → Blue 100 %$/),
      ]);
    }
  });

  test('is open to nobody but the edge and the checkers', () => {
    expect([road.openRegions, road.guardedRegions]).toEqual([[], ['us-east-1', 'eu-west-1']]);
    expect(road.names).toEqual(['shop.example.com']);
  });

  test('is drawn in lines of at most 100 columns', () => {
    const lines = drawn([...road.shared, ...road.sites]).split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(100);
  });
});

describe('the road without an edge', () => {
  const road = roadThrough(...assemblyOf((app) => void makeShop(app, { edge: undefined })));

  test('leads from the name straight to the Regions', () => {
    const [first, ...others] = road.shared;
    expect(labelsOf(first!)).toEqual([
      'shop.example.com (A alias, Shop-edge)',
      'origin.shop.example.com (A alias, Shop-routing)',
      'latency.origin.shop.example.com (A alias, latency, Shop-routing)',
      'Region us-east-1 → us-east-1.origin.shop.example.com',
      'calculated check, 1 of 1: HTTPS us-east-1.origin.shop.example.com/live every 10 s × 3',
      'Region eu-west-1 → eu-west-1.origin.shop.example.com',
      'calculated check, 1 of 1: HTTPS eu-west-1.origin.shop.example.com/live every 10 s × 3',
    ]);
    expect(others.flatMap(labelsOf)).toEqual([
      'alt.origin.shop.example.com (A alias, Shop-routing), which nothing leads to',
    ]);
  });

  test('is open to the world on 443, and on 80 for a redirect', () => {
    expect([road.openRegions, road.guardedRegions]).toEqual([['us-east-1', 'eu-west-1'], []]);
    expect(labelsOf(road.sites[0]!)).toEqual(
      expect.arrayContaining([
        'lets in 0.0.0.0/0 on port 443, 80',
        'default → 404 Not found',
        'HTTP on port 80',
        'default → redirect 301 to https://#{host}:443/#{path}?#{query}',
      ]),
    );
  });
});

describe('the road of three Regions', () => {
  const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

  test('has a tree for each', () => {
    const road = roadThrough(...assemblyOf((app) => void makeShop(app, { regions })));
    expect(road.sites.map(({ label }) => label)).toEqual(regions.map((region) => `${region}.origin.shop.example.com`));
    const choices = road.shared.flatMap(labelsOf).filter((line) => line.startsWith('Region '));
    expect(choices).toEqual([
      'Region us-east-1 → us-east-1.origin.shop.example.com',
      'Region eu-west-1 → eu-west-1.origin.shop.example.com',
      'Region ap-southeast-2 → ap-southeast-2.origin.shop.example.com',
      'Region us-east-1 → eu-west-1.origin.shop.example.com',
      'Region eu-west-1 → ap-southeast-2.origin.shop.example.com',
      'Region ap-southeast-2 → us-east-1.origin.shop.example.com',
    ]);
  });

  test('says of which one no record leads to', () => {
    const sites = { 'ap-southeast-2': { routed: false } };
    const road = roadThrough(...assemblyOf((app) => void makeShop(app, { regions, sites })));
    expect(road.sites.map((site) => labelsOf(site)[0])).toEqual([
      'us-east-1.origin.shop.example.com (A alias, Shop-us-east-1)',
      'eu-west-1.origin.shop.example.com (A alias, Shop-eu-west-1)',
      'ap-southeast-2.origin.shop.example.com (A alias, Shop-ap-southeast-2), not routed',
    ]);
  });
});
