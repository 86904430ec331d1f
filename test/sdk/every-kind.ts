import { type App, Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { balancing, core, dns, patterns } from '../../lib';

const { Conditions } = balancing;

/** A service with every kind of condition, answer, weight and stickiness in its rules, and without an edge. */
export function buildEveryKind(app: App, hostedZoneId: string): void {
  const service = new patterns.GlobalService(app, 'Shop', {
    domain: core.ServiceDomain.fromHostedZoneAttributes({
      hostedZoneId,
      zoneName: 'example.com',
      recordName: 'shop',
    }),
    routing: dns.GlobalRouting.latency(),
    controlRegion: 'us-west-2',
  });
  for (const region of ['us-east-1', 'eu-west-1']) addSite(service.addRegion(region));
}

function addSite(site: patterns.RegionalService): void {
  const blue = site.addFleet('Blue', { port: 8080, healthCheck: { path: '/healthz', interval: Duration.seconds(15) } });
  const green = site.addFleet('Green', { port: 8080, algorithm: balancing.Algorithm.weightedRandom() });
  const sticky = site.addFleet('Sticky', {
    port: 8080,
    algorithm: balancing.Algorithm.leastOutstandingRequests(),
    stickiness: balancing.Stickiness.loadBalancerCookie(Duration.hours(1)),
  });
  const conditions: Record<string, elbv2.ListenerCondition[]> = {
    Path: [Conditions.path('/img/*', '/icons/*')],
    Method: [Conditions.pathUnder('/orders'), Conditions.method('GET', 'HEAD')],
    Header: [Conditions.pathUnder('/api/v2'), Conditions.header('x-beta', 'on', 'yes*')],
    Query: [Conditions.pathUnder('/search'), Conditions.query('version', '2')],
    Host: [Conditions.host('old.shop.example.com'), Conditions.pathUnder('/old')],
    Source: [Conditions.pathUnder('/admin'), Conditions.sourceIp('192.0.2.0/24', '198.51.100.0/24')],
  };
  let weight = 1;
  for (const [id, given] of Object.entries(conditions)) {
    site.addRoute(id, { conditions: given, forwardTo: [blue.weighted(999 - weight), green.weighted(weight++)] });
  }
  site.addRoute('Cart', {
    conditions: [Conditions.pathUnder('/cart')],
    forwardTo: [sticky.weighted(95), blue.weighted(5), green.weighted(0)],
    groupStickiness: Duration.hours(2),
  });
  site.addRoute('Moved', {
    conditions: [Conditions.pathUnder('/moved')],
    action: elbv2.ListenerAction.redirect({ path: '/new', permanent: true }),
  });
  site.addRoute('Closed', {
    conditions: [Conditions.pathUnder('/closed')],
    action: elbv2.ListenerAction.fixedResponse(410, { contentType: 'text/plain', messageBody: 'gone' }),
  });
  site.addRoute('All', { conditions: [Conditions.pathUnder('/')], forwardTo: [blue.weighted(1)] });
}
