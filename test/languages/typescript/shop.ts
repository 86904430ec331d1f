import { App, Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { balancing, core, dns, edge, patterns } from 'cdk-headgate';

const app = new App();
const shop = new patterns.GlobalService(app, 'Shop', {
  domain: core.ServiceDomain.fromHostedZoneAttributes({
    hostedZoneId: 'Z0123456789EXAMPLE',
    zoneName: 'example.com',
    recordName: 'shop',
  }),
  routing: dns.GlobalRouting.latency(),
  controlRegion: 'us-west-2',
  edge: { behaviors: [edge.CacheRule.staticAssets('/static/*', { defaultTtl: Duration.hours(6) })] },
});

for (const region of ['us-east-1', 'eu-west-1']) {
  const site = shop.addRegion(region, { availabilityZoneCount: 2 });
  const blue = site.addFleet('Blue', {
    port: 8080,
    minCapacity: 3,
    requestsPerTargetPerMinute: 48_000,
    stickiness: balancing.Stickiness.loadBalancerCookie(Duration.hours(1)),
    healthCheck: { path: '/healthz', interval: Duration.seconds(10), timeout: Duration.seconds(4) },
  });
  const green = site.addFleet('Green', { port: 8080, algorithm: balancing.Algorithm.leastOutstandingRequests() });
  const api = site.addRoute('Api', {
    conditions: [balancing.Conditions.pathUnder('/api'), balancing.Conditions.header('x-beta', 'on', 'yes')],
    forwardTo: [blue.weighted(90), green.weighted(10)],
    groupStickiness: Duration.minutes(30),
  });
  // What a route gives is the L2, and so is what a condition is.
  api.addCondition(balancing.Conditions.method('GET'));
  site.addRoute('Orders', {
    conditions: [balancing.Conditions.pathRegex('^/orders/[0-9]+$')],
    forwardTo: [{ targetGroup: green.targetGroup, weight: 1 }],
    priority: 35_000,
  });
  site.addRoute('Old', {
    conditions: [balancing.Conditions.pathUnder('/old')],
    action: elbv2.ListenerAction.redirect({ path: '/new', permanent: true }),
  });
  site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [blue.weighted(1)] });
  new elbv2.ApplicationListenerRule(site, 'Teapot', {
    listener: site.listener,
    priority: 50,
    conditions: [balancing.Conditions.query('brew', 'coffee')],
    action: elbv2.ListenerAction.fixedResponse(418),
  });
}
app.synth();
