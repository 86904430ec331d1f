import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { balancing, core, dns, edge, patterns, waf } from '../../lib';
import { WHOLE_MESSAGE } from '../support/messages';
import { DOMAIN, makeShop } from '../support/shop';

const { Conditions, OriginAccess } = balancing;

const SERVICE = { domain: DOMAIN, routing: dns.GlobalRouting.latency(), controlRegion: 'us-west-2' };

function site(props: Partial<patterns.RegionalServiceProps> = {}): patterns.RegionalService {
  return new patterns.RegionalService(new Stack(new App(), 'Stack'), 'Shop', { domain: DOMAIN, ...props });
}

function route(props: Partial<balancing.RouteProps> & { weights?: (number | undefined)[] }): void {
  const service = site();
  const { weights = [1], ...rest } = props;
  const forwardTo = weights.map((weight, index) => ({
    targetGroup: service.addTargetGroup(`Group${index}`, { port: 8080 }),
    weight,
  }));
  service.addRoute('Route', { conditions: [Conditions.pathUnder('/a')], forwardTo, ...rest });
}

function twoRoutes(
  first: elbv2.ListenerCondition,
  second: elbv2.ListenerCondition,
  props: Partial<patterns.RegionalServiceProps> = {},
): void {
  const service = site(props);
  const forwardTo = [service.addTargetGroup('Group', { port: 8080 }).weighted(1)];
  service.addRoute('First', { conditions: [first], forwardTo });
  service.addRoute('Second', { conditions: [second], forwardTo });
}

/** Each mistake, the code that names it, and what the message must say: the prop, the value, and the limit or the way out. */
const MISTAKES: [string, () => unknown, string, ...RegExp[]][] = [
  ['a weight below 0', () => route({ weights: [-1, 1] }), 'HG2104', /'weight'.*0 to 999, got -1/],
  [
    'a weight above 999',
    () => site().addFleet('A', { port: 80 }).weighted(1000),
    'HG2104',
    /'weight'.*0 to 999, got 1000/,
  ],
  ['weights that are all zero', () => route({ weights: [0, 0] }), 'HG2123', /'weight' must be above 0/],
  ['six groups', () => route({ weights: [1, 1, 1, 1, 1, 1] }), 'HG2121', /'forwardTo' must name 1 to 5.*got 6/],
  ['a missing weight', () => route({ weights: [1, undefined] }), 'HG2122', /'weight'.*Group1.*weighted\(n\)/],
  [
    'a band that is too narrow',
    () => site({ firstPriority: 30_000, lastPriority: 30_099 }),
    'HG2302',
    /'lastPriority'.*at least 1000.*got 100/,
  ],
  [
    'a band outside the priorities',
    () => site({ firstPriority: 1, lastPriority: 49_999 }),
    'HG2301',
    /'firstPriority'.*from 100 to 50000.*got 1/,
  ],
  [
    'a band that is full',
    () => {
      const service = site({ firstPriority: 100, lastPriority: 1_099 });
      const forwardTo = [service.addTargetGroup('Group', { port: 8080 }).weighted(1)];
      for (let priority = 100; priority <= 1_099; priority++) {
        service.addRoute(`Route${priority}`, { conditions: [Conditions.path(`/${priority}`)], forwardTo, priority });
      }
      service.addRoute('OneMore', { conditions: [Conditions.path('/more')], forwardTo });
    },
    'HG2316',
    /'lastPriority' must leave a number for the route 'OneMore', and 100 to 1099 are all taken: widen the band/,
  ],
  [
    'a route that begins with a wildcard',
    () => twoRoutes(Conditions.path('/a/*'), Conditions.path('/*/b', '/a')),
    'HG2313',
    /'priority' must be given for the route 'Second'/,
  ],
  [
    'two routes for one path',
    () => twoRoutes(Conditions.pathUnder('/a'), Conditions.path('/a/*')),
    'HG2314',
    /'priority' must be given for the route 'Second', which overlaps 'First'.*is free/s,
  ],
  [
    'two routes of one id',
    () => {
      const service = site();
      const forwardTo = [service.addTargetGroup('Group', { port: 8080 }).weighted(1)];
      for (const path of ['/a', '/b']) service.addRoute('Same', { conditions: [Conditions.path(path)], forwardTo });
    },
    'HG2128',
    /'id' must be new, got 'Same' twice/,
  ],
  [
    'a record outside the zone',
    () => site({ recordName: 'shop.example.org' }),
    'HG0102',
    /'recordName' must lie in the zone/,
  ],
  [
    'a health check on port 70000',
    () => site().addTargetGroup('A', { port: 80, healthCheck: { port: '70000' } }),
    'HG2101',
    /'healthCheck.port' must be an integer from 1 to 65535, got 70000/,
  ],
  [
    'a health check without a slash',
    () => site().addTargetGroup('A', { port: 80, healthCheck: { path: 'ready' } }),
    'HG2109',
    /'healthCheck.path' must begin with '\/'/,
  ],
  [
    'an internal balancer behind an edge',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
      const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: new ec2.Vpc(stack, 'Vpc') });
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack, service: { loadBalancer } } } });
    },
    'HG9206',
    /'loadBalancer' must be internet-facing/,
  ],
  [
    'a domain outside the zone',
    () =>
      core.ServiceDomain.fromHostedZoneAttributes({
        hostedZoneId: 'Z1',
        zoneName: 'example.com',
        recordName: 'shop.example.org',
      }),
    'HG0102',
    /'recordName' must lie in the zone 'example.com', got 'shop.example.org'/,
  ],
  [
    'the same Region twice',
    () => makeShop(new App(), { regions: ['us-east-1', 'us-east-1'] }),
    'HG9212',
    /'region'.*got 'us-east-1' twice/,
  ],
  ['an unknown Region', () => makeShop(new App(), { regions: ['us-east-9'] }), 'HG0201', /'region'.*got 'us-east-9'/],
  [
    'an unknown control Region',
    () => makeShop(new App(), { controlRegion: 'here' }),
    'HG0201',
    /'controlRegion'.*got 'here'/,
  ],
  [
    'a control Region that serves',
    () => makeShop(new App(), { regions: ['us-west-2'] }),
    'HG9211',
    /'region'.*got 'us-west-2'/,
  ],
  [
    'cross-Region references in the properties of a stack',
    () => makeShop(new App(), { sites: { 'us-east-1': { stackProps: { crossRegionReferences: true } } } }),
    'HG0205',
    /'crossRegionReferences' must not be true/,
  ],
  [
    'cross-Region references on a stack that is brought along',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { account: '1', region: 'us-east-1' }, crossRegionReferences: true });
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack } } });
    },
    'HG0205',
    /'crossRegionReferences'/,
  ],
  [
    'a stack in another Region',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { region: 'eu-west-1' } });
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack } } });
    },
    'HG0203',
    /'stack' must be in us-east-1, got eu-west-1/,
  ],
  [
    'a stack property that the stack brings itself',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack, availabilityZoneCount: 2 } } });
    },
    'HG9201',
    /'availabilityZoneCount' do nothing beside 'stack'/,
  ],
  [
    'a site in another account',
    () =>
      makeShop(new App(), {
        account: '111111111111',
        regions: ['us-east-1'],
        sites: { 'us-east-1': { account: '222222222222' } },
      }),
    'HG9213',
    /'account' of us-east-1 must be the service's, 111111111111, got 222222222222/,
  ],
  [
    'a secret header without an edge',
    () => makeShop(new App(), { edge: undefined, originAccess: OriginAccess.secretHeader() }),
    'HG9214',
    /'originAccess'.*without an 'edge'/,
  ],
  [
    'a secret header without a prefix',
    () => site({ originAccess: OriginAccess.secretHeader() }),
    'HG2133',
    /'secretNamePrefix'/,
  ],
  [
    'a first secret that is the newest',
    () => OriginAccess.secretHeader({ newest: 1 }),
    'HG2134',
    /'newest'.*at least 2.*got 1/,
  ],
  ['port 0', () => site().addFleet('A', { port: 0 }), 'HG3001', /'port'.*1 to 65535.*got 0/],
  ['port 65536', () => site().addTargetGroup('A', { port: 65_536 }), 'HG2101', /'port'.*1 to 65535.*got 65536/],
  [
    'more servers at least than at most',
    () => site().addFleet('A', { port: 80, minCapacity: 3, maxCapacity: 2 }),
    'HG3002',
    /'maxCapacity' must be an integer from 'minCapacity' \(3\) up, got 2: raise it, or lower 'minCapacity'/,
  ],
  [
    'a health check that times out at its interval',
    () =>
      site().addTargetGroup('A', {
        port: 80,
        healthCheck: { interval: Duration.seconds(5), timeout: Duration.seconds(5) },
      }),
    'HG2110',
    /'healthCheck.timeout' must be below 'healthCheck.interval', got a timeout of 5 s and an interval of 5 s/,
  ],
  [
    'more condition values than a rule takes',
    () =>
      route({
        conditions: [
          Conditions.path('/a', '/b', '/c'),
          Conditions.host('a.example.com', 'b.example.com', 'c.example.com'),
        ],
      }),
    'HG2222',
    /'conditions'.*at most 5 values.*got 6/,
  ],
  ['no condition', () => route({ conditions: [] }), 'HG2221', /'conditions' must have at least one/],
  [
    'a writing method on an origin group',
    () => {
      const http = (name: string) => new origins.HttpOrigin(name);
      makeShop(new App(), {
        edge: {
          behaviors: [
            edge.CacheRule.dynamic('/upload/*', {
              origin: new origins.OriginGroup({
                primaryOrigin: http('a.example.com'),
                fallbackOrigin: http('b.example.com'),
              }),
            }),
          ],
        },
      });
    },
    'HG6005',
    /'behaviors' must not allow writing methods on an origin group.*got '\/upload\/\*'/,
  ],
  [
    'a writing method on an origin group of an L2 behavior',
    () => {
      const http = (name: string) => new origins.HttpOrigin(name);
      const origin = new origins.OriginGroup({
        primaryOrigin: http('a.example.com'),
        fallbackOrigin: http('b.example.com'),
      });
      const behavior = { origin, allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL };
      makeShop(new App(), { edge: { behaviors: [edge.CacheRule.of('/upload/*', behavior)] } });
    },
    'HG6005',
    /CF-3/,
  ],
  [
    'an IPv6 address alone',
    () => site({ ipAddressType: elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4 }),
    'HG9205',
    /'ipAddressType'/,
  ],
  [
    'a Region whose addresses differ from the others',
    () =>
      makeShop(new App(), {
        regions: ['us-east-1'],
        sites: { 'us-east-1': { service: { ipAddressType: elbv2.IpAddressType.DUAL_STACK } } },
      }),
    'HG9215',
    /'ipAddressType'.*got 'dualstack' in us-east-1/,
  ],
  [
    'a certificate for a listener that has one',
    () => {
      const stack = new Stack(new App(), 'Stack');
      const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: new ec2.Vpc(stack, 'Vpc') });
      const listener = balancer.addListener('Listener', {
        port: 80,
        defaultAction: elbv2.ListenerAction.fixedResponse(404),
      });
      const certificate = new core.SiteCertificate(stack, 'Certificate', { domain: DOMAIN });
      new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, listener, certificate });
    },
    'HG9201',
    /'certificate' does nothing beside 'listener'/,
  ],
  [
    'a listener that Route 53 can not check',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
      const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', {
        vpc: new ec2.Vpc(stack, 'Vpc'),
        internetFacing: true,
      });
      const listener = loadBalancer.addListener('Listener', {
        port: 443,
        sslPolicy: elbv2.SslPolicy.TLS13_13,
        certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111111111111:certificate/a')],
        defaultAction: elbv2.ListenerAction.fixedResponse(404),
      });
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack, service: { listener } } } });
    },
    'HG9216',
    /'sslPolicy' must take TLS 1.2 too, got 'ELBSecurityPolicy-TLS13-1-3-/,
  ],
  [
    'a listener where neither Route 53 nor the edge ask',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
      const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', {
        vpc: new ec2.Vpc(stack, 'Vpc'),
        internetFacing: true,
      });
      const defaultAction = elbv2.ListenerAction.fixedResponse(404);
      const listener = loadBalancer.addListener('Listener', { port: 80, defaultAction });
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { stack, service: { listener } } } });
    },
    'HG9216',
    /'listener' must speak HTTPS on port 443, got HTTP on port 80/,
  ],
  [
    'prefix lists without an edge',
    () => {
      const stack = new Stack(new App(), 'Stack');
      const cloudFront = ec2.PrefixList.fromPrefixListId(stack, 'List', 'pl-1');
      new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, prefixLists: { cloudFront } });
    },
    'HG9201',
    /'prefixLists' does nothing without an edge/,
  ],
  [
    'the name of a stack that follows from the service',
    () => makeShop(new App(), { sites: { 'us-east-1': { stackProps: { stackName: 'mine' } } } }),
    'HG9201',
    /'stackProps.stackName' does nothing/,
  ],
  [
    'a probe that a rule has no room for',
    () => site({ probeHost: `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com` }),
    'HG2204',
    /'host' must be 1 to 128 letters/,
  ],
  [
    'a rate limit for a web ACL that is brought along',
    () => {
      const app = new App();
      const webAcl = waf.WebAcl.fromWebAclArn(app, 'Mine', 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/mine/1');
      makeShop(app, { edge: { webAcl, rateLimit: waf.RateLimit.perIp(100) } });
    },
    'HG6007',
    /'rateLimit' does nothing beside 'webAcl'/,
  ],
  [
    'a partner of a Region without traffic',
    () => makeShop(new App(), { sites: { 'us-east-1': { routed: false, partner: 'eu-west-1' } } }),
    'HG9201',
    /'partner' does nothing beside 'routed' false, got 'eu-west-1'/,
  ],
  [
    'a stack of another Stage',
    () => {
      const app = new App();
      const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
      makeShop(new Stage(app, 'Prod'), { sites: { 'us-east-1': { stack } } });
    },
    'HG9218',
    /'stack' must stand in the Stage of the service, 'Prod', got one in the app itself/,
  ],
  [
    'an id that makes no name of a stack',
    () => new patterns.GlobalService(new App(), 'my shop', SERVICE),
    'HG9219',
    /'id' must make names of stacks.*got 'my shop': use an id such as 'Shop'/,
  ],
  [
    'an id that makes too long a name',
    () => new patterns.GlobalService(new App(), 'S'.repeat(114), SERVICE),
    'HG9219',
    /at most 113 letters/,
  ],
  [
    'an account that is none',
    () => new patterns.GlobalService(new App(), 'Shop', { ...SERVICE, account: '1111-2222-3333' }),
    'HG9220',
    /'account' must be an account's id of 12 digits, got '1111-2222-3333'/,
  ],
  [
    'an account that is a number',
    () => new patterns.GlobalService(new App(), 'Shop', { ...SERVICE, account: 111122223333 as unknown as string }),
    'HG9220',
    /'account' must be an account's id of 12 digits, got 111122223333/,
  ],
  [
    'a certificate of another Region',
    () => {
      const stack = new core.SiteStack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
      const arn = 'arn:aws:acm:us-east-1:111122223333:certificate/a';
      const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', arn);
      new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, certificate });
    },
    'HG2138',
    /'certificate' must be of the balancer's Region, eu-west-1, got one of us-east-1/,
  ],
  [
    "a Region's account that is none",
    () => makeShop(new App(), { sites: { 'us-east-1': { account: '123' } } }),
    'HG9220',
    /'account'.*got '123'/,
  ],
  [
    'a VPC without public subnets',
    () => {
      const stack = new Stack(new App(), 'Stack');
      const subnetConfiguration = [{ name: 'In', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
      const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration });
      new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, vpc });
    },
    'HG2136',
    /'vpc' must have public subnets in at least 2 zones for a balancer, got 0/,
  ],
  [
    'fewer NAT gateways than none',
    () => site({ natGateways: -1 }),
    'HG0206',
    /'natGateways' must be an integer from 0 up, got -1/,
  ],
  [
    'NAT gateways for a VPC that is brought along',
    () => {
      const stack = new Stack(new App(), 'Stack');
      new patterns.RegionalService(stack, 'Shop', { domain: DOMAIN, vpc: new ec2.Vpc(stack, 'Vpc'), natGateways: 1 });
    },
    'HG9201',
    /'natGateways' does nothing beside 'vpc'/,
  ],
];

test.each(MISTAKES)('%s is refused where it is made', (_, make, code, ...texts) => {
  let thrown: unknown;
  try {
    make();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  const { name, message } = thrown as Error;
  expect([name, message.slice(0, code.length)]).toEqual(['HeadgateError', code]);
  expect(message).toMatch(WHOLE_MESSAGE);
  for (const text of texts) expect(message).toMatch(text);
});
