import { App, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { balancing, core, patterns, waf } from '../../lib';
import { DOMAIN, makeShop, resourcesOf, type ShopOptions, templatesOf } from '../support/shop';

const COUNTING = [waf.ManagedRuleGroup.linux()];
const CERTIFICATE = 'arn:aws:acm:us-east-1:111111111111:certificate/mine';

/** The template of us-east-1's site, or of the edge, as JSON: what an option does has to show there. */
function text(stack: string, options: (app: App) => ShopOptions): string {
  const app = new App();
  makeShop(app, { regions: ['us-east-1'], ...options(app) });
  return JSON.stringify(templatesOf(app)[stack]);
}

const site = (options: (app: App) => patterns.SiteOptions) =>
  text('Shop-us-east-1', (app) => ({ sites: { 'us-east-1': options(app) } }));

describe('a firewall for a balancer that is brought along', () => {
  function webAclWith(options: Partial<patterns.RegionalServiceProps>): waf.IWebAcl | undefined {
    const stack = new Stack(new App(), 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
    return new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, loadBalancer, certificate, ...options })
      .webAcl;
  }

  test('is not made unless somebody asks for one by its rule groups', () => {
    expect(webAclWith({})).toBeUndefined();
    expect(webAclWith({ managedRuleGroups: COUNTING })).toBeInstanceOf(waf.WebAcl);
  });
});

describe('a warning is given', () => {
  const warnings = (options: ShopOptions, make?: (app: App) => ShopOptions) => {
    const app = new App();
    makeShop(app, { regions: ['us-east-1'], ...options, ...make?.(app) });
    return app
      .synth()
      .stacks.flatMap(({ messages }) => messages)
      .map(({ entry }) => String(entry.data))
      .join('\n');
  };
  const stackIn = (app: App, account?: string) => new Stack(app, 'Mine', { env: { account, region: 'us-east-1' } });
  const inStack = (account?: string) => (app: App) => ({
    account,
    sites: { 'us-east-1': { stack: stackIn(app, account) } },
  });

  test('when a stack that is brought along will look zones up', () => {
    const text = 'makes the CDK look availability zones up with credentials';
    expect(warnings({}, inStack('111111111111'))).toContain(text);
    expect(warnings({}, inStack())).not.toContain(text);
    expect(warnings({ account: '111111111111' })).not.toContain(text);
  });

  test('when countries are kept out that the monitor asks from', () => {
    const geoRestriction = cloudfront.GeoRestriction.allowlist('DE');
    const text = "where 'geoRestriction' doesn't let that in, it sees 403";
    expect(warnings({ edge: { geoRestriction } })).toContain(text);
    expect(warnings({})).not.toContain(text);
    expect(warnings({ edge: { geoRestriction: cloudfront.GeoRestriction.denylist('KP') } })).not.toContain(text);
    const originAccess = balancing.OriginAccess.internet();
    expect(warnings({ edge: { geoRestriction }, originAccess })).not.toContain(text);
  });
});

test('the monitors are handed out in the order of the sites', () => {
  const shop = makeShop(new App());
  expect(shop.monitors.map(({ node }) => node.path)).toEqual([
    'Shop/us-east-1/Shop/Monitor',
    'Shop/eu-west-1/Shop/Monitor',
  ]);
  expect(shop.monitors[0]!.metricHealthy('global').dimensions).toMatchObject({
    Region: 'global',
    Service: 'shop.example.com',
  });
});

describe('an option of a site shows in its template', () => {
  test.each<[string, (app: App) => patterns.SiteOptions, string]>([
    ['stackProps', () => ({ stackProps: { description: 'of my own' } }), '"Description":"of my own"'],
    ['availabilityZoneCount', () => ({ availabilityZoneCount: 4 }), '"Fn::Select":[3,{"Fn::GetAZs":""}]'],
    ['natGateways', () => ({ service: { natGateways: 0 } }), 'com.amazonaws.us-east-1.cloudformation'],
    [
      'deletionProtection',
      () => ({ service: { deletionProtection: false } }),
      '"Key":"deletion_protection.enabled","Value":"false"',
    ],
    ['managedRuleGroups', () => ({ service: { managedRuleGroups: COUNTING } }), 'AWSManagedRulesLinuxRuleSet'],
    ['firstPriority', () => ({ service: { firstPriority: 10_000, lastPriority: 10_999 } }), '"Priority":10796'],
    [
      'prefixLists.cloudFront',
      (app) => ({
        service: { prefixLists: { cloudFront: ec2.PrefixList.fromPrefixListId(app, 'List', 'pl-cloudfront') } },
      }),
      '"SourcePrefixListId":"pl-cloudfront"',
    ],
    [
      'prefixLists.healthChecks',
      (app) => ({
        service: { prefixLists: { healthChecks: ec2.PrefixList.fromPrefixListId(app, 'List', 'pl-checks') } },
      }),
      '"SourcePrefixListId":"pl-checks"',
    ],
    [
      'certificate',
      (app) => ({ service: { certificate: acm.Certificate.fromCertificateArn(app, 'Certificate', CERTIFICATE) } }),
      `"CertificateArn":"${CERTIFICATE}"`,
    ],
    [
      'vpc',
      (app) => {
        const stack = new Stack(app, 'Network', { env: { region: 'us-east-1' }, stackName: 'Network' });
        return { service: { vpc: new core.ServiceVpc(stack, 'Vpc') } };
      },
      'Network:ExportsOutputRefVpc',
    ],
  ])('%s', (_, options, expected) => {
    expect(site(options)).toContain(expected);
  });

  test('stack', () => {
    const app = new App();
    const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
    makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack } } });
    const templates = templatesOf(app);
    expect(Object.keys(templates)).not.toContain('Shop-us-east-1');
    expect(Object.keys(resourcesOf(templates.Mine!, 'AWS::ElasticLoadBalancingV2::LoadBalancer'))).toHaveLength(1);
  });
});

describe('an option of the edge shows in its template', () => {
  test.each<[string, ShopOptions, string]>([
    ['managedRuleGroups', { edge: { managedRuleGroups: COUNTING } }, 'AWSManagedRulesLinuxRuleSet'],
    ['rateLimit', { edge: { rateLimit: waf.RateLimit.perIp(123) } }, '"Limit":123'],
  ])('%s', (_, options, expected) => {
    expect(text('Shop-edge', () => options)).toContain(expected);
  });
});

test("an importer's band is the one that it names, to the number", () => {
  const stack = new Stack(new App(), 'Stack');
  const shop = patterns.RegionalService.fromRegionalServiceAttributes(stack, 'Shop', {
    listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/shop/1/2',
    securityGroupId: 'sg-1',
    vpc: new core.ServiceVpc(stack, 'Vpc'),
    firstPriority: 20_000,
    lastPriority: 20_999,
  });
  const rule = shop.addRoute('Checkout', {
    conditions: [balancing.Conditions.pathUnder('/checkout')],
    forwardTo: [shop.addTargetGroup('Checkout', { port: 8080 }).weighted(1)],
  });
  expect((rule.node.defaultChild as { priority?: number }).priority).toBe(20_831);
});
