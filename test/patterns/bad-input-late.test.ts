import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { balancing, patterns } from '../../lib';
import { WHOLE_MESSAGE } from '../support/messages';
import { DOMAIN, makeShop } from '../support/shop';

const { Conditions } = balancing;

function site(): patterns.RegionalService {
  return new patterns.RegionalService(new Stack(new App(), 'Stack'), 'Shop', { domain: DOMAIN });
}

/** What only the end can know. */
const LATE: [string, () => Stack | App, RegExp][] = [
  [
    'two services with one id in one environment',
    () => {
      const app = new App();
      makeShop(new Construct(app, 'A'), { regions: ['us-east-1'] });
      makeShop(new Construct(app, 'B'), { regions: ['us-east-1'] });
      return app;
    },
    /HG9217: 'id' must make names.*got 'Shop-control' for 'A\/Shop\/control' and for 'B\/Shop\/control'/s,
  ],
  [
    'user data that EC2 would not take',
    () => {
      const service = site();
      const userData = ec2.UserData.forLinux();
      userData.addCommands('x'.repeat(20_000));
      service.addFleet('Long', { port: 8080, userData });
      return Stack.of(service);
    },
    /HG3009.*'userData' must be at most 16384 bytes/s,
  ],
  [
    'no Region at all',
    () => {
      const app = new App();
      makeShop(app, { regions: [] });
      return app;
    },
    /HG8001: 'addRegion' must be called for at least one Region that gets traffic, got none: add a Region/,
  ],
  [
    'Regions that are all without traffic',
    () => {
      const app = new App();
      makeShop(app, { regions: ['us-east-1'], sites: { 'us-east-1': { routed: false } } });
      return app;
    },
    /HG8001: 'addRegion' must be called for at least one Region that gets traffic, got none/s,
  ],
  [
    'a partner that is not routed',
    () => {
      const app = new App();
      makeShop(app, { sites: { 'us-east-1': { partner: 'ap-northeast-1' } } });
      return app;
    },
    /HG8003.*'partner' of 'us-east-1'.*got 'ap-northeast-1'/s,
  ],
  [
    'a Region that is its own partner among several',
    () => {
      const app = new App();
      makeShop(app, { sites: { 'us-east-1': { partner: 'us-east-1' } } });
      return app;
    },
    /HG8003.*must be another one of the routed Regions/s,
  ],
  [
    'a site that nothing serves',
    () => {
      const app = new App();
      makeShop(app, { regions: ['us-east-1'], routes: () => undefined });
      return app;
    },
    /HG2141: 'addRoute' must be called with a forward to a target group, got none/,
  ],
  [
    'request scaling of a fleet that no route forwards to',
    () => {
      const service = site();
      service.addFleet('Idle', { port: 8080, requestsPerTargetPerMinute: 1000 });
      return Stack.of(service);
    },
    /HG3007: 'requestsPerTargetPerMinute' needs the fleet on a balancer, got no route to it/,
  ],
  [
    'an L2 group that is made sticky after the route was added',
    () => {
      const service = site();
      const groups = ['A', 'B'].map((id) => service.addTargetGroup(id, { port: 80 }));
      service.addRoute('All', {
        conditions: [Conditions.pathUnder('/')],
        forwardTo: groups.map((group) => group.weighted(1)),
      });
      groups[0]!.enableCookieStickiness(Duration.hours(1));
      return Stack.of(service);
    },
    /HG2126.*'groupStickiness' must be given/s,
  ],
  [
    'a target group without a port',
    () => {
      const service = site();
      service.addTargetGroup('A');
      return Stack.of(service);
    },
    /HG2113: 'port' must be given for targets that are no Lambda function/,
  ],
];

test.each(LATE)('%s is refused at the end of the synthesis', (_, make, text) => {
  const scope = make();
  let message = '';
  try {
    if (App.isApp(scope)) scope.synth();
    else Template.fromStack(scope as Stack);
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toMatch(text);
  expect(message).toMatch(WHOLE_MESSAGE);
});

test('a reference across Regions is refused with both ends', () => {
  const app = new App();
  const shop = makeShop(app);
  const [here, there] = shop.sites;
  (here!.loadBalancer.node.defaultChild as elbv2.CfnLoadBalancer).addPropertyOverride(
    'Name',
    there!.loadBalancer.loadBalancerDnsName,
  );
  expect(() => app.synth()).toThrow(/HG0204.*Shop\/eu-west-1\/Shop\/LoadBalancer.*eu-west-1.*us-east-1/s);
});

test('a stack beside the service may not refer to a site of another Region either', () => {
  const app = new App();
  const shop = makeShop(app);
  const beside = new Stack(app, 'Beside', { env: { region: 'us-east-1' }, crossRegionReferences: true });
  new CfnOutput(beside, 'Name', { value: shop.sites[1]!.loadBalancer.loadBalancerDnsName });
  expect(() => app.synth()).toThrow(/HG0204.*Shop\/eu-west-1\/Shop\/LoadBalancer/s);
});

test('nor may a site in a stack that was brought along', () => {
  const app = new App();
  const stack = new Stack(app, 'Mine', { env: { region: 'us-east-1' } });
  const shop = makeShop(app, { sites: { 'us-east-1': { stack } } });
  new CfnOutput(stack, 'Name', { value: shop.sites[1]!.loadBalancer.loadBalancerDnsName });
  expect(() => app.synth()).toThrow(/HG0204.*is used in us-east-1/s);
});
